"""Other people's apps: tokens, feeds."""
