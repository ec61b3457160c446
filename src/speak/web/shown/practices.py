"""Practices and programmes as templates show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from speak.rooms.catalogue import PARTS
from speak.rooms.practices import Practice
from speak.rooms.programmes import Entry, ProgrammeText, minutes_of_week
from speak.web.forms.practices import GOES_TO, SIDE, WHO


@dataclass(frozen=True, slots=True)
class ShownPractice:
    """A practice, with all that is said about it in words."""

    slug: str
    title: str
    url: str
    minutes: str
    who: str
    side: str
    goes_to: str
    paragraphs: list[str]
    host_note: str
    origin: str
    is_free: bool
    place: int = 0
    is_open: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True)
class ShownWeek:
    """A week of a programme; `week` is 0 for what is in none."""

    week: int
    minutes: str
    practices: list[ShownPractice]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of the catalogue."""

    title: str
    practices: list[ShownPractice]


def minutes_in_words(minutes: int) -> str:
    """How long something takes."""
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def shown_practice(practice: Practice, *, room_id: int = 0, minutes: int = 0) -> ShownPractice:
    """One practice; with `room_id`, as done in that room."""
    url = reverse("practice", args=[practice.slug])
    return ShownPractice(
        slug=practice.slug,
        title=practice.title,
        url=f"{url}?room={room_id}" if room_id else url,
        minutes=minutes_in_words(minutes or practice.minutes),
        who=str(WHO[practice.who]),
        side=str(SIDE[practice.side]),
        goes_to=str(GOES_TO[practice.goes_to]),
        paragraphs=[line for line in practice.prompt.strip().splitlines() if line.strip()],
        host_note=practice.host_note,
        origin=practice.origin,
        is_free=practice.is_free,
    )


def shown_parts(practices: Iterable[Practice]) -> list[ShownPart]:
    """The catalogue, part by part."""
    names = {
        "arrive": gettext("Arrive"),
        "first-words": gettext("First words"),
        "reply": gettext("Reply"),
        "habit": gettext("Habit"),
        "rooms": gettext("Rooms"),
        "onward": gettext("Outward and onward"),
    }
    by_part = {part: [each for each in practices if each.part == part] for part in PARTS}
    return [ShownPart(names[part], [shown_practice(each) for each in found]) for part, found in by_part.items()]


def shown_weeks(programme: ProgrammeText, *, room_id: int = 0, opened: Iterable[str] = ()) -> list[ShownWeek]:
    """A programme week by week, in its order; every practice knows its place from 0."""
    open_slugs = set(opened)
    numbered = list(enumerate(programme.entries))
    weeks = []
    for week, group in groupby(numbered, key=lambda pair: pair[1].week):
        shown = [_in_place(entry, place, room_id, is_open=entry.practice.slug in open_slugs) for place, entry in group]
        weeks.append(ShownWeek(week, minutes_in_words(minutes_of_week(programme, week)), shown))
    return weeks


def _in_place(entry: Entry, place: int, room_id: int, *, is_open: bool) -> ShownPractice:
    shown = shown_practice(entry.practice, room_id=room_id, minutes=entry.takes)
    values = {name: getattr(shown, name) for name in ShownPractice.__slots__}
    return ShownPractice(**{**values, "place": place, "is_open": is_open, "waits": entry.opens_after_host})
