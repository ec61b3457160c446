"""Signatures: what is refused differs in one thing from what is accepted."""
