"""What runs in an environment of its own, .venv/peers/indieweb: programs for the IndieWeb."""
