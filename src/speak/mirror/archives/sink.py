"""Where readers put what they find: rows go to the scratch folder, people and places stay in memory."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from speak.mirror.archives.said import Answered, Guess, Miss, Role, Roster, Said, Space, Who
from speak.mirror.table import Kind, ResponseKind, Visibility

AT_ONCE = 4096
SAID, ANSWERED, GUESSED, MISSED = "said", "answered", "guessed", "missed"
PLAIN, PLAINLY_ANSWERED = "plain", "plainly_answered"
Row = Said | Answered | Guess | Miss


@dataclass
class Tally:
    """How much was found; sums up over parts."""

    read: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    withheld: int = 0
    remarks: set[str] = field(default_factory=set)

    def add(self, other: "Tally") -> None:
        """Count another part in."""
        self.read += other.read
        self.missed += other.missed
        self.left_out += other.left_out
        self.withheld += other.withheld
        self.remarks |= other.remarks


class Sink:
    """Takes what one reader finds. Use it in a `with`: rows are written in batches, the last when it closes."""

    def __init__(self, scratch: Path, *, label: str = "0", opted_in: Iterable[str] = ()) -> None:
        """Rows go to files named after `label` in `scratch`. `opted_in` are addresses, handles or ids."""
        self.scratch = scratch
        self.roster = Roster()
        self.tally = Tally()
        self.opted_in = frozenset(name.casefold() for name in opted_in)
        self._files = {kind: scratch / f"{kind}-{label}.ndjson" for kind in (SAID, ANSWERED, GUESSED, MISSED)}
        self._lines: dict[str, list[str]] = {PLAIN: [], PLAINLY_ANSWERED: []}
        self._tabs = {kind: scratch / f"{kind}-{label}.tsv" for kind in self._lines}
        self._rows: dict[str, list[Row]] = {kind: [] for kind in self._files}
        self._kept: dict[str, bool] = {}
        self._encoder = msgspec.json.Encoder()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what is left."""
        for name in self._rows:
            self._write(name)
        self._write_lines()

    def say(self, said: Said) -> None:
        """A message."""
        self.tally.read += 1
        self._take(SAID, said)

    def say_plainly(self, said: list[str], answered: list[str]) -> None:
        """Many messages of the commonest form at once, each the fields of `settling.ROWS` between tabs.

        `answered` are the mentions and reactions of some of them.
        """
        self.tally.read += len(said)
        self._lines[PLAIN] += said
        self._lines[PLAINLY_ANSWERED] += answered
        if len(self._lines[PLAIN]) >= AT_ONCE:
            self._write_lines()

    def answer(self, answered: Answered) -> None:
        """A reaction or a mention."""
        self._take(ANSWERED, answered)

    def react(self, said: Said, people: Iterable[str]) -> None:
        """Each of these people reacted to a message; the archive does not say when."""
        for who in dict.fromkeys(people):
            self.answer(Answered(said.id, who, said.who, ResponseKind.REACTION))

    def mention(self, said: Said, people: Iterable[str]) -> None:
        """A message names these people."""
        for whom in dict.fromkeys(people):
            if whom != said.who:
                self.answer(Answered(said.id, said.who, whom, ResponseKind.MENTION, said.at))

    def guess(self, guess: Guess) -> None:
        """A link that nobody stated."""
        self._take(GUESSED, guess)

    def missed(self, place: str, reason: str) -> None:
        """Something was not read: where it stands, and why."""
        self.tally.missed[reason] += 1
        self._take(MISSED, Miss(place, reason))

    def remark(self, sentence: str) -> None:
        """Something about the whole archive that whoever reads figures of it should know."""
        self.tally.remarks.add(sentence)

    def know(self, raw: str, *, kind: Kind = Kind.HUMAN) -> Who:
        """Somebody, by how the archive writes them."""
        return self.roster.people.setdefault(raw, Who(raw, kind=kind))

    def introduce(self, who: Who) -> None:
        """Somebody of whom the archive tells more."""
        self.roster.people[who.raw] = who

    def place(self, space: Space) -> Space:
        """A channel, list or room; the last name told is its name."""
        self.roster.spaces[space.id] = space
        return space

    def give(self, role: Role) -> None:
        """What somebody is there."""
        self.roster.roles.add(role)

    def keeps(self, space: Space) -> bool:
        """Whether what was said there may be read at all: it was public, or all who are in it agreed."""
        if space.visibility == Visibility.PUBLIC:
            return True
        if space.id not in self._kept:
            self._kept[space.id] = bool(space.members) and all(self._agreed(raw) for raw in space.members)
        return self._kept[space.id]

    def withhold(self, count: int = 1) -> None:
        """Private messages were dropped."""
        self.tally.withheld += count

    def leave_out(self, reason: str) -> None:
        """Something was understood, and is no message of anybody: an earlier wording, a message nobody can read."""
        self.tally.left_out[reason] += 1

    def _agreed(self, raw: str) -> bool:
        who = self.roster.people.get(raw)
        names = {raw, *(who.addresses if who else ())}
        return any(name.casefold() in self.opted_in for name in names)

    def _take(self, kind: str, row: Row) -> None:
        rows = self._rows[kind]
        rows.append(row)
        if len(rows) >= AT_ONCE:
            self._write(kind)

    def _write_lines(self) -> None:
        for kind, lines in self._lines.items():
            if lines:
                with self._tabs[kind].open("a", encoding="ascii") as out:
                    out.write("\n".join(lines) + "\n")
                lines.clear()

    def _write(self, kind: str) -> None:
        if rows := self._rows[kind]:
            with self._files[kind].open("ab") as out:
                out.write(self._encoder.encode_lines(rows))
            rows.clear()


class Quiet(Sink):
    """Takes nothing in: for a first look at files that are read, and told of, a second time."""

    def _write(self, kind: str) -> None:
        self._rows[kind].clear()
