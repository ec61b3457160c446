"""Posts from elsewhere: threads, edits, withdrawals, and what arrives twice."""
