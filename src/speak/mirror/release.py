"""The one place where figures leave. What is asked for comes in; what may be shown to everybody comes out.

Everybody is cut into pieces, by sizes alone: the parts that are large enough, and all the others together; each cut
once more by what was shown before. Every piece has at least ten people. A figure is let out only if its pieces, and
what remains when all figures that are out are taken from the whole, have three people on each side and are not carried
by one or two. So no sum, no difference, no comparison of reports and nothing left out tells of fewer; record 86 in
docs/decisions gives the argument.
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


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that may be shown to everybody: in percent, and about how many people it is."""

    percent: int
    low: int
    high: int
    people: int


@dataclass(frozen=True, slots=True)
class Released:
    """What came of each cell of one measure.

    For the ledger: `accepted` are the sets that are out now, `tried` those on which it was decided.
    """

    shown: dict[str, Shown] = field(default_factory=dict)
    roughly: dict[str, tuple[Roughly, int]] = field(default_factory=dict)
    withheld: dict[str, Why] = field(default_factory=dict)
    accepted: dict[str, frozenset[str]] = field(default_factory=dict)
    tried: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """Sets of the same measure over a time that overlaps: those that are out, and those on which it was decided."""

    out: Sequence[frozenset[str]] = ()
    tried: Sequence[frozenset[str]] = ()


NOTHING_YET = Earlier()


@dataclass(frozen=True, slots=True)
class Asked:
    """One measure before the gate: what each person adds, and the cells of one fixed division.

    `cells` names the people of each cell, no one in two; `members` says how many belong to a cell, silent ones too;
    `measured` is what a cell's figure is (0 to 1) where it is not simply yes / (yes + no).
    """

    parts: Sequence[Part]
    cells: Mapping[str, Iterable[str]] = field(default_factory=dict)
    members: Mapping[str, int] = field(default_factory=dict)
    measured: Mapping[str, float] = field(default_factory=dict)


def released(asked: Asked, *, earlier: Earlier = NOTHING_YET, least: int = USUAL) -> Released:
    """What may leave of one measure, for everybody together (the cell "") and for each cell.

    Of which people it is asked whether they are too alike follows from sizes alone, over all reports; so what is *not*
    shown tells of no set smaller than `least` either.
    """
    least = max(least, FLOOR)
    here = {part.person: part for part in asked.parts if part.yes + part.no}
    cells = {name: frozenset(here.keys() & frozenset(people)) for name, people in sorted(asked.cells.items())}
    everybody = frozenset(here)
    atoms, is_cut = _pieces([*earlier.out, *earlier.tried], everybody, least)
    grounds, _ = _pieces(earlier.out, everybody, least)
    refused = _refused(here, grounds, is_cut=is_cut, least=least)
    if refused:
        tried = tuple(grounds) if refused is Why.TOO_TELLING else ()
        out = Released(withheld=dict.fromkeys((WHOLE, *cells), refused), tried=tried)
        rough = _rough_word(list(here.values())) if refused is Why.TOO_TELLING else None
        if rough:
            out.roughly[WHOLE] = (rough, about(len(here)))
            out.accepted[WHOLE] = everybody
            del out.withheld[WHOLE]
        return out

    def sound(people: frozenset[str]) -> bool:
        return all(_is_sound([here[who] for who in ground & people], least) for ground in grounds if ground & people)

    large = _large(cells, asked.members, atoms=atoms, least=least)
    shown = {name: cells[name] for name in large if sound(cells[name])}
    while (rest := everybody.difference(*shown.values())) and shown and not sound(rest):
        del shown[min(shown, key=lambda name: (len(shown[name]), name))]
    others = everybody.difference(*(cells[name] for name in large))
    tried = tuple(ground & some for ground in grounds for some in (*(cells[name] for name in large), others))
    out = Released(accepted={WHOLE: everybody, **shown}, tried=tuple(some for some in tried if some))
    for name in (WHOLE, *shown):
        out.shown[name] = _figure([here[who] for who in out.accepted[name]], asked.measured.get(name))
    for name in cells.keys() - shown.keys():
        too_few = len(cells[name]) < least or asked.members.get(name, least) < least
        out.withheld[name] = Why.TOO_FEW if too_few else Why.SHOWN_BEFORE if earlier.out else Why.TOO_TELLING
    return out


def _pieces(earlier: Sequence[frozenset[str]], here: frozenset[str], least: int) -> tuple[list[frozenset[str]], bool]:
    """What earlier sets cut everybody into, and whether one of the pieces is small, or has lost somebody."""
    touched = [old for old in _atoms(earlier) if old & here]
    pieces = _cut([old & here for old in touched], here)
    return pieces, bool(touched) and (any(old - here for old in touched) or any(len(piece) < least for piece in pieces))


def _refused(here: Mapping[str, Part], grounds: Sequence[frozenset[str]], *, is_cut: bool, least: int) -> Why | None:
    if len(here) < least:
        return Why.TOO_FEW
    if is_cut:
        return Why.SHOWN_BEFORE
    return None if all(_is_sound([here[who] for who in ground], least) for ground in grounds) else Why.TOO_TELLING


def _large(
    cells: Mapping[str, frozenset[str]], members: Mapping[str, int], *, atoms: Sequence[frozenset[str]], least: int
) -> list[str]:
    """The cells that are large enough in every piece, while all the others together are so too, or are nobody."""

    def is_large(people: frozenset[str]) -> bool:
        return all(len(atom & people) >= least for atom in atoms if atom & people)

    large = [name for name in cells if cells[name] and is_large(cells[name]) and members.get(name, least) >= least]
    large.sort(key=lambda name: (-len(cells[name]), name))
    everybody = frozenset().union(*atoms)
    while large and not is_large(everybody.difference(*(cells[name] for name in large))):
        large.pop()
    return large


def counted(amounts: Sequence[Part], few: int, *, earlier: Earlier = NOTHING_YET) -> int | None:
    """How many people `few` are, to five, where those it was counted among are enough; 0 means fewer than five."""
    here = frozenset(part.person for part in amounts)
    _, is_cut = _pieces(earlier.out, here, USUAL)
    if len(here) < USUAL or is_cut:
        return None
    return about(few) if few >= FLOOR else 0


def compared(
    crossings: Mapping[tuple[str, str], Crossing], out: Iterable[str]
) -> dict[tuple[str, str], Compared | None]:
    """How often each part answers each other, in words, among the parts whose own figure is out; nothing where too few.

    Five people who answer and five who are answered, not carried by one or two. Where one in a row or a column is left
    out, another is left out with it, the one with the fewest people.
    """
    parts = sorted(out)
    answers = {
        (one, other): crossings[one, other].answers for one in parts for other in parts if (one, other) in crossings
    }
    ratios = over_expected(answers)
    shown = {cells for cells in ratios if cells in crossings and _is_broad(crossings[cells])}
    for _ in range(len(parts) ** 2):
        lines = [[(one, other) for other in parts] for one in parts] + [
            [(one, other) for one in parts] for other in parts
        ]
        alone = next((line for line in lines if len(set(line) - shown) == 1 and shown & set(line)), None)
        if alone is None:
            break
        shown.remove(min(shown & set(alone), key=lambda cells: (crossings[cells].senders, cells)))
    return {
        (one, other): in_words(ratios[one, other]) if (one, other) in shown else None
        for one in parts
        for other in parts
    }


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


def _is_sound(parts: Sequence[Part], least: int) -> bool:
    amounts = heapq.nlargest(2, (part.yes + part.no for part in parts))
    everything = sum(part.yes + part.no for part in parts)
    return (
        len(parts) >= least
        and sum(part.yes > 0 for part in parts) >= EACH_SIDE
        and sum(part.no > 0 for part in parts) >= EACH_SIDE
        and 100 * amounts[0] <= ONE_CARRIES * everything
        and 100 * sum(amounts) <= TWO_CARRY * everything
    )


def _rough_word(parts: Sequence[Part]) -> Roughly | None:
    if sum(part.yes > 0 for part in parts) < EACH_SIDE:
        return Roughly.FEW
    if sum(part.no > 0 for part in parts) < EACH_SIDE:
        return Roughly.NEARLY_ALL
    return None


def _figure(parts: Sequence[Part], measured: float | None) -> Shown:
    people = len(parts)
    yes, everything = sum(part.yes for part in parts), sum(part.yes + part.no for part in parts)
    share = Fraction(yes, everything) if measured is None else Fraction(measured)
    low, high = wilson(float(share), people)
    return Shown(percent(share, people), percent(low, people), percent(high, people), about(people))


def wilson(share: float, people: int) -> tuple[float, float]:
    """Between what the share lies, 19 times out of 20, if these people were drawn from many (Wilson 1927).

    The people are what is drawn, also where what they said is counted: what one person says goes together.
    """
    squared = NINETEEN_OF_TWENTY**2
    middle = (share + squared / (2 * people)) / (1 + squared / people)
    spread = share * (1 - share) / people + squared / (4 * people**2)
    half = NINETEEN_OF_TWENTY * math.sqrt(spread) / (1 + squared / people)
    return max(0.0, middle - half), min(1.0, middle + half)


def percent(share: float | Fraction, people: int) -> int:
    """A share of so many people, in percent, rounded as it may leave; halves go up."""
    step = 5 if people < COARSE_BELOW else 1
    return step * math.floor(100 * Fraction(share) / step + Fraction(1, 2))
