"""Media: who may be shown it, and what becomes of its description."""
