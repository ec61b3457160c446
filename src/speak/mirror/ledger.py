"""What was let out before, so that two reports together tell no more of a few than one does.

Kept are the sets of people a figure was about, as keyed hashes, and over which time; no figure, no name. After a year
they go.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec

from speak.kernel.errors import Failure
from speak.mirror.release import Earlier, Released

KEPT_FOR = timedelta(days=365)
MARK = 8


class Entry(msgspec.Struct, frozen=True):
    """One set: of which measure, over which time (microseconds), whom it was about, whether its figure is out.

    What is not out was decided upon, and that can tell something too.
    """

    measure: str
    first_at: int
    last_at: int
    on: date
    is_out: bool
    marks: bytes


class Ledger:
    """A file of what is out; read when opened, written when kept."""

    def __init__(self, path: Path, *, key: bytes, today: date | None = None) -> None:
        """`key` makes the hashes, and lies somewhere else than `path`."""
        self._path, self._key = path, key
        self._today = today or datetime.now(UTC).date()
        self._entries: list[Entry] = []
        self._new: list[Entry] = []
        # Whoever is in one figure is in most.
        self._mark = cache(self._marked)
        if path.exists():
            try:
                kept = msgspec.msgpack.decode(path.read_bytes(), type=list[Entry])
            except msgspec.MsgspecError as error:
                raise Failure(f"{path} cannot be read: what was shown before is not known.", permanent=True) from error
            self._entries = [entry for entry in kept if entry.on + KEPT_FOR > self._today]

    def earlier(self, measure: str, *, among: Iterable[str], span: tuple[int, int]) -> Earlier:
        """The sets of this measure over a time that overlaps `span`; unknown people keep their mark."""
        names = {self._mark(key): key for key in among}
        sets: dict[bool, list[frozenset[str]]] = {True: [], False: []}
        for entry in self._entries:
            if entry.measure == measure and entry.first_at <= span[1] and span[0] <= entry.last_at:
                sets[entry.is_out].append(frozenset(names.get(mark, mark.hex()) for mark in _marks(entry)))
        return Earlier(sets[True], sets[False])

    def add(self, measure: str, released: Released, *, span: tuple[int, int]) -> None:
        """Remember what is let out now, and on whom it was decided."""
        sets = [(people, True) for people in released.accepted.values()] + [(some, False) for some in released.tried]
        for people, is_out in sets:
            marks = b"".join(sorted(self._mark(key) for key in people))
            self._new.append(Entry(measure, *span, self._today, is_out, marks))

    def keep(self) -> None:
        """Write it down; what is in already is not written twice."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._entries = list(dict.fromkeys([*self._entries, *self._new]))
        part = self._path.with_suffix(".part")
        part.write_bytes(msgspec.msgpack.encode(self._entries))
        part.replace(self._path)

    def _marked(self, key: str) -> bytes:
        return hmac.digest(self._key, key.encode(), hashlib.sha256)[:MARK]


def _marks(entry: Entry) -> Sequence[bytes]:
    return [entry.marks[at : at + MARK] for at in range(0, len(entry.marks), MARK)]
