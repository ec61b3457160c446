"""Ids: unique, rising, and with their time in them."""
