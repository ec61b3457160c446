"""Answering a post without words: thanks, passing on, keeping, pinning (docs.joinmastodon.org/methods/statuses)."""

from collections.abc import Callable
from typing import Any

import msgspec

from speak.clients.api.endpoints import Call, Who, endpoint
from speak.clients.api.paging import Listed, Page, ends
from speak.clients.mastodon.entities.accounts import Account, Visibility
from speak.clients.mastodon.entities.statuses import Status
from speak.clients.mastodon.reading import post_meant, post_or_boost
from speak.clients.mastodon.shown.people import shown_accounts
from speak.clients.mastodon.shown.statuses import shown_status
from speak.identity.models import Actor
from speak.voice import actions
from speak.voice.models import Post
from speak.voice.queries import Window, boosters_of, likers_of

Answerers = Callable[[Post, Window], list[Any]]


class Boosted(msgspec.Struct, kw_only=True):
    """How a post is passed on: always to those who follow one."""

    visibility: Visibility | None = None


@endpoint("POST", "/api/v1/statuses/<int:post_id>/favourite", "write:favourites")
def favourite(call: Call, post_id: int) -> Status:
    """Thank its author."""
    return _acted(call.me, post_id, actions.like)


@endpoint("POST", "/api/v1/statuses/<int:post_id>/unfavourite", "write:favourites")
def unfavourite(call: Call, post_id: int) -> Status:
    """No longer."""
    return _acted(call.me, post_id, actions.unlike)


@endpoint("POST", "/api/v1/statuses/<int:post_id>/reblog", "write:statuses")
def reblog(call: Call, _given: Boosted, post_id: int) -> Status:
    """Pass it on; what is not for anyone is refused (promise 4)."""
    boost = actions.boost(call.me, post=post_meant(call.me, post_id))
    return post_or_boost(call.me, boost.pk)


@endpoint("POST", "/api/v1/statuses/<int:post_id>/unreblog", "write:statuses")
def unreblog(call: Call, post_id: int) -> Status:
    """No longer pass it on."""
    return _acted(call.me, post_id, actions.unboost)


@endpoint("POST", "/api/v1/statuses/<int:post_id>/bookmark", "write:bookmarks")
def bookmark(call: Call, post_id: int) -> Status:
    """Keep it."""
    return _acted(call.me, post_id, actions.keep)


@endpoint("POST", "/api/v1/statuses/<int:post_id>/unbookmark", "write:bookmarks")
def unbookmark(call: Call, post_id: int) -> Status:
    """Let it go."""
    return _acted(call.me, post_id, actions.let_go)


@endpoint("POST", "/api/v1/statuses/<int:post_id>/pin", "write:accounts")
def pin(call: Call, post_id: int) -> Status:
    """Keep one's own at the top of one's profile."""
    return _acted(call.me, post_id, actions.pin)


@endpoint("POST", "/api/v1/statuses/<int:post_id>/unpin", "write:accounts")
def unpin(call: Call, post_id: int) -> Status:
    """No longer."""
    return _acted(call.me, post_id, actions.unpin)


@endpoint("GET", "/api/v1/statuses/<int:post_id>/favourited_by", "read:statuses", who=Who.ANYONE)
def favourited_by(call: Call, given: Page, post_id: int) -> Listed[Account]:
    """Who thanked, told to the author alone (promise 6)."""
    return _answerers(call.viewer, post_id, likers_of, page=given)


@endpoint("GET", "/api/v1/statuses/<int:post_id>/reblogged_by", "read:statuses", who=Who.ANYONE)
def reblogged_by(call: Call, given: Page, post_id: int) -> Listed[Account]:
    """Who passed it on, told to the author alone (promise 6)."""
    return _answerers(call.viewer, post_id, boosters_of, page=given)


def _acted(viewer: Actor, post_id: int, act: Callable[..., object]) -> Status:
    """Answer a post without words, and show how it stands now."""
    post = post_meant(viewer, post_id)
    act(viewer, post=post)
    return shown_status(viewer, post)


def _answerers(viewer: Actor | None, post_id: int, who: Answerers, *, page: Page) -> Listed[Account]:
    post = post_meant(viewer, post_id)
    if viewer is None or post.author_id != viewer.pk:
        return Listed([])
    rows = who(post, page.window())
    return Listed(shown_accounts(row.actor for row in rows), *ends(rows))
