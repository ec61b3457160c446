"""Our own pages."""
