"""One's own mirror as its template shows it: people, what waits, a week as a picture and in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speak.identity.models import Actor
from speak.identity.queries import actors_shown_to
from speak.mirror.apart import Own
from speak.mirror.measures import definition
from speak.rooms.queries import quiet_among
from speak.voice.queries import waiting_among
from speak.web.shown.people import ShownPerson, shown_person
from speak.web.shown.waiting import ShownWaiting, shown_waiting

AT_MOST = 12
DAYS = 7
# Where the first dot is, how far the others are apart, how large one is at most: in the units of the picture.
LEFT, TOP, ACROSS, DOWN, LARGEST = 124, 34, 36, 40, 15
Words = str | Promise
THIRDS: tuple[Words, ...] = (gettext_lazy("midnight to 8"), gettext_lazy("8 to 16"), gettext_lazy("16 to midnight"))
# From nothing to what is most: in words, and how large the dot is, in hundredths of the largest.
LEVELS: tuple[tuple[Words, int], ...] = (
    (gettext_lazy("nothing"), 0),
    (gettext_lazy("a little"), 40),
    (gettext_lazy("some"), 70),
    (gettext_lazy("most"), 100),
)


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """What a measure says of itself."""

    title: str
    question: str
    definition: str
    caveat: str
    attempt: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One third of one day: where it is, and how large."""

    x: int
    y: int
    radius: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Something written at x and y."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Week:
    """The week as a picture, and the same as a table: for each day its name and three words."""

    dots: tuple[Dot, ...]
    days: tuple[Mark, ...]
    thirds: tuple[Mark, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ShownOwn:
    """All that the page shows; each list with what it means."""

    both_ways: list[ShownPerson]
    awaiting: list[ShownWaiting]
    used_to: list[ShownPerson]
    week: Week | None
    about_both_ways: ShownMeasure
    about_awaiting: ShownMeasure
    about_used_to: ShownMeasure
    about_week: ShownMeasure


def shown_own(viewer: Actor, own: Own) -> ShownOwn:
    """The viewer's own mirror; people by their names, what waits by its age."""
    waiting = waiting_among(viewer, [post for post, _person in own.awaiting])
    quiet = quiet_among([post.room for post in waiting])
    waiting = [post for post in waiting if post.room not in quiet]
    return ShownOwn(
        both_ways=_people(viewer, own.both_ways),
        awaiting=shown_waiting(viewer, waiting[:AT_MOST]),
        used_to=_people(viewer, own.used_to),
        week=week_of(own.rhythm),
        about_both_ways=about("own/both_ways"),
        about_awaiting=about("own/awaiting"),
        about_used_to=about("own/used_to"),
        about_week=about("own/rhythm"),
    )


def about(name: str) -> ShownMeasure:
    """What a measure says of itself, in the language that is active."""
    measure = definition(name)
    words = (measure.title, measure.question, measure.definition, measure.caveat, measure.attempt)
    return ShownMeasure(*(_(sentence) for sentence in words))


def week_of(rhythm: Sequence[int]) -> Week | None:
    """Seven days of three thirds each, from nothing to what is most; None where nothing was written."""
    most = max(rhythm, default=0)
    if not most:
        return None
    levels = [LEVELS[-(-3 * times // most)] for times in rhythm]
    places = [(day, third) for day in range(DAYS) for third in range(len(THIRDS))]
    dots = [
        Dot(LEFT + ACROSS * day, TOP + DOWN * third, LARGEST * size / 100)
        for (day, third), (_words, size) in zip(places, levels, strict=True)
    ]
    words = [str(word) for word, _size in levels]
    return Week(
        tuple(dot for dot in dots if dot.radius),
        tuple(Mark(LEFT + ACROSS * day, 12, str(WEEKDAYS_ABBR[day])) for day in range(DAYS)),
        tuple(Mark(LEFT - 24, TOP + DOWN * third, str(name)) for third, name in enumerate(THIRDS)),
        tuple(map(str, THIRDS)),
        tuple((str(WEEKDAYS[day]), tuple(words[3 * day : 3 * day + 3])) for day in range(DAYS)),
    )


def _people(viewer: Actor, ids: Sequence[str]) -> list[ShownPerson]:
    found = [shown_person(actor) for actor in actors_shown_to(viewer, [int(one) for one in ids])]
    return sorted(found, key=lambda person: (person.name.casefold(), person.address))
