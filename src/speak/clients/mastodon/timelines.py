"""What people said, in the order of time (docs.joinmastodon.org/methods/timelines, bookmarks, favourites)."""

from typing import Annotated

import msgspec

from speak.clients.api.endpoints import Call, Who, endpoint
from speak.clients.api.paging import Listed, Page
from speak.clients.mastodon.entities.statuses import Status
from speak.clients.mastodon.shown.statuses import shown_statuses
from speak.identity.models import Actor
from speak.voice.models import Post
from speak.voice.queries import (
    AmongTagged,
    Entry,
    announced,
    gathered_here,
    home_timeline,
    kept_by,
    liked_by,
    posts_tagged,
)

# So many tags of each kind are looked at, as Mastodon does.
MOST_TAGS = 4
Tag = Annotated[str, msgspec.Meta(max_length=100)]


class Public(Page, kw_only=True):
    """Which of what is said to anyone."""

    local: bool = False
    remote: bool = False
    only_media: bool = False


class Tagged(Public, kw_only=True):
    """Tags that would do as well, that have to be there too, or must not."""

    any: tuple[Tag, ...] = ()
    all: tuple[Tag, ...] = ()
    none: tuple[Tag, ...] = ()


@endpoint("GET", "/api/v1/timelines/home", "read:statuses")
def home(call: Call, given: Page) -> Listed[Status]:
    """What those say whom one follows."""
    return timeline(call.me, home_timeline(call.me, given.window()))


@endpoint("GET", "/api/v1/timelines/public", "read:statuses", who=Who.ANYONE)
def public(call: Call, given: Public) -> Listed[Status]:
    """What is said to anyone. A stranger reads those here who chose to be seen."""
    if call.viewer is None:
        return timeline(None, as_entries([] if given.remote else gathered_here(None, given.window())))
    said = announced(call.viewer, given.window(), is_local=_is_local(given), only_media=given.only_media)
    return timeline(call.viewer, as_entries(said))


@endpoint("GET", "/api/v1/timelines/tag/<str:name>", "read:statuses", who=Who.ANYONE)
def tagged(call: Call, given: Tagged, name: str) -> Listed[Status]:
    """What is said to anyone with a hashtag."""
    among = AmongTagged(
        with_any=given.any[:MOST_TAGS],
        with_all=given.all[:MOST_TAGS],
        with_none=given.none[:MOST_TAGS],
        is_local=_is_local(given),
        only_media=given.only_media,
    )
    return timeline(call.viewer, as_entries(posts_tagged(call.viewer, name, given.window(), among=among)))


@endpoint("GET", "/api/v1/bookmarks", "read:bookmarks")
def bookmarks(call: Call, given: Page) -> Listed[Status]:
    """What one keeps."""
    return _answered(call.me, kept_by(call.me, given.window()))


@endpoint("GET", "/api/v1/favourites", "read:favourites")
def favourites(call: Call, given: Page) -> Listed[Status]:
    """What one thanked for."""
    return _answered(call.me, liked_by(call.me, given.window()))


def timeline(viewer: Actor | None, entries: list[Entry]) -> Listed[Status]:
    """A page of a timeline, for an app."""
    return Listed(shown_statuses(viewer, entries), *_ends(entries))


def as_entries(posts: list[Post]) -> list[Entry]:
    """Posts that nobody passed on, newest first."""
    return sorted((Entry(post.pk, post) for post in posts), key=lambda entry: -entry.id)


def _is_local(given: Public) -> bool | None:
    """From here, from elsewhere, or either: who asks for both gets both."""
    return given.local if given.local != given.remote else None


def _answered(viewer: Actor, entries: list[Entry]) -> Listed[Status]:
    """Posts listed by when the viewer answered them: the pages are numbered by the answers."""
    shown = shown_statuses(viewer, [Entry(entry.post.pk, entry.post) for entry in entries])
    return Listed(shown, *_ends(entries))


def _ends(entries: list[Entry]) -> tuple[int, int] | tuple[None, None]:
    return (entries[0].id, entries[-1].id) if entries else (None, None)
