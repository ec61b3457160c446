"""Guests, who show by their own page who they are: this server as a client of IndieAuth."""
