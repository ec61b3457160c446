"""This server's own posts, live, read like an archive: what everybody here may read, and nothing said to fewer.

Of other servers only what stands in a conversation in which somebody from here speaks. Everybody here is on the list of
members, whether they have spoken or not.
"""

import tempfile
from itertools import islice
from pathlib import Path

from django.db.models import prefetch_related_objects

from speak.identity.models import Actor, ActorKind
from speak.identity.queries import people_here
from speak.mirror.archives.reading import Reading, finish
from speak.mirror.archives.said import Answered, Said, Space, Who, micros
from speak.mirror.archives.settling import Sameness
from speak.mirror.archives.sink import Sink
from speak.mirror.archives.words import length_of_html
from speak.mirror.table import Kind, ParentKind, ResponseKind
from speak.voice.models import Post
from speak.voice.queries import readable_by_all_here
from speak.voice.reach import OPEN

AT_ONCE = 500
MACHINES = frozenset({ActorKind.SERVICE, ActorKind.APPLICATION})
WITH = ("likes__actor", "mentions__actor", "quote")
IN_THE_OPEN, EVERYONE_HERE = Space("open", "in the open"), Space("here", "everyone here")


def read_here(*, into: Path) -> Reading:
    """Read the conversation that everybody here may read, into tables in the folder `into`."""
    into.mkdir(parents=True, exist_ok=True)
    readable = readable_by_all_here()
    ours = readable.filter(author__domain="").values("thread_id")
    said = readable.filter(thread_id__in=ours).select_related("author").order_by("pk")
    with tempfile.TemporaryDirectory(dir=into, prefix=".scratch-") as folder:
        with Sink(Path(folder)) as sink:
            for space in (IN_THE_OPEN, EVERYONE_HERE):
                sink.place(space)
            for actor in people_here():
                _introduce(actor, sink)
            found = said.iterator(chunk_size=AT_ONCE)
            while posts := list(islice(found, AT_ONCE)):
                prefetch_related_objects(posts, *WITH)
                for post in posts:
                    _say(post, IN_THE_OPEN if post.reach in OPEN else EVERYONE_HERE, sink)
        return finish(sink, into=into, source="here", sameness=Sameness.ID)


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
    if actor.address not in sink.roster.people:
        sink.introduce(
            Who(
                actor.address,
                name=actor.name,
                kind=Kind.BOT if actor.kind in MACHINES else Kind.HUMAN,
                is_outside=not actor.is_local,
                joined=micros(actor.created_at) if actor.is_local else None,
            )
        )
    return actor.address
