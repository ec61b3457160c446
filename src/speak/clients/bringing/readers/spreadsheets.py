"""Lists as Mastodon writes them: people one follows, blocks, mutes, has in lists; servers one blocks; what one keeps.

Comma-separated values (RFC 4180), one file for each (Mastodon's app/models/export.rb and app/models/form/import.rb);
some begin with the names of their columns, the others are told apart by their own name and by what is in them.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from speak.clients.bringing.documents import NotKnown, garbled, whole
from speak.clients.bringing.notes import Notes, Why
from speak.clients.bringing.ties import Tie, TieKind
from speak.mirror.archives.containers import Container

MOST_BYTES = 32 * 1024 * 1024
ADDRESS = re.compile(r"@?[^@\s,/]+@[^@\s,/]+\.[^@\s,/]+|@?[^@\s,/]+@localhost(?::\d+)?")
SERVER = re.compile(r"[^@\s,/:]+\.[^@\s,/:.]+")
# Names of columns begin like this; a hash stands before those of lists of servers.
HEAD = re.compile(r"#?(account address|domain|url)\b", re.IGNORECASE)
COLUMNS = {
    "show boosts": TieKind.FOLLOW,
    "hide notifications": TieKind.MUTE,
    "domain": TieKind.SERVER_BLOCK,
}
NAMES = {
    TieKind.FOLLOW: "following",
    TieKind.BLOCK: "block",
    TieKind.MUTE: "mute",
    TieKind.LIST: "list",
    TieKind.BOOKMARK: "bookmark",
}


def recognizes(container: Container) -> bool:
    """Whether there is nothing but such lists."""
    return bool(container.sizes) and all(name.lower().endswith(".csv") for name in container.sizes)


def read(container: Container, notes: Notes) -> Iterator[Tie]:
    """Each tie, in the order of the files.

    Raises:
        Garbled: one of them breaks off, or is no list.
        NotKnown: nothing says what sort of list it is.
    """
    sheets = [(name, *_sheet(container, name)) for name in container.named(".csv", ".CSV")]
    # Whoever is in a list is followed first.
    for name, kind, rows in sorted(sheets, key=lambda sheet: sheet[1] == TieKind.LIST):
        for number, row in rows:
            tie = READ[kind](row)
            if tie is None:
                notes.tell(Why.NO_SERVER if len(row[0]) and "@" not in row[-1] else Why.SHAPE, f"{name}:{number}")
            else:
                yield tie


Row = dict[str, str]
Rows = list[tuple[int, list[str]]]


def _sheet(container: Container, name: str) -> tuple[TieKind, Rows]:
    raw = whole(container, name, most=MOST_BYTES)
    try:
        text = raw.decode()
        rows = [(number, row) for number, row in enumerate(csv.reader(io.StringIO(text), strict=True), 1) if any(row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise garbled(name) from error
    if "\0" in text or (not text.endswith("\n") and len(rows) > 1 and len(rows[-1][1]) < len(rows[0][1])):
        raise garbled(name)
    head = rows[0][1] if rows and HEAD.match(rows[0][1][0]) else []
    rest = rows[1:] if head else rows
    kind = _kind(name.lower(), head, rest[0][1] if rest else [])
    return kind, rest


def _kind(name: str, head: list[str], row: list[str]) -> TieKind:
    """By its columns, else by what is in it, else by its name."""
    columns = {column.strip().lower().lstrip("#") for column in head}
    if "followers" in name and len(head) < 2:  # noqa: PLR2004 - whom one follows has more columns
        raise NotKnown(
            _("Who follows you cannot be brought: it is for them to do."), hint=_("Move your old home here.")
        )
    kind = next((kind for column, kind in COLUMNS.items() if column in columns), None) or _looks_like(row)
    kind = kind or next((kind for kind, word in NAMES.items() if word in name), None)
    if kind is None:
        raise NotKnown(
            _("Nothing says what this list is."),
            hint=_("Leave it its name: following_accounts.csv, blocked_accounts.csv, …"),
        )
    return kind


def _looks_like(row: list[str]) -> TieKind | None:
    first = row[0].strip() if row else ""
    if len(row) > 1 and ADDRESS.fullmatch(row[1].strip()) and not ADDRESS.fullmatch(first):
        return TieKind.LIST
    if first.startswith(("https://", "http://")):
        return TieKind.BOOKMARK
    return TieKind.SERVER_BLOCK if SERVER.fullmatch(first) else None


def _person(kind: TieKind) -> Callable[[list[str]], Tie | None]:
    def read_row(row: list[str]) -> Tie | None:
        address = row[0].strip()
        if not ADDRESS.fullmatch(address):
            return None
        second = row[1].strip().lower() if len(row) > 1 else ""
        return Tie(kind, address, shows_boosts=second != "false")

    return read_row


def _listed(row: list[str]) -> Tie | None:
    if len(row) < 2 or not row[0].strip() or not ADDRESS.fullmatch(row[1].strip()):  # noqa: PLR2004 - a title, and who
        return None
    return Tie(TieKind.LIST, row[1].strip(), title=row[0].strip())


def _server(row: list[str]) -> Tie | None:
    return Tie(TieKind.SERVER_BLOCK, row[0].strip()) if SERVER.fullmatch(row[0].strip()) else None


def _kept(row: list[str]) -> Tie | None:
    address = row[0].strip()
    return Tie(TieKind.BOOKMARK, address) if address.startswith(("https://", "http://")) else None


READ: dict[TieKind, Callable[[list[str]], Tie | None]] = {
    TieKind.FOLLOW: _person(TieKind.FOLLOW),
    TieKind.BLOCK: _person(TieKind.BLOCK),
    TieKind.MUTE: _person(TieKind.MUTE),
    TieKind.LIST: _listed,
    TieKind.SERVER_BLOCK: _server,
    TieKind.BOOKMARK: _kept,
}
