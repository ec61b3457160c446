"""What a programme is made of."""

from dataclasses import dataclass

from speak.rooms.practices import Practice


@dataclass(frozen=True, slots=True)
class Entry:
    """A practice in its place. `minutes`: where it takes another time here; `week` from 1, 0 where it is in none.

    `opens_after_host`: it opens to a room once its host has tried something of every earlier week.
    """

    practice: Practice
    week: int = 0
    minutes: int = 0
    opens_after_host: bool = False

    @property
    def takes(self) -> int:
        """How many minutes."""
        return self.minutes or self.practice.minutes


@dataclass(frozen=True, slots=True)
class ProgrammeText:
    """A whole programme."""

    title: str
    sentence: str
    entries: tuple[Entry, ...]
    language: str = "en"
