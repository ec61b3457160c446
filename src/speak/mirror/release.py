"""The one place where figures leave. What is asked for comes in; what may be shown to everybody comes out.

A figure is let out only if every set of people that anybody could make, by adding and subtracting the figures of the same
measure that are already out, is large enough, has at least three people on each side, and is not carried by one or two.
So no sum, difference or comparison of reports comes down to a few. `docs/decisions/0086` gives the argument.
"""

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from speak.mirror.measures.ties import Compared, Crossing, in_words, over_expected

# Fewest people a figure may be about. The floor is no setting: nothing can ask for less.
FLOOR = 5
USUAL = 10
# Fewest people on each side of a share.
EACH_SIDE = 3
# What one person, and what two, may carry of a sum, in percent.
ONE_CARRIES = 50
TWO_CARRY = 75
# Below so many people shares are rounded to five points, from then on to one.
COARSE_BELOW = 50
WHOLE = ""
NINETEEN_OF_TWENTY = 1.959964


class Why(StrEnum):
    """Why a figure does not leave. None of them says which way it would have pointed."""

    TOO_FEW = "too_few"
    TOO_TELLING = "too_telling"
    SHOWN_BEFORE = "shown_before"


class Roughly(StrEnum):
    """What is said of everybody together when a share would point at one or two."""

    FEW = "few"
    NEARLY_ALL = "nearly_all"


@dataclass(frozen=True, slots=True)
class Part:
    """What one person adds to a share: how often it was so, and how often not."""

    person: str
    yes: int
    no: int
    # What is counted: the person, or the person in one quarter.
    unit: str = ""

    @property
    def key(self) -> str:
        """What sets are made of."""
        return self.unit or self.person


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that may be shown to everybody: in percent, and about how many people it is."""

    percent: int
    low: int
    high: int
    people: int


@dataclass(frozen=True, slots=True)
class Released:
    """What came of each cell of one measure; `accepted` are the sets that are out now, for the ledger."""

    shown: dict[str, Shown] = field(default_factory=dict)
    roughly: dict[str, tuple[Roughly, int]] = field(default_factory=dict)
    withheld: dict[str, Why] = field(default_factory=dict)
    accepted: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """One measure before the gate: what each person adds, and the cells of one fixed division.

    `cells` names the keys of each cell, and never everybody; `members` says how many belong to a cell, silent ones too;
    `measured` is what a cell's figure is (0 to 1) where it is not simply yes / (yes + no).
    """

    parts: Sequence[Part]
    cells: Mapping[str, Iterable[str]] = field(default_factory=dict)
    members: Mapping[str, int] = field(default_factory=dict)
    measured: Mapping[str, float] = field(default_factory=dict)


def released(asked: Asked, *, earlier: Sequence[frozenset[str]] = (), least: int = USUAL) -> Released:
    """What may leave of one measure, for everybody together (the cell "") and for each cell.

    `earlier` are the sets of the same measure that are out already, over a time that overlaps this one.
    """
    least = max(least, FLOOR)
    here = {part.key: part for part in asked.parts if part.yes + part.no}
    sets = {WHOLE: frozenset(here)} | {name: here.keys() & frozenset(keys) for name, keys in asked.cells.items()}
    gone = _atoms(earlier)
    classes = gone
    out = Released()
    # The order depends on sizes and names only: it tells nothing of what was counted.
    for name in sorted(sets, key=lambda name: (name != WHOLE, -len(sets[name]), name)):
        wanted = frozenset(sets[name])
        people = len({here[key].person for key in wanted})
        if people < least or asked.members.get(name, people) < least:
            out.withheld[name] = Why.TOO_FEW
        elif any(wanted & old and old - here.keys() for old in gone):
            out.withheld[name] = Why.SHOWN_BEFORE
        elif all(_is_sound([here[key] for key in piece], least) for piece in _touched(classes, wanted)):
            out.shown[name] = _figure([here[key] for key in wanted], asked.measured.get(name))
        elif name == WHOLE and (word := _rough_word([here[key] for key in wanted])) and _all_large(gone, here, wanted):
            out.roughly[name] = (word, about(people))
        else:
            out.withheld[name] = Why.SHOWN_BEFORE if gone else Why.TOO_TELLING
        if name not in out.withheld:
            out.accepted[name] = wanted
            classes = _cut(classes, wanted)
    return out


def counted(amounts: Sequence[Part], few: int, *, earlier: Sequence[frozenset[str]] = ()) -> int | None:
    """How many people `few` are, to five, where those it was counted among are enough; 0 means fewer than five."""
    here = {part.key: part for part in amounts}
    gone = _atoms(earlier)
    left = any(here.keys() & old and old - here.keys() for old in gone)
    if len(here) < USUAL or left or not _all_large(gone, here, frozenset(here)):
        return None
    return about(few) if few >= FLOOR else 0


def compared(crossings: Mapping[tuple[str, str], Crossing], out: Iterable[str]) -> dict[tuple[str, str], Compared | None]:
    """How often each part answers each other, in words, among the parts whose own figure is out; nothing where too few.

    Five people who answer and five who are answered, not carried by one or two. Where one in a row or a column is left out,
    another is left out with it, the one with the fewest people.
    """
    parts = sorted(out)
    answers = {
        (one, other): crossings[one, other].answers for one in parts for other in parts if (one, other) in crossings
    }
    ratios = over_expected(answers)
    shown = {cells for cells in ratios if cells in crossings and _is_broad(crossings[cells])}
    for _ in range(len(parts) ** 2):
        lines = [[(one, other) for other in parts] for one in parts] + [[(one, other) for one in parts] for other in parts]
        alone = next((line for line in lines if len(set(line) - shown) == 1 and shown & set(line)), None)
        if alone is None:
            break
        shown.remove(min(shown & set(alone), key=lambda cells: (crossings[cells].senders, cells)))
    return {(one, other): in_words(ratios[one, other]) if (one, other) in shown else None for one in parts for other in parts}


def _is_broad(crossing: Crossing) -> bool:
    return (
        min(crossing.senders, crossing.receivers) >= FLOOR
        and 100 * crossing.one <= ONE_CARRIES * crossing.answers
        and 100 * crossing.two <= TWO_CARRY * crossing.answers
    )


def about(people: int) -> int:
    """A number of people, to five."""
    return 5 * ((2 * people + 5) // 10)


def fewest_for_half(amounts: Iterable[int]) -> int:
    """How few, the most active first, make half of it all (CHAOSS: contributor absence factor)."""
    most_first = sorted(amounts, reverse=True)
    half, made = sum(most_first), 0
    for few, amount in enumerate(most_first, start=1):
        made += 2 * amount
        if made >= half:
            return few
    return 0


def _atoms(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    classes: list[frozenset[str]] = []
    for wanted in sets:
        classes = _cut(classes, wanted)
    return classes


def _cut(classes: Sequence[frozenset[str]], wanted: frozenset[str]) -> list[frozenset[str]]:
    """The classes, cut where `wanted` cuts them, and what of it is in none."""
    cut = [piece for old in classes for piece in (old & wanted, old - wanted)]
    return [piece for piece in (*cut, wanted.difference(*classes)) if piece]


def _touched(classes: Sequence[frozenset[str]], wanted: frozenset[str]) -> list[frozenset[str]]:
    """What would be a set of its own if `wanted` were let out: all pieces of what it touches."""
    return _cut([old for old in classes if old & wanted], wanted)


def _is_sound(parts: Sequence[Part], least: int) -> bool:
    people: dict[str, tuple[int, int]] = {}
    for part in parts:
        yes, no = people.get(part.person, (0, 0))
        people[part.person] = (yes + part.yes, no + part.no)
    amounts = heapq.nlargest(2, (yes + no for yes, no in people.values()))
    everything = sum(yes + no for yes, no in people.values())
    return (
        len(people) >= least
        and sum(yes > 0 for yes, _ in people.values()) >= EACH_SIDE
        and sum(no > 0 for _, no in people.values()) >= EACH_SIDE
        and 100 * amounts[0] <= ONE_CARRIES * everything
        and 100 * sum(amounts) <= TWO_CARRY * everything
    )


def _all_large(gone: Sequence[frozenset[str]], here: Mapping[str, Part], wanted: frozenset[str]) -> bool:
    return all(len({here[key].person for key in piece}) >= USUAL for piece in _touched(gone, wanted))


def _rough_word(parts: Sequence[Part]) -> Roughly | None:
    if len({part.person for part in parts if part.yes}) < EACH_SIDE:
        return Roughly.FEW
    if len({part.person for part in parts if part.no}) < EACH_SIDE:
        return Roughly.NEARLY_ALL
    return None


def _figure(parts: Sequence[Part], measured: float | None) -> Shown:
    people = len({part.person for part in parts})
    yes, everything = sum(part.yes for part in parts), sum(part.yes + part.no for part in parts)
    share = Fraction(yes, everything) if measured is None else Fraction(measured)
    low, high = wilson(float(share), people)
    step = 5 if people < COARSE_BELOW else 1
    return Shown(_to(share, step), _to(Fraction(low), step), _to(Fraction(high), step), about(people))


def wilson(share: float, people: int) -> tuple[float, float]:
    """Between what the share lies, 19 times out of 20, if these people were drawn from many (Wilson 1927).

    The people are what is drawn, also where what they said is counted: what one person says goes together.
    """
    squared = NINETEEN_OF_TWENTY**2
    middle = (share + squared / (2 * people)) / (1 + squared / people)
    spread = share * (1 - share) / people + squared / (4 * people**2)
    half = NINETEEN_OF_TWENTY * math.sqrt(spread) / (1 + squared / people)
    return max(0.0, middle - half), min(1.0, middle + half)


def _to(share: Fraction, step: int) -> int:
    """In percent, to the nearest step; halves go up."""
    return step * math.floor(100 * share / step + Fraction(1, 2))
