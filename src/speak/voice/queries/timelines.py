"""Posts in the order of time, newest first, a window at a time."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from speak.identity.models import Actor, Follow, FollowState
from speak.identity.queries import live_mutes
from speak.voice import search
from speak.voice.models import Bookmark, Boost, Like, Post
from speak.voice.queries.readable import is_apart, is_unheard, readable_by
from speak.voice.reach import OPEN, Reach

DEFAULT_LIMIT = 20
Row = TypeVar("Row", bound=Model)
SHOWN_WITH = ("author", "audience_owner", "answered")
SHOWN_AFTER = ("media", "tags", "readers__actor")


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a list: those with ids below `before` and above `after`, at most `limit`."""

    before: int | None = None
    after: int | None = None
    limit: int = DEFAULT_LIMIT


@dataclass(frozen=True, slots=True)
class Entry:
    """A post in a timeline; with the boost that brought it, where one did."""

    id: int
    post: Post
    boosted_by: Actor | None = None


def home_timeline(viewer: Actor, window: Window) -> list[Entry]:
    """What those say whom the viewer follows, and pass on; what is said to everyone here; one's own."""
    heard = Follow.objects.filter(follower=viewer, state=FollowState.ACCEPTED)
    followed = heard.values("target")
    muted = live_mutes(viewer).values("muted")
    to_hear = Q(Q(author__in=followed) | Q(author=viewer) | Q(reach=Reach.HERE), room=0)
    # Said as what is left out, since a database takes “or” as an invitation to look up each part by itself.
    out_of_hearing = Q(in_reply_to_uri__gt="") & ~(Q(answered=viewer) | Q(answered__in=followed) | Q(author=viewer))
    posts = readable_by(viewer).filter(to_hear).exclude(out_of_hearing | Q(author__in=muted) | is_unheard(viewer))
    boosts = Boost.objects.filter(
        Q(actor__in=heard.filter(shows_boosts=True).values("target")) | Q(actor=viewer)
    ).exclude(Q(actor__in=muted) | Q(post__author__in=muted))
    return _together(viewer, window, posts=posts, boosts=boosts)


def posts_of(viewer: Actor | None, author: Actor, window: Window) -> list[Entry]:
    """What an actor said and passed on, as far as the viewer may read it; for their profile."""
    posts = readable_by(viewer).filter(author=author)
    return _together(viewer, window, posts=posts, boosts=Boost.objects.filter(actor=author))


def passed_on_by(actor: Actor, *, of: Actor) -> list[Post]:
    """What an actor has passed on of somebody's words."""
    return list(Post.objects.filter(author=of, boosts__actor=actor))


def gathered_here(viewer: Actor | None, window: Window) -> list[Post]:
    """Recent public words of the people here who chose to be seen, for the front page."""
    seen = readable_by(viewer).filter(reach=Reach.PUBLIC, author__domain="", author__is_listed=True, in_reply_to_uri="")
    seen = seen.exclude(is_unheard(viewer))
    return list(_shown(windowed(seen, window)))


def collection_of(viewer: Actor | None, author: Actor) -> QuerySet[Post]:
    """What an author said, newest first, for feeds and the outbox."""
    return _shown(readable_by(viewer).filter(author=author).order_by("-id"))


def posts_tagged(viewer: Actor | None, tag: str, window: Window) -> list[Post]:
    """Public posts with this tag; what is not announced is not gathered here."""
    tagged = readable_by(viewer).filter(tags__name=tag.lower(), reach=Reach.PUBLIC)
    tagged = tagged.exclude(is_unheard(viewer))
    return list(_shown(windowed(tagged, window)))


def posts_found(viewer: Actor, text: str, window: Window) -> list[Post]:
    """Posts that hold these words, among those the viewer may read."""
    return list(_shown(windowed(search.matching(readable_by(viewer).exclude(is_unheard(viewer)), text), window)))


def liked_by(viewer: Actor, window: Window) -> list[Entry]:
    """What the viewer thanked for, newest thanks first; only to themselves."""
    return _answered(viewer, Like.objects.filter(actor=viewer), window)


def kept_by(viewer: Actor, window: Window) -> list[Entry]:
    """What the viewer keeps, newest first; only to themselves."""
    return _answered(viewer, Bookmark.objects.filter(actor=viewer), window)


def _answered(viewer: Actor, answers: QuerySet[Row], window: Window) -> list[Entry]:
    readable = answers.filter(post__in=readable_by(viewer))
    rows = windowed(readable, window).values_list("pk", "post_id")
    answer_of = {post_id: pk for pk, post_id in rows}
    posts = _shown(Post.objects.filter(pk__in=answer_of))
    return sorted((Entry(answer_of[post.pk], post) for post in posts), key=lambda entry: -entry.id)


def windowed(rows: QuerySet[Row], window: Window) -> QuerySet[Row]:
    """The rows of the window: newest first, or the oldest of those after a point, as paging forward needs."""
    if window.before is not None:
        rows = rows.filter(pk__lt=window.before)
    if window.after is None:
        return rows.order_by("-pk")[: window.limit]
    return rows.filter(pk__gt=window.after).order_by("pk")[: window.limit]


def _shown(posts: QuerySet[Post]) -> QuerySet[Post]:
    return posts.select_related(*SHOWN_WITH).prefetch_related(*SHOWN_AFTER)


def _together(viewer: Actor | None, window: Window, *, posts: QuerySet[Post], boosts: QuerySet[Boost]) -> list[Entry]:
    """Posts and boosts in one order of time; a post that stands there by itself is not shown as passed on too."""
    passed_on = (
        boosts.filter(post__reach__in=OPEN, post__withdrawn_at=None)
        .filter(actor__suspended_at=None, post__author__suspended_at=None)
        .select_related("actor", *(f"post__{name}" for name in SHOWN_WITH))
        .prefetch_related(*(f"post__{name}" for name in SHOWN_AFTER))
    )
    if viewer is not None:
        passed_on = passed_on.exclude(is_apart(viewer, "post__author") | is_apart(viewer, "actor"))
    entries = {post.pk: Entry(post.pk, post) for post in _shown(windowed(posts, window))}
    for boost in _once_each(passed_on.exclude(post__in=list(entries)), window):
        entries[boost.post_id] = Entry(boost.pk, boost.post, boost.actor)
    ordered = sorted(entries.values(), key=lambda entry: entry.id, reverse=window.after is None)
    return sorted(ordered[: window.limit], key=lambda entry: -entry.id)


def _once_each(boosts: QuerySet[Boost], window: Window) -> list[Boost]:
    """The boosts of the window, one for each post: as many as it holds, however often each was passed on.

    Were there fewer, the timeline would go on below what it had not looked at.
    """
    found: dict[int, Boost] = {}
    while batch := list(windowed(boosts.exclude(post__in=list(found)), window)):
        for boost in batch:
            found.setdefault(boost.post_id, boost)
        if len(batch) < window.limit or len(found) >= window.limit:
            break
    return list(found.values())
