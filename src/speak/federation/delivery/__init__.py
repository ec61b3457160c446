"""Copies that are owed, on their way: claimed, signed at send, retried, given up."""

from speak.federation.delivery.claiming import take_back_from_the_dead
from speak.federation.delivery.loop import deliver_owed, deliver_until
from speak.federation.delivery.recording import hear_from

__all__ = ["deliver_owed", "deliver_until", "hear_from", "take_back_from_the_dead"]
