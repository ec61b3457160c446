"""The part that other servers understand: ActivityStreams 2, laid out as Mastodon's archives are."""

from collections.abc import Iterable, Iterator

import msgspec

from speak.clients.archive.posts import batches, media_name
from speak.federation.render import activities
from speak.federation.render import actor as actors
from speak.federation.render.context import ACTIVITYSTREAMS
from speak.federation.render.post import Addressing
from speak.identity.models import Actor
from speak.kernel import blobs
from speak.voice import rules
from speak.voice.models import Post
from speak.voice.queries import addresses_kept_by, addresses_liked_by, boosts_of


def actor_document(actor: Actor) -> Iterator[bytes]:
    """actor.json: who says all this; the pictures are the files beside it."""
    document = actors.document(actor)
    for name, token in (("icon", actor.picture), ("image", actor.banner)):
        shown = document.get(name)
        if isinstance(shown, dict) and token:
            shown["url"] = face_name(name, token)
    yield msgspec.json.encode(
        {**document, "likes": "likes.json", "bookmarks": "bookmarks.json", "outbox": "outbox.json"}
    )


def outbox(author: Actor) -> Iterator[bytes]:
    """outbox.json: a Create for all that stands, also of what never left this server; then what was passed on."""
    head = {"@context": ACTIVITYSTREAMS, "id": "outbox.json", "type": "OrderedCollection"}
    yield msgspec.json.encode(head)[:-1] + b',"orderedItems":['
    count = 0
    for batch in batches(author):
        for post in batch:
            yield (b"," if count else b"") + msgspec.json.encode(_create(post))
            count += 1
    for boost in boosts_of(author):
        yield (b"," if count else b"") + msgspec.json.encode(activities.announce(boost))
        count += 1
    yield f'],"totalItems":{count}}}'.encode()


def likes(author: Actor) -> Iterator[bytes]:
    """likes.json: what somebody thanked for, by its address; the words are their authors'."""
    return _addresses("likes.json", addresses_liked_by(author))


def bookmarks(author: Actor) -> Iterator[bytes]:
    """bookmarks.json: what somebody keeps, likewise."""
    return _addresses("bookmarks.json", addresses_kept_by(author))


def face_name(name: str, token: str) -> str:
    """Where a face or a banner lies in the file."""
    return f"{'avatar' if name == 'icon' else 'header'}.{token.rpartition('.')[2]}"


def _create(post: Post) -> dict[str, object]:
    """As it was sent; what stays here is addressed to its author alone, so that nobody who imports it widens it."""
    to = None if rules.leaves_the_server(post.reach) else Addressing((post.author.uri,), ())
    activity = activities.create(post, to=to)
    note = activity["object"]
    if isinstance(note, dict):
        # Mastodon writes these even where there is nothing, and what reads its archives expects them.
        note.update({name: note.get(name) for name in ("inReplyTo", "summary")})
        at = {blobs.url_of(item.token): media_name(item.token) for item in post.media.all() if item.token}
        for attachment in note["attachment"]:
            attachment["url"] = at.get(attachment["url"], attachment["url"])
            attachment.setdefault("name", None)
    return activity


def _addresses(name: str, addresses: Iterable[str]) -> Iterator[bytes]:
    head = {"@context": ACTIVITYSTREAMS, "id": name, "type": "OrderedCollection"}
    yield msgspec.json.encode({**head, "orderedItems": list(addresses)})
