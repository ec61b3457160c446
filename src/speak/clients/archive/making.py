"""From somebody to the file with everything they said."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from speak.clients.archive import activitystreams, pages
from speak.clients.archive.everything import home, posts
from speak.clients.archive.packing import Pack, packed
from speak.clients.archive.posts import batches, media_name
from speak.clients.archive.shape import HOME, POSTS
from speak.clients.archive.spreadsheets import SHEETS, sheet
from speak.clients.models import Phase
from speak.federation.sites.lists import opml_of
from speak.identity.models import Actor
from speak.kernel import blobs
from speak.voice.queries import drafts_of

# Told what is done next.
Moved = Callable[[Phase], None]


def unheard(_phase: Phase) -> None:
    """Nobody watches."""


def make(owner: Actor, path: Path, *, moved: Moved = unheard) -> None:
    """Write everything into one ZIP file, which stands at `path` once it is whole; `moved` is told how far it is.

    Of others only addresses are in it, and what they let the owner use in a story: their words are theirs.
    """
    with packed(path) as pack:
        moved(Phase.WORDS)
        pack.write("README.txt", _introduction(owner))
        pack.write("actor.json", activitystreams.actor_document(owner))
        pack.write("outbox.json", activitystreams.outbox(owner))
        pack.write("likes.json", activitystreams.likes(owner))
        pack.write("bookmarks.json", activitystreams.bookmarks(owner))
        pack.write(HOME, home(owner))
        pack.write(POSTS, posts(owner))
        for name, rows in SHEETS.items():
            pack.write(name, sheet(rows(owner)))
        pack.write("followed_sites.opml", opml_of(owner))
        moved(Phase.PAGES)
        known = []
        for month, parts in pages.months(owner):
            pack.write(month.name, parts)
            known.append(month)
        pack.write("index.html", pages.front(owner, known))
        pack.write("style.css", pages.style())
        moved(Phase.PICTURES)
        _pictures(pack, owner)


def _introduction(owner: Actor) -> Iterator[bytes]:
    context = {"name": owner.called, "address": owner.address, "place": settings.SPEAK_URL}
    yield render_to_string("clients/archive/readme.txt", context).encode()


def _pictures(pack: Pack, owner: Actor) -> None:
    for name, token in (("icon", owner.picture), ("image", owner.banner)):
        if token:
            pack.write_file(activitystreams.face_name(name, token), blobs.path_of(token))
    tokens = [owner.picture, owner.banner, *(thing.picture for thing in owner.shelf.all())]
    for draft in drafts_of(owner):
        tokens.extend(item.token for item in draft.media.all())
    for batch in batches(owner):
        tokens.extend(item.token for post in batch for item in post.media.all())
    for token in dict.fromkeys(filter(None, tokens)):
        pack.write_file(media_name(token), blobs.path_of(token))
