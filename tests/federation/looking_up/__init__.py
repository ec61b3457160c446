"""Looking oneself up."""
