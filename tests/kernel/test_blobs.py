"""Files by token."""
