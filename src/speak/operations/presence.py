"""Which processes of ours live on a data folder: each holds a lock for as long as it does, even when it is killed."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path
from typing import IO

NAME = "running.lock"
_held: list[IO[bytes]] = []


def be_here(data: Path) -> None:
    """This process lives on that folder until it ends; it waits while somebody is alone there."""
    lock = (data / NAME).open("ab")
    fcntl.flock(lock, fcntl.LOCK_SH)
    _held.append(lock)


@contextlib.contextmanager
def alone(data: Path) -> Iterator[bool]:
    """Whether nobody else lives there; if so, nobody comes until this is over."""
    with (data / NAME).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
