"""Copies that are owed, on their way: claimed, signed at send, retried, given up."""

from speak.federation.delivery.loop import deliver_owed, deliver_until

__all__ = ["deliver_owed", "deliver_until"]
