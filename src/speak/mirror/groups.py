"""The file of groups: who belongs to which part, since when, and who was "in the room". A CSV file for people.

    person,part,role,since,until
    ana@marram.example,Workshop,,2024-01-01,
    Sam Okoro,Office,room,2024-06-01,2025-06-01

`person` is somebody as the archive writes them (an id, an address, a handle) or their name. Somebody who changed
parts has several lines; the last one that holds when the archive ends is theirs.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.kernel.errors import Invalid, TooMuch
from speak.mirror.standing import FOREVER

MOST_BYTES = 20_000_000
MOST_PARTS = 200
LONGEST = 200
COLUMNS = ("person", "part", "role", "since", "until")
ROOM = "room"
MICROS = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line: somebody, in a part or with a role, from one moment to another (microseconds)."""

    person: str
    part: str
    is_in_the_room: bool
    since_at: int
    until_at: int


def read_groups(path: Path) -> list[Row]:
    """The lines of a file of groups.

    Raises:
        Invalid: a line cannot be used; the sentence says which, and why.
        TooMuch: it is larger than any list of people.
    """
    lines = _lines(path)
    reader = csv.DictReader(lines)
    missing = {"person", "part"} - set(reader.fieldnames or ())
    unknown = set(reader.fieldnames or ()) - set(COLUMNS)
    if missing or unknown:
        raise Invalid(
            _("The first line of %(file)s is not what it should be.") % {"file": path.name},
            hint=_("It should be: %(columns)s") % {"columns": ",".join(COLUMNS)},
        )
    rows = [_row(raw, place=f"{path.name}, line {reader.line_num}") for raw in reader]
    if len({row.part for row in rows}) > MOST_PARTS:
        raise TooMuch(
            ngettext("%(file)s has more than %(most)d part.", "%(file)s has more than %(most)d parts.", MOST_PARTS)
            % {"file": path.name, "most": MOST_PARTS},
            hint=_("Take larger parts: small ones are not shown."),
        )
    return rows


def read_names(path: Path) -> list[str]:
    """Those who asked to be left out: one in a line, as the archive writes them or by name."""
    return [line.strip() for line in _lines(path) if line.strip()]


def _lines(path: Path) -> list[str]:
    if path.stat().st_size > MOST_BYTES:
        raise TooMuch(_("%(file)s is larger than %(most)s MB.") % {"file": path.name, "most": MOST_BYTES // 1000000})
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Invalid(
            _("%(file)s is not text in UTF-8.") % {"file": path.name}, hint=_("Save it as “CSV UTF-8”.")
        ) from error


def _row(raw: dict[str, str | None], *, place: str) -> Row:
    text = {column: (raw.get(column) or "").strip() for column in COLUMNS}
    if None in raw or not text["person"] or max(map(len, text.values())) > LONGEST:
        raise Invalid(
            _("%(place)s: this cannot be read.") % {"place": place},
            hint=_("Each line has a person, and as many commas as the first."),
        )
    if text["role"] not in {"", ROOM}:
        raise Invalid(
            _("%(place)s: there is no role “%(role)s”.") % {"place": place, "role": text["role"]},
            hint=_("The one role is “%(role)s”; leave the others out.") % {"role": ROOM},
        )
    since, until = (_moment(text[column], place=place) for column in ("since", "until"))
    return Row(text["person"], text["part"], text["role"] == ROOM, since or 0, until or FOREVER)


def _moment(text: str, *, place: str) -> int | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(
            _("%(place)s: “%(text)s” is not a day.") % {"place": place, "text": text},
            hint=_("Days are written 2024-06-01."),
        ) from error
    return int(datetime.combine(day, time(), UTC).timestamp()) * MICROS


def last_part(rows: Iterable[Row], *, at: int) -> str:
    """The part somebody belongs to at a moment: of those that hold then, the one that began last."""
    holding = [row for row in rows if row.part and row.since_at <= at < row.until_at]
    return max(holding, key=lambda row: (row.since_at, row.part)).part if holding else ""
