"""What stands at the top of somebody's profile."""

from collections.abc import Iterable

from speak.identity.models import Actor
from speak.voice.models import Pin, Post
from speak.voice.queries.readable import readable_by
from speak.voice.queries.timelines import SHOWN_AFTER, SHOWN_WITH
from speak.voice.reach import OPEN


def pinned_by(viewer: Actor | None, author: Actor) -> list[Post]:
    """What an author keeps at the top, the newest pin first, as far as the viewer may read it."""
    readable = readable_by(viewer).filter(author=author, reach__in=OPEN, pin__actor=author)
    return list(readable.select_related(*SHOWN_WITH).prefetch_related(*SHOWN_AFTER).order_by("-pin__id"))


def pinned_among(viewer: Actor | None, posts: Iterable[Post]) -> set[int]:
    """Which of the viewer's own among these posts stand at the top of their profile; only what is for anyone can."""
    own = {post.pk for post in posts if viewer and post.author_id == viewer.pk and post.is_open}
    return set(Pin.objects.filter(post__in=own).values_list("post", flat=True)) if own else set()
