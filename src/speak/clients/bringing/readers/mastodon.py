"""A Mastodon archive: outbox.json, actor.json, likes.json, bookmarks.json and the pictures beside them.

Layout as Mastodon writes it (app/services/backup_service.rb): a zip, or a tar.gz before 4.2.
"""

from collections.abc import Iterator

import msgspec

from speak.clients.bringing.documents import Within, json_items, json_value
from speak.clients.bringing.notes import Notes
from speak.clients.bringing.pictures import name_of
from speak.clients.bringing.readers.activitystreams import Activity, Outbox
from speak.clients.bringing.ties import Tie, TieKind
from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import head
from speak.voice.actions import BroughtPost

ITEMS = Within(key="orderedItems")
OUTBOX, ACTOR = "outbox.json", "actor.json"
KEPT = {"likes.json": TieKind.LIKE, "bookmarks.json": TieKind.BOOKMARK}


class Actor(msgspec.Struct):
    """Whose archive it is."""

    id: str = ""


def recognizes(container: Container) -> bool:
    """Whether there is an outbox of ActivityPub at the top."""
    return OUTBOX in container.sizes and b"orderedItems" in head(container, OUTBOX)


def read(container: Container, notes: Notes) -> Iterator[BroughtPost | Tie]:
    """What its owner said; then what they thanked for and kept, by its address.

    Raises:
        Garbled: one of the files breaks off.
    """
    owner = json_value(container, ACTOR, Actor).id if ACTOR in container.sizes else ""
    activities = json_items(container, OUTBOX, Activity, notes=notes, within=ITEMS)
    yield from Outbox(owner, _Places(container).locate, notes).posts(activities)
    for name, kind in KEPT.items():
        if name in container.sizes:
            for _, address in json_items(container, name, str, notes=notes, within=ITEMS):
                yield Tie(kind, address)


def picture_name(address: str) -> str:
    """Where a picture lies that was fetched for an archive from its address."""
    return f"media/{name_of(address)}"


class _Places:
    """Where pictures lie: at the path of their address; where an archive was packed otherwise, by their name alone."""

    def __init__(self, container: Container) -> None:
        self._sizes = container.sizes
        self._by_name = {name.rpartition("/")[2]: name for name in container.sizes}

    def locate(self, address: str) -> str:
        fetched = picture_name(address)
        if fetched in self._sizes:
            return fetched
        path = address.partition("?")[0].removeprefix("/").removeprefix("system/")
        return path if path in self._sizes else self._by_name.get(path.rpartition("/")[2], "")
