"""Safety: people who hear reports, what is reported to them, and what is decided."""
