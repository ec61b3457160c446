"""Domains that people bring: what may be brought, what proves them, and who has which."""
