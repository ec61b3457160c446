"""People, oneself among them (docs.joinmastodon.org/methods/accounts)."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, Who, endpoint
from speak.clients.api.paging import Id, Listed, Page, Part, ends
from speak.clients.mastodon.entities.accounts import Account, CredentialAccount, Relationship
from speak.clients.mastodon.entities.statuses import Status
from speak.clients.mastodon.shown.people import shown_accounts, shown_me, shown_relationships
from speak.clients.mastodon.shown.statuses import shown_posts
from speak.clients.mastodon.timelines import timeline
from speak.federation.discovery import resolve
from speak.identity import actions, queries
from speak.identity.errors import NoSuchActor
from speak.identity.models import Actor
from speak.voice.queries import Kinds, pinned_by, posts_of, windowed

MOST_RELATIONSHIPS = 80
Name = Annotated[str, msgspec.Meta(max_length=500)]


class Looked(msgspec.Struct, kw_only=True):
    """An address to look up."""

    acct: Name


class Searched(Part, kw_only=True):
    """A name, a handle or an address to search for."""

    q: Name
    resolve: bool = False
    following: bool = False


class Others(msgspec.Struct, kw_only=True):
    """People by their ids."""

    id: list[Id] = []
    with_suspended: bool = False


class Said(Page, kw_only=True):
    """Which of somebody's posts are wanted."""

    pinned: bool = False
    only_media: bool = False
    exclude_replies: bool = False
    exclude_reblogs: bool = False
    exclude_direct: bool = False
    tagged: Name = ""


class Following(msgspec.Struct, kw_only=True):
    """How somebody is followed."""

    reblogs: bool | None = None
    notify: bool | None = None
    languages: list[str] = []


class Muting(msgspec.Struct, kw_only=True):
    """For how long somebody is not heard, in seconds; 0 until it is taken back."""

    notifications: bool = True
    duration: Annotated[int, msgspec.Meta(ge=0, le=10 * 365 * 86_400)] = 0


@endpoint("GET", "/api/v1/accounts/verify_credentials", "read:accounts", "profile")
def verify_credentials(call: Call) -> CredentialAccount:
    """The person who asks."""
    return shown_me(call.me)


@endpoint("GET", "/api/v1/accounts/relationships", "read:follows")
def relationships(call: Call, given: Others) -> list[Relationship]:
    """How one stands to these people."""
    return shown_relationships(call.me, queries.known_actors(given.id[:MOST_RELATIONSHIPS]))


@endpoint("GET", "/api/v1/accounts/lookup", "read:accounts", who=Who.ANYONE)
def lookup(call: Call, given: Looked) -> Account:
    """Somebody by their address, if they are known here."""
    return shown_accounts([queries.actor_called(call.viewer, given.acct)])[0]


@endpoint("GET", "/api/v1/accounts/search", "read:accounts")
def search(call: Call, given: Searched) -> list[Account]:
    """People by name, handle or address."""
    found = queries.people_found(call.me, given.q, limit=given.offset + (given.limit or 40))
    if given.resolve and "@" in given.q.strip("@"):
        asked = resolve(call.me, given.q)
        if isinstance(asked, Actor):
            found = [asked, *(actor for actor in found if actor.pk != asked.pk)]
    if given.following:
        relations = queries.relations_to(call.me, found)
        found = [actor for actor in found if relations[actor.pk].follows]
    return shown_accounts(found[given.offset :])


@endpoint("GET", "/api/v1/directory", "read:accounts", who=Who.ANYONE)
def directory(call: Call, given: Part) -> list[Account]:
    """The people here who chose to be seen, by name and in no order of importance (promise 12)."""
    seen = queries.people_seen(call.viewer)[given.offset : given.offset + min(given.limit or 40, 80)]
    return shown_accounts(seen)


@endpoint("GET", "/api/v1/accounts", "read:accounts", who=Who.ANYONE)
def several(call: Call, given: Others) -> list[Account]:
    """People by their ids, as far as the viewer may see them."""
    return shown_accounts(queries.actors_shown_to(call.viewer, given.id[:40]))


@endpoint("GET", "/api/v1/accounts/<int:actor_id>", "read:accounts", who=Who.ANYONE)
def one(call: Call, actor_id: int) -> Account:
    """Somebody."""
    return shown_accounts([queries.actor_with_id(call.viewer, actor_id)])[0]


@endpoint("GET", "/api/v1/accounts/<int:actor_id>/statuses", "read:statuses", who=Who.ANYONE)
def statuses(call: Call, given: Said, actor_id: int) -> Listed[Status]:
    """What somebody said, as far as the viewer may read it."""
    author = queries.actor_with_id(call.viewer, actor_id)
    if given.pinned:
        return Listed(shown_posts(call.viewer, pinned_by(call.viewer, author)))
    kinds = Kinds(
        only_media=given.only_media,
        without_answers=given.exclude_replies,
        without_boosts=given.exclude_reblogs,
        without_words_to_few=given.exclude_direct,
        tag=given.tagged,
    )
    entries = posts_of(call.viewer, author, given.window(), kinds=kinds)
    return timeline(call.viewer, entries)


@endpoint("GET", "/api/v1/accounts/<int:actor_id>/followers", "read:accounts", who=Who.ANYONE)
def followers(call: Call, given: Page, actor_id: int) -> Listed[Account]:
    """Who follows, told to the person themselves alone (promise 6)."""
    other = queries.actor_with_id(call.viewer, actor_id)
    return _people(queries.follows_of(other), "follower", given) if other == call.viewer else Listed([])


@endpoint("GET", "/api/v1/accounts/<int:actor_id>/following", "read:accounts", who=Who.ANYONE)
def following(call: Call, given: Page, actor_id: int) -> Listed[Account]:
    """Whom somebody follows, told to the person themselves alone (promise 6)."""
    other = queries.actor_with_id(call.viewer, actor_id)
    return _people(queries.follows_by(other), "target", given) if other == call.viewer else Listed([])


@endpoint("POST", "/api/v1/accounts/<int:actor_id>/follow", "write:follows")
def follow(call: Call, given: Following, actor_id: int) -> Relationship:
    """Hear somebody, or ask to."""
    other = queries.actor_with_id(call.me, actor_id)
    actions.follow(call.me, target=other, shows_boosts=given.reblogs, tells_of_each=given.notify)
    return _relationship(call.me, other)


@endpoint("POST", "/api/v1/accounts/<int:actor_id>/unfollow", "write:follows")
def unfollow(call: Call, actor_id: int) -> Relationship:
    """No longer."""
    return _acted(call.me, actor_id, lambda other: actions.unfollow(call.me, target=other))


@endpoint("POST", "/api/v1/accounts/<int:actor_id>/remove_from_followers", "write:follows")
def remove_from_followers(call: Call, actor_id: int) -> Relationship:
    """Let somebody follow no longer."""
    return _acted(call.me, actor_id, lambda other: actions.refuse_follow(call.me, follower=other))


@endpoint("POST", "/api/v1/accounts/<int:actor_id>/block", "write:blocks")
def block(call: Call, actor_id: int) -> Relationship:
    """Neither hears the other any more."""
    return _acted(call.me, actor_id, lambda other: actions.block(call.me, blocked=other))


@endpoint("POST", "/api/v1/accounts/<int:actor_id>/unblock", "write:blocks")
def unblock(call: Call, actor_id: int) -> Relationship:
    """They may follow each other again."""
    return _acted(call.me, actor_id, lambda other: actions.unblock(call.me, blocked=other))


@endpoint("POST", "/api/v1/accounts/<int:actor_id>/mute", "write:mutes")
def mute(call: Call, given: Muting, actor_id: int) -> Relationship:
    """Do not hear somebody for a while; they are not told."""
    lasts = dt.timedelta(seconds=given.duration) if given.duration else None
    return _acted(call.me, actor_id, lambda other: actions.mute(call.me, muted=other, lasts=lasts))


@endpoint("POST", "/api/v1/accounts/<int:actor_id>/unmute", "write:mutes")
def unmute(call: Call, actor_id: int) -> Relationship:
    """Hear them again."""
    return _acted(call.me, actor_id, lambda other: actions.unmute(call.me, muted=other))


@endpoint("GET", "/api/v1/follow_requests", "read:follows")
def follow_requests(call: Call, given: Page) -> Listed[Account]:
    """Who asks to follow, and awaits an answer."""
    return _people(queries.requests_to(call.me), "follower", given)


@endpoint("POST", "/api/v1/follow_requests/<int:actor_id>/authorize", "write:follows")
def authorize(call: Call, actor_id: int) -> Relationship:
    """Let somebody follow."""
    other = queries.actor_with_id(call.me, actor_id)
    asked = queries.follow_between(other, call.me)
    if asked is None:
        raise NoSuchActor(_("%(name)s does not ask any more.") % {"name": other.called})
    actions.accept_follow(call.me, follow=asked)
    return _relationship(call.me, other)


@endpoint("POST", "/api/v1/follow_requests/<int:actor_id>/reject", "write:follows")
def reject(call: Call, actor_id: int) -> Relationship:
    """Decline."""
    return _acted(call.me, actor_id, lambda other: actions.refuse_follow(call.me, follower=other))


@endpoint("GET", "/api/v1/blocks", "read:blocks")
def blocks(call: Call, given: Page) -> Listed[Account]:
    """Whom one blocks."""
    return _people(queries.blocks_by(call.me), "blocked", given)


@endpoint("GET", "/api/v1/mutes", "read:mutes")
def mutes(call: Call, given: Page) -> Listed[Account]:
    """Whom one does not want to hear now."""
    return _people(queries.live_mutes(call.me), "muted", given)


def _people(rows: QuerySet[Any], name: str, page: Page) -> Listed[Account]:
    """A page of those whom these rows name."""
    found = list(windowed(rows.select_related(name), page.window(most=80)))
    found.sort(key=lambda row: -row.pk)
    return Listed(shown_accounts(getattr(row, name) for row in found), *ends(found))


def _acted(viewer: Actor, actor_id: int, act: Callable[[Actor], object]) -> Relationship:
    """Do something about somebody who may have blocked the viewer, and say how they stand to each other now."""
    other = queries.known_actor(actor_id)
    act(other)
    return _relationship(viewer, other)


def _relationship(viewer: Actor, other: Actor) -> Relationship:
    return shown_relationships(viewer, [other])[0]
