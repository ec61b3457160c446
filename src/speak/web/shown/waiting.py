"""What awaits an answer, as pieces/waiting.html reads it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from speak.identity.models import Actor
from speak.voice.models import Post
from speak.web.shown.people import ShownPerson, shown_person
from speak.web.shown.posts import opening_of


@dataclass(frozen=True, slots=True)
class ShownWaiting:
    """Somebody said something to the viewer. `why` is answer or mention."""

    author: ShownPerson
    why: str
    opening: str
    language: str
    post_id: int
    url: str
    said_at: dt.datetime


def shown_waiting(viewer: Actor, posts: Iterable[Post]) -> list[ShownWaiting]:
    """Those who wait, in the order given."""
    return [
        ShownWaiting(
            author=shown_person(post.author),
            why="answer" if post.answered_id == viewer.pk else "mention",
            opening=opening_of(post),
            language=post.language,
            post_id=post.pk,
            url=post.path,
            said_at=post.said_at,
        )
        for post in posts
    ]
