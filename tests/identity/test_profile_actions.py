"""Profile: every write, and what it refuses."""
