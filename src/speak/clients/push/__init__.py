"""Telling a person's device what awaits them, through the service of whoever made it (RFC 8030, 8291, 8292)."""

from speak.clients.push.keys import public_key

__all__ = ["public_key"]
