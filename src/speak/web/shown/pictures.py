"""The pictures of the mirror's report: where lines and dots go. Everything in them is in a figure that may leave."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from speak.mirror.report import Figure, Week
from speak.mirror.wording import in_percent

MICROS = 1_000_000
# The curve: its paper, and where hours are written below it.
WIDE, HIGH, LEFT, TOP = 300, 150, 40, 10
LONGEST = 168
WRITTEN = (1, 4, 24, 72, 168)
# One dot stands for five people, as figures are rounded; at most so many in a row.
PEOPLE_IN_DOT, IN_ROW, APART, MOST_DOTS = 5, 20, 15, 400
BOX = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One share as a bar, with the stretch between which it lies; in hundredths of the width."""

    what: str
    is_everybody: bool
    said: str
    percent: int | None
    low: int | None = None
    high: int | None = None

    @property
    def stretch(self) -> int:
        """How long the stretch is."""
        return (self.high or 0) - (self.low or 0)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something written beside a line, at x and y."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Curve:
    """How much is answered after how long: a line of points, and what is written beside and below it."""

    line: str
    dots: tuple[tuple[float, float], ...]
    below: tuple[Mark, ...]
    beside: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One week, or one dot, at x and y."""

    x: float
    y: float
    is_full: bool


@dataclass(frozen=True, slots=True)
class Boxes:
    """Rows of them, each with what is written before it, and how large the paper is."""

    boxes: tuple[Box, ...]
    before: tuple[Mark, ...]
    wide: float
    high: float


def bars(figures: Sequence[Figure], *, parts: dict[str, str]) -> tuple[Bar, ...]:
    """One bar for each figure that is shown; `parts` says what each part of the measure is called."""
    several = len({figure.part for figure in figures}) > 1
    found = []
    for figure in figures:
        if figure.percent is None:
            continue
        names = [parts[figure.part] if several or not figure.cell else "", figure.cell]
        what = ": ".join(name for name in names if name)
        found.append(Bar(what, not figure.cell, in_percent(figure.percent), figure.percent, figure.low, figure.high))
    return tuple(found)


def curve(points: Sequence[tuple[int, int]]) -> Curve | None:
    """Hours from one to a week, each twice as long as the one before takes the same way; from nothing to all."""
    if not points:
        return None
    names = {1: _("1 hour"), 4: _("4 hours"), 24: _("a day"), 72: _("3 days"), 168: _("a week")}
    places = [(_across(hours), _up(percent)) for hours, percent in points]
    line = " ".join(f"{x},{y}" for x, y in places)
    dots = tuple(place for place, (hours, _percent) in zip(places, points, strict=True) if hours in WRITTEN)
    below = tuple(Mark(_across(hours), TOP + HIGH + 18, names[hours]) for hours in WRITTEN)
    return Curve(line, dots, below, tuple(Mark(LEFT - 6, _up(share), in_percent(share)) for share in (0, 50, 100)))


def _across(hours: int) -> float:
    return round(LEFT + WIDE * math.log(hours) / math.log(LONGEST), 1)


def _up(percent: int) -> float:
    return round(TOP + HIGH * (1 - percent / 100), 1)


def weeks(found: Sequence[Week]) -> Boxes | None:
    """A row for each year, a box for each week, by the year its Monday lies in."""
    if not found:
        return None
    mondays = [(datetime.fromtimestamp(week.monday / MICROS, tz=UTC), week.is_full) for week in found]
    first = mondays[0][0].year
    boxes = tuple(
        Box(LEFT + BOX * ((monday - _new_year(monday)) // timedelta(weeks=1)), 20 * (monday.year - first) + 2, is_full)
        for monday, is_full in mondays
    )
    years = range(first, mondays[-1][0].year + 1)
    before = tuple(Mark(LEFT - 6, 20 * (year - first) + 14, str(year)) for year in years)
    return Boxes(boxes, before, LEFT + BOX * 53, 20 * len(years))


def _new_year(moment: datetime) -> datetime:
    return datetime(moment.year, 1, 1, tzinfo=UTC)


def dots(few: int | None, among: int | None) -> Boxes | None:
    """A dot for every five people, those who write half filled; fewer than five fill one; 2,000 at most are drawn."""
    if few is None or not among or among > MOST_DOTS * PEOPLE_IN_DOT:
        return None
    number, filled = max(1, among // PEOPLE_IN_DOT), max(1, few // PEOPLE_IN_DOT)
    boxes = tuple(
        Box(APART * (place % IN_ROW) + 7, APART * (place // IN_ROW) + 7, place < filled) for place in range(number)
    )
    return Boxes(boxes, (), APART * IN_ROW, APART * math.ceil(number / IN_ROW))
