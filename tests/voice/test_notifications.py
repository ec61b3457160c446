"""Who is told what about posts."""
