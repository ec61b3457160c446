"""The home timeline: the page that is asked for most, by SQL that is written once for each kind of window."""

import datetime as dt
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from speak.identity.models import Actor, Follow, FollowState
from speak.identity.queries import live_mutes
from speak.kernel import clock
from speak.kernel.prepared import Prepared
from speak.voice.models import Boost, Post, Tag
from speak.voice.queries.attached import attach
from speak.voice.queries.choices import names_of_followed_tags
from speak.voice.queries.readable import is_unheard, readable_by
from speak.voice.queries.timelines import Entry, Window, once_each, shown_to, together, windowed
from speak.voice.reach import Reach

# How many kinds of windows are remembered: which bounds they have, and how much they hold.
KINDS = 32
BOUNDS = ("before", "after", "since")


def home_timeline(viewer: Actor, window: Window) -> list[Entry]:
    """What those say whom the viewer follows, and pass on; what is said to everyone here; one's own.

    The viewer is somebody who lives here.
    """
    names = tuple(name for name in BOUNDS if getattr(window, name) is not None)
    bounds = [getattr(window, name) for name in names]
    now = clock.now()
    posts = _posts_in(names, window.limit).all(viewer.pk, now, *bounds)
    boosts_in = _boosts_in(names, window.limit)

    def boosts_apart_from(ids: list[int]) -> list[Boost]:
        return boosts_in.all(viewer.pk, now, tuple(ids) or (0,), *bounds)

    boosts = once_each(boosts_apart_from, known=[post.pk for post in posts], limit=window.limit)
    known = {post.pk for post in posts}
    posts = [*posts, *(post for post in _tagged(viewer, window) if post.pk not in known)]
    attach([*posts, *(boost.post for boost in boosts)])
    return together(window, posts, boosts)


def _tagged(viewer: Actor, window: Window) -> list[Post]:
    """What is said to anyone with a hashtag that the viewer hears; asked for only where there is one."""
    names = names_of_followed_tags(viewer)
    if not names:
        return []
    tagged = Exists(Tag.objects.filter(post=OuterRef("pk"), name__in=names))
    muted = Q(author__in=live_mutes(viewer).values("muted"))
    said = readable_by(viewer).filter(tagged, reach=Reach.PUBLIC).exclude(muted | is_unheard(viewer))
    return list(windowed(said, window))


@lru_cache(maxsize=KINDS)
def _posts_in(names: tuple[str, ...], limit: int) -> Prepared[Post]:
    """What is said to the viewer, in windows with these bounds."""

    def build(viewer_id: int, now: dt.datetime, *bounds: int) -> QuerySet[Post]:
        viewer = Actor(pk=viewer_id)
        followed = _heard_by(viewer).values("target")
        to_hear = Q(Q(author__in=followed) | Q(author=viewer) | Q(reach=Reach.HERE), room=0)
        # Said as what is left out, since a database takes “or” as an invitation to look up each part by itself.
        out_of_hearing = Q(in_reply_to_uri__gt="") & ~(Q(answered=viewer) | Q(answered__in=followed) | Q(author=viewer))
        muted = Q(author__in=live_mutes(viewer, at=now).values("muted"))
        said = readable_by(viewer).filter(to_hear).exclude(out_of_hearing | muted | is_unheard(viewer))
        return windowed(said, Window(**dict(zip(names, bounds, strict=True)), limit=limit))

    return Prepared(build)


@lru_cache(maxsize=KINDS)
def _boosts_in(names: tuple[str, ...], limit: int) -> Prepared[Boost]:
    """What is passed on to the viewer, in windows with these bounds, apart from some posts."""

    def build(viewer_id: int, now: dt.datetime, apart_from: tuple[int, ...], *bounds: int) -> QuerySet[Boost]:
        viewer = Actor(pk=viewer_id)
        muted = live_mutes(viewer, at=now).values("muted")
        passed_on_to = Q(actor__in=_heard_by(viewer).filter(shows_boosts=True).values("target")) | Q(actor=viewer)
        passed_on = Boost.objects.filter(passed_on_to).exclude(Q(actor__in=muted) | Q(post__author__in=muted))
        shown = shown_to(viewer, passed_on).exclude(post__in=apart_from)
        shown = shown.select_related(None).select_related("actor", "post")  # the people of posts come by `attach`
        return windowed(shown, Window(**dict(zip(names, bounds, strict=True)), limit=limit))

    return Prepared(build)


def _heard_by(viewer: Actor) -> QuerySet[Follow]:
    return Follow.objects.filter(follower=viewer, state=FollowState.ACCEPTED)
