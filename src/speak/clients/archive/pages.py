"""The part that a person reads: pages that need no server, a month on each."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from speak.clients.archive.posts import batches, media_name
from speak.identity.models import Actor
from speak.kernel.ids import made_at
from speak.voice.models import Post
from speak.voice.reach import Reach


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture beside the page."""

    file: str
    description: str


@dataclass(frozen=True, slots=True)
class KeptPost:
    """Something said, as a page of the archive shows it."""

    number: int
    title: str
    summary: str
    html: str
    language: str
    audience: str
    said_at: dt.datetime
    answers: str
    url: str
    pictures: list[KeptPicture]


@dataclass(frozen=True, slots=True)
class Month:
    """A page of the archive."""

    name: str
    first_day: dt.date


def months(author: Actor) -> Iterator[tuple[Month, Iterator[bytes]]]:
    """Each month in which somebody said anything, the oldest first, with its page part by part."""
    page: list[KeptPost] = []
    current: Month | None = None
    for batch in batches(author):
        for post in batch:
            month = _month(post)
            if current is not None and month != current:
                yield current, _rendered(author, current, page)
                page = []
            current = month
            page.append(_kept(post))
    if current is not None:
        yield current, _rendered(author, current, page)


def front(author: Actor, known: list[Month]) -> Iterator[bytes]:
    """index.html: who this is, and a way to every month."""
    context = {
        "name": author.called,
        "address": author.address,
        "aim": author.aim,
        "place": settings.SPEAK_NAME,
        "months": list(reversed(known)),
        "links": list(author.links.all()),
    }
    yield render_to_string("clients/archive/index.html", context).encode()


def style() -> Iterator[bytes]:
    """The few rules of how it looks."""
    yield render_to_string("clients/archive/style.css").encode()


def _rendered(author: Actor, month: Month, posts: list[KeptPost]) -> Iterator[bytes]:
    context = {"name": author.called, "month": month, "posts": posts}
    yield render_to_string("clients/archive/month.html", context).encode()


def _month(post: Post) -> Month:
    """By its id, in whose order posts come: so that no month comes twice."""
    made = made_at(post.pk)
    return Month(f"said-{made:%Y-%m}.html", made.date().replace(day=1))


def _kept(post: Post) -> KeptPost:
    return KeptPost(
        number=post.pk,
        title=post.title,
        summary=post.summary,
        html=post.html,
        language=post.language,
        audience=str(Reach(post.reach).label),
        said_at=post.said_at,
        answers=post.in_reply_to_uri,
        url=post.url,
        pictures=[KeptPicture(media_name(item.token), item.description) for item in post.media.all() if item.token],
    )
