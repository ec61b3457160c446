"""This server's own posts, live, read like an archive: only what the viewer may read, and nothing said to a few.

Rooms are read by their members; what somebody said to named people, to followers or to nobody is withheld, as private
talk is in any archive.
"""

import tempfile
from pathlib import Path

from django.db.models import prefetch_related_objects

from speak.identity.models import Actor, ActorKind
from speak.mirror.archives.reading import Reading, finish
from speak.mirror.archives.said import Answered, Said, Space, Who, micros
from speak.mirror.archives.settling import Sameness
from speak.mirror.archives.sink import Sink
from speak.mirror.archives.words import length_of_html
from speak.mirror.table import Kind, ParentKind, ResponseKind, Visibility
from speak.voice.models import Post
from speak.voice.queries import readable_by
from speak.voice.reach import OPEN, Reach

AT_ONCE = 500
MACHINES = frozenset({ActorKind.SERVICE, ActorKind.APPLICATION})
WITH = ("likes__actor", "mentions__actor", "quote")


def read_here(viewer: Actor, *, into: Path, room: int | None = None) -> Reading:
    """Read what the viewer may read, or of it what was said in one room, into tables in the folder `into`."""
    into.mkdir(parents=True, exist_ok=True)
    said = readable_by(viewer).select_related("author").order_by("pk")
    found = said if room is None else said.filter(room=room)
    with tempfile.TemporaryDirectory(dir=into, prefix=".scratch-") as folder:
        with Sink(Path(folder)) as sink:
            batch: list[Post] = []
            for post in found.iterator(chunk_size=AT_ONCE):
                batch.append(post)
                if len(batch) == AT_ONCE:
                    _read(batch, sink)
                    batch = []
            _read(batch, sink)
        return finish(sink, into=into, source="here", sameness=Sameness.ID)


def _read(posts: list[Post], sink: Sink) -> None:
    prefetch_related_objects(posts, *WITH)
    for post in posts:
        space = _space_of(post)
        if space is None:
            sink.withhold()
        else:
            sink.place(space)
            _say(post, space, sink)


def _space_of(post: Post) -> Space | None:
    """The place it was said in; none for what was said to a few."""
    if post.reach in OPEN:
        return Space("open", "in the open")
    if post.reach == Reach.HERE:
        return Space("here", "everyone here")
    if post.reach == Reach.ROOM:
        return Space(f"room/{post.room}", visibility=Visibility.PRIVATE)
    return None


def _say(post: Post, space: Space, sink: Sink) -> None:
    author = _introduce(post.author, sink)
    said = Said(
        str(post.pk),
        space.id,
        author,
        micros(post.said_at),
        len=length_of_html(post.html),
        thread=str(post.thread_id),
        edited=post.edited_at is not None,
    )
    quote = getattr(post, "quote", None)
    # Going on with one's own words answers nobody.
    if post.in_reply_to_id and post.answered_id != post.author_id:
        said.parent, said.how = str(post.in_reply_to_id), ParentKind.REPLY
    elif quote is not None and quote.quoted_id:
        said.parent, said.how = str(quote.quoted_id), ParentKind.QUOTE
    sink.say(said)
    sink.mention(said, [_introduce(mention.actor, sink) for mention in post.mentions.all()])
    _react(post, said, sink)


def _react(post: Post, said: Said, sink: Sink) -> None:
    first: dict[str, int] = {}
    for like in sorted(post.likes.all(), key=lambda like: like.created_at):
        first.setdefault(_introduce(like.actor, sink), micros(like.created_at))
    for who, at in first.items():
        sink.answer(Answered(said.id, who, said.who, ResponseKind.REACTION, at))


def _introduce(actor: Actor, sink: Sink) -> str:
    if actor.uri not in sink.roster.people:
        sink.introduce(
            Who(
                actor.uri,
                name=actor.name,
                kind=Kind.BOT if actor.kind in MACHINES else Kind.HUMAN,
                is_outside=not actor.is_local,
                joined=micros(actor.created_at) if actor.is_local else None,
            )
        )
    return actor.uri
