"""Looking oneself up: one's own places elsewhere, read as a stranger would, and what does not fit together."""
