"""What a copy is made of: the database as one file, the files of the data folder, and last a list of them all."""

import hashlib
from pathlib import Path
from typing import IO

import msgspec

LIST = "copy.json"
EMBEDDED, DUMPED = "speak.sqlite3", "speak.pgdump"
# Made anew whenever missing, or copied by other means.
LEFT_OUT = {
    EMBEDDED,
    f"{EMBEDDED}-wal",
    f"{EMBEDDED}-shm",
    "preparing.lock",
    "running.lock",
    "worker.alive",
    "metrics",
    "arriving",
    "taken-along",
}
# Beginnings of names: what was replaced, and what is being put back.
REPLACED = "replaced-"
PASSING = (REPLACED, ".being-")


class OneFile(msgspec.Struct, frozen=True):
    """How long a file is, and its SHA-256."""

    size: int
    sha256: str


class Contents(msgspec.Struct, frozen=True):
    """The list: what stands in it lies in the copy, as it was. It is written last: without it a copy is not whole."""

    url: str
    made_at: str
    version: str
    database: str
    files: dict[str, OneFile]
    format: int = 1


class Measured:
    """A file that is read once, while its length and its hash are taken."""

    def __init__(self, file: IO[bytes]) -> None:
        """Nothing is read yet."""
        self._file, self._hash, self._size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._file.read(size)
        self._hash.update(data)
        self._size += len(data)
        return data

    @property
    def found(self) -> OneFile:
        """What has been read so far."""
        return OneFile(self._size, self._hash.hexdigest())


def is_copied(data: Path, file: Path) -> bool:
    """Whether a file of the data folder belongs into a copy."""
    first = file.relative_to(data).parts[0]
    return first not in LEFT_OUT and not first.startswith(PASSING) and file.is_file() and not file.is_symlink()
