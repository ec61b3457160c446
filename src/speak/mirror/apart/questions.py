"""What may be asked of the process apart, what it answers, and how both are written on the pipe between."""

import struct
from dataclasses import dataclass
from typing import IO, Any

import msgspec

from speak.mirror.report import Read, Report
from speak.mirror.standing import Standing

LENGTH = struct.Struct(">Q")
# The largest frame: fifty thousand messages are a tenth of it.
MOST_BYTES = 256 * 1024 * 1024
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Own:
    """People by their ids, in no order that says anything; what waits, oldest first; the week in 21 thirds of days."""

    both_ways: tuple[str, ...]
    awaiting: tuple[tuple[int, str], ...]
    rhythm: tuple[int, ...]
    used_to: tuple[str, ...]


class OfOneself(msgspec.Struct, tag=True, frozen=True):
    """Rows of `message` and `response`; whose own view it is; the moment (microseconds), and their clock's zone."""

    rows: Rows
    responses: Rows
    person: str
    now_at: int
    zone_minutes: int


class OfRoom(msgspec.Struct, tag=True, frozen=True):
    """Rows of `message`; who is counted; what was read; the ledger's file and its key; the language."""

    rows: Rows
    standing: list[Standing]
    read: Read
    ledger: str
    key: bytes
    language: str


class OfArchive(msgspec.Struct, tag=True, frozen=True):
    """Where an archive lies, and its groups; into which folder its tables go, for as long as it is read.

    `stays_out`: names and addresses of those who are not counted. `are_one`: addresses whose owners said that they are
    one person. `mine`: names proven to be those of whoever brought it. `ledger` and the rest as for a room.
    """

    path: str
    groups: str
    into: str
    name: str
    stays_out: list[str]
    are_one: list[list[str]]
    mine: list[str]
    ledger: str
    key: bytes
    engine: str
    language: str


class OwnInArchive(msgspec.Struct, frozen=True):
    """The same as `Own`, people by the names the archive has; what waits by whom, and when (microseconds)."""

    both_ways: list[str]
    awaiting: list[tuple[str, int]]
    rhythm: list[int]
    used_to: list[str]


class Looked(msgspec.Struct, frozen=True):
    """What an archive shows: to everybody in it; and to whoever brought it, of themselves, if they are in it once."""

    report: Report
    own: OwnInArchive | None
    nobody: list[str]


Question = OfOneself | OfRoom | OfArchive


class Answered(msgspec.Struct, tag=True, frozen=True):
    """What was asked for, packed."""

    packed: bytes


class Declined(msgspec.Struct, tag=True, frozen=True):
    """It cannot be done, and why: sentences that are safe to show."""

    sentence: str
    hint: str


class Failed(msgspec.Struct, tag=True, frozen=True):
    """It went wrong. What kind of error it was, or what became of an engine: anything else could tell of people."""

    error: str


class Told(msgspec.Struct, tag=True, frozen=True):
    """How far it is, before the answer: in hundredths, and what is done now."""

    percent: int
    what: str


Word = Answered | Declined | Failed | Told


def write_frame(pipe: IO[bytes], packed: bytes) -> None:
    """One message, after its length."""
    pipe.write(LENGTH.pack(len(packed)) + packed)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """The next message; None where the other side has ended."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    if length > MOST_BYTES:
        return None
    packed = pipe.read(length)
    return packed if len(packed) == length else None
