"""Other people's apps: letting one in, and taking its access away."""
