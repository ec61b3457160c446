"""What awaits an answer, as pieces/waiting.html reads it."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from speak.identity.models import Actor
from speak.voice.models import Post
from speak.web.shown.people import ShownPerson, shown_person
from speak.web.shown.posts import opening_of


@dataclass(frozen=True, slots=True)
class ShownWaiting:
    """Somebody said something to the viewer. `why` is first, answer or mention."""

    author: ShownPerson
    why: str
    opening: str
    language: str
    post_id: int
    url: str
    said_at: dt.datetime


def shown_waiting(viewer: Actor, posts: Iterable[Post], *, first: Collection[int] = ()) -> list[ShownWaiting]:
    """Those who wait, in the order given; `first` are the ids of first words that the viewer is asked to answer."""
    return [
        ShownWaiting(
            author=shown_person(post.author),
            why=_why(viewer, post, first),
            opening=opening_of(post),
            language=post.language,
            post_id=post.pk,
            url=post.path,
            said_at=post.said_at,
        )
        for post in posts
    ]


def _why(viewer: Actor, post: Post, first: Collection[int]) -> str:
    if post.pk in first:
        return "first"
    return "answer" if post.answered_id == viewer.pk else "mention"
