"""What somebody brought from elsewhere, as templates and the command show it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from speak.clients.bringing import FORMATS, is_under_way
from speak.clients.bringing.notes import CHOSEN, Notes, Why
from speak.clients.models import ENDED, Import, ImportState

TITLES = {known.name: known.says for known in FORMATS}


@dataclass(frozen=True, slots=True)
class ShownNote:
    """Something that was not brought: why, how often, and where it stands in the file."""

    why: str
    count: int
    places: list[str]


@dataclass(frozen=True, slots=True)
class ShownImport:
    """One file. `done` of `total` are steps; `left_out` was by choice, `missed` was not understood or not possible."""

    id: int
    name: str
    format: str
    moment: dt.datetime
    state: str
    refused: str
    came: list[str]
    left_out: list[ShownNote]
    missed: list[ShownNote]
    done: int
    total: int
    is_under_way: bool
    is_left_lying: bool
    may_be_undone: bool


def shown_import(row: Import) -> ShownImport:
    """As far as it is."""
    notes = [note for part in ("read", "pictures", "ties") for note in _notes(row, part)]
    chosen = {str(why.label) for why in CHOSEN}
    return ShownImport(
        id=row.pk,
        name=row.name,
        format=gettext("An account elsewhere") if row.is_account else str(TITLES.get(row.format, "")),
        moment=row.asked_at,
        state=str(ImportState(row.state).label),
        refused=row.refused,
        came=_came(row),
        left_out=[note for note in notes if note.why in chosen],
        missed=[note for note in notes if note.why not in chosen],
        done=row.done + row.tied,
        total=row.total + row.ties,
        is_under_way=is_under_way(row),
        is_left_lying=row.state not in ENDED and not is_under_way(row),
        may_be_undone=row.state != ImportState.UNDOING and bool(row.report.get("posts")),
    )


def _notes(row: Import, part: str) -> list[ShownNote]:
    notes = Notes.of(row.report.get(part, {}))
    return [ShownNote(str(Why(why).label), count, notes.places.get(why, [])) for why, count in notes.counts.items()]


def _came(row: Import) -> list[str]:
    """What is here now, a sentence for each."""
    came = []
    posts, already, ties = row.report.get("posts", 0), row.report.get("already", 0), row.tied
    ties -= Notes.of(row.report.get("ties", {})).counts.total()
    if row.total or posts:
        came.append(ngettext("%(posts)d post came.", "%(posts)d posts came.", posts) % {"posts": posts})
    if already:
        sentence = ngettext("%(count)d was here already.", "%(count)d were here already.", already)
        came.append(sentence % {"count": already})
    if ties > 0:
        sentence = ngettext(
            "%(count)d person, server or post that it names was found.",
            "%(count)d people, servers or posts that it names were found.",
            ties,
        )
        came.append(sentence % {"count": ties})
    return came or [gettext("Nothing came that was not here already.")] if row.state == ImportState.DONE else came
