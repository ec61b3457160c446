"""Hashtags that one hears or shows (docs.joinmastodon.org/methods/tags, followed_tags, featured_tags)."""

from typing import Annotated

import msgspec

from speak.clients.api.endpoints import Call, Nothing, Who, endpoint
from speak.clients.api.paging import Listed, Page, ends
from speak.clients.mastodon.entities.tags import FeaturedTag, Tag
from speak.clients.mastodon.shown.tags import shown_featured, shown_tags
from speak.identity.models import Actor
from speak.identity.queries import actor_with_id
from speak.voice import actions
from speak.voice.queries import followed_tags, shown_tags_of, tags_used_by, windowed

MOST_SUGGESTED = 10


class Named(msgspec.Struct, kw_only=True):
    """A hashtag."""

    name: Annotated[str, msgspec.Meta(max_length=500)]


@endpoint("GET", "/api/v1/tags/<str:name>", who=Who.ANYONE)
def tag(call: Call, name: str) -> Tag:
    """A hashtag, and whether one hears it."""
    return _shown(call.viewer, actions.tag_name(name))


@endpoint("POST", "/api/v1/tags/<str:name>/follow", "write:follows")
def follow(call: Call, name: str) -> Tag:
    """Hear what is said to anyone with it."""
    return _shown(call.me, actions.follow_tag(call.me, name=name))


@endpoint("POST", "/api/v1/tags/<str:name>/unfollow", "write:follows")
def unfollow(call: Call, name: str) -> Tag:
    """No longer."""
    return _shown(call.me, actions.unfollow_tag(call.me, name=name))


@endpoint("POST", "/api/v1/tags/<str:name>/feature", "write:accounts")
def feature(call: Call, name: str) -> Tag:
    """Show it on one's profile."""
    return _shown(call.me, actions.show_tag(call.me, name=name).name)


@endpoint("POST", "/api/v1/tags/<str:name>/unfeature", "write:accounts")
def unfeature(call: Call, name: str) -> Tag:
    """No longer."""
    for known in shown_tags_of(call.me):
        if known.name.lower() == actions.tag_name(name).lower():
            actions.take_tag_off(call.me, tag_id=known.pk)
    return _shown(call.me, actions.tag_name(name))


@endpoint("GET", "/api/v1/followed_tags", "read:follows")
def followed(call: Call, given: Page) -> Listed[Tag]:
    """The hashtags that one hears."""
    rows = sorted(windowed(followed_tags(call.me), given.window(usual=100, most=200)), key=lambda row: -row.pk)
    return Listed(shown_tags(call.me, [row.name for row in rows]), *ends(rows))


@endpoint("GET", "/api/v1/featured_tags", "read:accounts")
def featured(call: Call) -> list[FeaturedTag]:
    """The hashtags on one's profile."""
    return [shown_featured(known) for known in shown_tags_of(call.me)]


@endpoint("POST", "/api/v1/featured_tags", "write:accounts")
def show(call: Call, given: Named) -> FeaturedTag:
    """Show one more."""
    return shown_featured(actions.show_tag(call.me, name=given.name))


@endpoint("DELETE", "/api/v1/featured_tags/<int:tag_id>", "write:accounts")
def take_off(call: Call, tag_id: int) -> Nothing:
    """Show it no longer."""
    actions.take_tag_off(call.me, tag_id=tag_id)
    return Nothing()


@endpoint("GET", "/api/v1/featured_tags/suggestions", "read:accounts")
def suggested(call: Call) -> list[Tag]:
    """Hashtags that one used last, and does not show."""
    shown = {known.name.lower() for known in shown_tags_of(call.me)}
    used = [name for name in tags_used_by(call.me, limit=MOST_SUGGESTED + len(shown)) if name not in shown]
    return shown_tags(call.me, used[:MOST_SUGGESTED])


@endpoint("GET", "/api/v1/accounts/<int:actor_id>/featured_tags", "read:accounts", who=Who.ANYONE)
def of_somebody(call: Call, actor_id: int) -> list[FeaturedTag]:
    """The hashtags on somebody's profile."""
    return [shown_featured(known) for known in shown_tags_of(actor_with_id(call.viewer, actor_id))]


def _shown(viewer: Actor | None, name: str) -> Tag:
    return shown_tags(viewer, [name])[0]
