"""Where the mirror keeps things: in the data folder; and the key that hides whom a ledger is about."""

import hashlib
from pathlib import Path

from django.conf import settings


def folder_of(name: str = "") -> Path:
    """The mirror's folder, or one within it; made if it is missing, and for nobody else on this machine to read."""
    folder = Path(settings.SPEAK_DATA) / "mirror" / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def key() -> bytes:
    """The key of every ledger here; it lies elsewhere than they do where SPEAK_MIRROR_KEY is given."""
    secret = settings.SPEAK_MIRROR_KEY or settings.SECRET_KEY
    return hashlib.blake2b(secret.encode(), person=b"speak mirror").digest()
