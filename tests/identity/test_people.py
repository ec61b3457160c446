"""Actors: who is met, seen and found."""
