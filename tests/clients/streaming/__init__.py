"""What apps are told at once."""
