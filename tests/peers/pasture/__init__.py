"""What runs in an environment of its own, .venv/peers/pasture: programs that play other servers."""
