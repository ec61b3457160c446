"""This server's own posts as a reading: the same tables as an archive becomes, in memory, for one look."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from speak.identity.models import ActorKind
from speak.mirror.engines import Engine
from speak.mirror.ground import keep_rows
from speak.mirror.table import TABLES, Kind, ParentKind, Visibility
from speak.voice.models import Post

MICROS = 1_000_000


def lay_posts(engine: Engine, posts: Iterable[Post]) -> None:
    """Make `message` and `response` of posts; who may look at what comes of them is for the caller to have asked.

    All of them stand as open to each other: they were chosen for one reader, or for all members of one room.
    """
    for name, rows in (("message", _messages(posts)), ("response", iter(()))):
        columns = {column: said.type for column, said in TABLES[name].items()}
        keep_rows(engine, name, columns=columns, rows=rows)


def micros(moment: datetime) -> int:
    """Microseconds since 1970."""
    return int(moment.timestamp() * MICROS)


def _messages(posts: Iterable[Post]) -> Iterator[tuple[Any, ...]]:
    for post in posts:
        author = str(post.author_id)
        kind = Kind.HUMAN if post.author.kind == ActorKind.PERSON else Kind.BOT
        parent = str(post.in_reply_to_id) if post.in_reply_to_id else None
        yield (
            *("here", str(post.pk), str(post.room), author, author, micros(post.said_at), None, str(post.thread_id)),
            *(parent, ParentKind.REPLY if parent else ParentKind.NONE, None, Visibility.PUBLIC, kind),
            *(post.edited_at is not None, post.withdrawn_at is not None, len(post.source)),
        )
