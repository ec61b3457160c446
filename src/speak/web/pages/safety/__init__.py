"""Pages about safety: reporting, hearing reports, limits."""
