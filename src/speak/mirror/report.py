"""What leaves: findings made of what `release` let out, and the record of what was read, shown and withheld."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Answer(StrEnum):
    """What the archive states, and so what counts as an answer. Kinds are never mixed in one figure."""

    REPLY = "reply"
    MENTION = "mention"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, or why there is none; `cell` is a part by name, or everybody."""

    part: str
    cell: str
    percent: int | None = None
    low: int | None = None
    high: int | None = None
    people: int | None = None
    roughly: str = ""
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """One week, by its Monday, and whether at least ten people wrote in it."""

    monday: int
    is_full: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, what a picture is drawn of, the definition, the caveat, and one thing to do about it."""

    name: str
    title: str
    question: str
    sentences: tuple[str, ...]
    definition: str
    formula: str
    source: str
    caveat: str
    attempt: str
    figures: tuple[Figure, ...] = ()
    curve: tuple[tuple[int, int], ...] = ()
    weeks: tuple[Week, ...] = ()
    # From which part, to which, in words, and the word for the shade.
    compared: tuple[tuple[str, str, str, str], ...] = ()
    # How few make half; 0 is fewer than five. Among about how many.
    few: int | None = None
    among: int | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, by whoever read it: where from, how much, and what was not understood or left aside, by reason."""

    name: str
    kind: str
    messages: int
    aside: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    left_at_their_wish: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """What was read, shown and withheld, and why; as open as the report itself."""

    made_at: datetime
    program: str
    read: Read
    shown: tuple[str, ...]
    withheld: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that leaves. `first_on` and `last_on` are days (UTC)."""

    name: str
    first_on: datetime
    last_on: datetime
    answer: str
    findings: tuple[Finding, ...]
    record: Record
