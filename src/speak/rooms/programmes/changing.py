"""A programme with something changed about it; the one that was given stays as it is."""

from dataclasses import replace

from django.utils.translation import gettext as _

from speak.rooms.errors import Unfit
from speak.rooms.practices import Practice
from speak.rooms.programmes.values import Entry, ProgrammeText


def moved(programme: ProgrammeText, *, place: int, to: int) -> ProgrammeText:
    """The practice at `place` stands at `to`, both from 0.

    Raises:
        Unfit: there is no such place.
    """
    entries = list(programme.entries)
    _check(place, entries)
    entry = entries.pop(place)
    entries.insert(max(0, min(to, len(entries))), entry)
    return replace(programme, entries=tuple(entries))


def without(programme: ProgrammeText, *, place: int) -> ProgrammeText:
    """The practice at `place` is left out.

    Raises:
        Unfit: there is no such place, or it is the only practice.
    """
    entries = list(programme.entries)
    _check(place, entries)
    if len(entries) == 1:
        raise Unfit(_("A programme has one practice at least."))
    del entries[place]
    return replace(programme, entries=tuple(entries))


def with_practice(programme: ProgrammeText, practice: Practice, *, week: int = 0) -> ProgrammeText:
    """One more practice: the last of its week, or of all.

    Raises:
        Unfit: it is in the programme already.
    """
    if any(entry.practice.slug == practice.slug for entry in programme.entries):
        raise Unfit(_("“%(practice)s” is in this programme already.") % {"practice": practice.title})
    entries = list(programme.entries)
    after = [place for place, entry in enumerate(entries) if week and 0 < entry.week <= week]
    place = (after[-1] + 1 if after else 0) if week else len(entries)
    entries.insert(place, Entry(practice, week=week))
    return replace(programme, entries=tuple(entries))


def minutes_of_week(programme: ProgrammeText, week: int) -> int:
    """How many minutes a week asks for; 0 stands for what is in no week."""
    return sum(entry.takes for entry in programme.entries if entry.week == week)


def _check(place: int, entries: list[Entry]) -> None:
    if not 0 <= place < len(entries):
        raise Unfit(_("There is no such place in this programme."))
