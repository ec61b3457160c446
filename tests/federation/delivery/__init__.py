"""What other servers are owed, and how it gets there."""
