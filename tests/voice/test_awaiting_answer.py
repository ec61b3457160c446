"""What waits for an answer of somebody, and what ends the wait."""
