"""Where the mirror keeps things: in the data folder; and the key that hides whom a ledger is about."""

import contextlib
import fcntl
import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from speak.kernel.errors import TooMuch


def folder_of(name: str = "") -> Path:
    """The mirror's folder, or one within it; made if it is missing, and for nobody else on this machine to read."""
    folder = Path(settings.SPEAK_DATA) / "mirror" / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def key() -> bytes:
    """The key of every ledger here; it lies elsewhere than they do where SPEAK_MIRROR_KEY is given."""
    secret = settings.SPEAK_MIRROR_KEY or settings.SECRET_KEY
    return hashlib.blake2b(secret.encode(), person=b"speak mirror").digest()


@contextlib.contextmanager
def alone(folder: Path, *, waits: bool = True) -> Iterator[Path]:
    """A folder, for one at a time, whichever process it is.

    Raises:
        TooMuch: somebody else is at it, and one does not wait.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TooMuch(_("It is being made just now."), hint=_("Look again in a moment.")) from error
        yield folder
