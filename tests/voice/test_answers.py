"""Boosts, likes, bookmarks and rests: what may be answered, and by whom."""
