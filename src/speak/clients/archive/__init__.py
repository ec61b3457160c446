"""Everything somebody said here, in one file that needs no server: to keep, to read, to take elsewhere (promise 9)."""

from speak.clients.archive.asking import (
    KEPT_FOR,
    ask,
    file_of,
    is_being_made,
    taken_along,
    throw_away,
    throw_old_ones_away,
)
from speak.clients.archive.making import make
from speak.clients.archive.verifying import faults_in

__all__ = [
    "KEPT_FOR",
    "ask",
    "faults_in",
    "file_of",
    "is_being_made",
    "make",
    "taken_along",
    "throw_away",
    "throw_old_ones_away",
]
