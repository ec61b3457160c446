"""Who is counted, as said beforehand: which part they belong to, when they came, who was in the room."""

from collections.abc import Sequence
from dataclasses import dataclass

FOREVER = 9_000_000_000_000_000


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who is counted: which part they belong to, whether from outside, when they joined, whether on a list."""

    person: str
    cell: str = ""
    is_outside: bool = False
    joined_at: int | None = None
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody was "in the room" from one moment to another (microseconds)."""

    person: str
    since_at: int = 0
    until_at: int = FOREVER


@dataclass(frozen=True, slots=True)
class People:
    """All who are counted, and who held the role; whoever objects is in neither."""

    standing: Sequence[Standing]
    held: Sequence[Held] = ()
