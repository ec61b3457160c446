"""Sites that speak by a feed."""
