"""Copies that are owed, on their way: claimed, signed at send, retried, given up."""
