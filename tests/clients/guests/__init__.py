"""Guests: this server as a client of IndieAuth."""
