"""This server's own posts as rows of a reading: the same tables as an archive becomes, for one look."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from speak.identity.models import ActorKind
from speak.mirror.table import Kind, ParentKind, Visibility
from speak.voice.models import Post

MICROS = 1_000_000
Rows = list[tuple[Any, ...]]


def rows_of(posts: Iterable[Post]) -> Rows:
    """Rows of `message`; who may look at what comes of them is for the caller to have asked.

    All of them stand as open to each other: they were chosen for one reader, or for all members of one room.
    """
    return [_row(post) for post in posts]


def micros(moment: datetime) -> int:
    """Microseconds since 1970."""
    return int(moment.timestamp() * MICROS)


def _row(post: Post) -> tuple[Any, ...]:
    author = str(post.author_id)
    kind = Kind.HUMAN if post.author.kind == ActorKind.PERSON else Kind.BOT
    parent = post.in_reply_to_id
    return (
        *("here", post.pk, str(post.room), author, author, micros(post.said_at), None, post.thread_id),
        *(parent, ParentKind.REPLY if parent else ParentKind.NONE, None, Visibility.PUBLIC, kind),
        *(post.edited_at is not None, post.withdrawn_at is not None, len(post.source)),
    )
