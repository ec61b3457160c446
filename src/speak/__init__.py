"""Speak for Yourself: a home for each person's identity and voice."""
