"""Who is told about follows, and how telling is remembered."""
