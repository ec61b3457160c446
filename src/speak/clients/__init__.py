"""Other people's apps: tokens, who one is, feeds."""
