"""Apps that nobody here wrote, at work with a running server."""
