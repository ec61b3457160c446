"""The nouns of federation."""

from speak.federation.models.received import RECEIVED_LIFE, Received
from speak.federation.models.tombstone import TOMBSTONE_LIFE, Tombstone

__all__ = [
    "RECEIVED_LIFE",
    "TOMBSTONE_LIFE",
    "Received",
    "Tombstone",
]
