"""People, as an app sees them."""

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any, Literal

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.templatetags.static import static

from speak.clients.mastodon.audiences import usual, veils
from speak.clients.mastodon.entities.accounts import (
    Account,
    CredentialAccount,
    Field,
    Profile,
    Relationship,
    Role,
    Source,
)
from speak.clients.mastodon.shown.tags import shown_featured
from speak.identity.faces import banner_url, face_url
from speak.identity.models import Actor, ActorKind, Link, Quoting
from speak.identity.queries import Relation, followed_by, followers_of, relations_to, requests_to
from speak.voice.queries import collection_of, shown_tags_of
from speak.voice.text import render_lines

# An app asks for an address even where there is no picture.
NO_FACE, NO_BANNER = "web/no-face.png", "web/no-banner.png"
QUOTE_POLICY: dict[str, Literal["public", "followers", "nobody"]] = {
    Quoting.NOBODY: "nobody",
    Quoting.ASK: "nobody",
    Quoting.FOLLOWERS: "followers",
    Quoting.ANYONE: "public",
}
# Mastodon's name for what everybody may do.
EVERYBODY = Role(id="-99", name="")


def shown_accounts(actors: Iterable[Actor]) -> list[Account]:
    """These people, with their other places, and where they moved to: as many queries for any number."""
    listed = list(actors)
    moved = list(Actor.objects.filter(uri__in={actor.moved_to_uri for actor in listed if actor.moved_to_uri}))
    prefetch_related_objects([*listed, *moved], "links")
    homes = {actor.uri: shown_account(actor) for actor in moved}
    return [Account(**_account(actor), moved=homes.get(actor.moved_to_uri)) for actor in listed]


def shown_account(actor: Actor) -> Account:
    """Somebody; whoever shows many has read their links before."""
    return Account(**_account(actor))


def shown_me(actor: Actor) -> CredentialAccount:
    """The person who asks, with what is theirs alone to know."""
    counts: dict[str, Any] = {
        "followers_count": followers_of(actor).count(),
        "following_count": followed_by(actor).count(),
        "statuses_count": collection_of(actor, actor).count(),
    }
    moved = shown_accounts([actor])[0].moved if actor.moved_to_uri else None
    return CredentialAccount(**_account(actor), **counts, moved=moved, source=_source(actor), role=EVERYBODY)


def shown_profile(actor: Actor) -> Profile:
    """What the person who asks shows of themselves, as they typed it; no address where there is no picture."""
    account, source = _account(actor), _source(actor)
    taken = {name: account[name] for name in ("id", "display_name", "locked", "bot", "discoverable")}
    face, banner = account["avatar"] if actor.picture else None, account["header"] if actor.banner else None
    return Profile(
        **taken,
        note=source.note,
        fields=source.fields,
        attribution_domains=source.attribution_domains,
        avatar=face,
        avatar_static=face,
        avatar_description=actor.picture_description,
        header=banner,
        header_static=banner,
        featured_tags=[shown_featured(tag) for tag in shown_tags_of(actor)],
    )


def shown_relationships(viewer: Actor, others: Iterable[Actor]) -> list[Relationship]:
    """How the viewer stands to each of these, in their order."""
    listed = list(others)
    relations = relations_to(viewer, listed)
    return [_relationship(other, relations[other.pk]) for other in listed]


def acct(actor: Actor) -> str:
    """Their address as an app writes it: people here by their handle alone."""
    return actor.handle if actor.is_local else f"{actor.handle}@{actor.domain}"


def whole_address(path: str) -> str:
    """The address of something that is seen here."""
    return f"{settings.SPEAK_URL}{path}" if path.startswith("/") else path


@cache
def _file(name: str) -> str:
    """The path of a file that comes with the program."""
    return static(name)


def _account(actor: Actor) -> dict[str, Any]:
    face = whole_address(face_url(actor) or _file(NO_FACE))
    banner = whole_address(banner_url(actor) or _file(NO_BANNER))
    return {
        "id": str(actor.pk),
        "username": actor.handle,
        "acct": acct(actor),
        "display_name": actor.called,
        "locked": actor.approves_followers,
        "bot": actor.kind in {ActorKind.SERVICE, ActorKind.APPLICATION},
        "group": actor.kind in {ActorKind.GROUP, ActorKind.ORGANIZATION},
        "discoverable": actor.is_listed,
        "indexable": actor.is_listed,
        "created_at": actor.created_at,
        "note": actor.about_html or render_lines(actor.aim),
        "url": actor.url or actor.uri,
        "uri": actor.url if actor.is_site else actor.uri,
        "avatar": face,
        "avatar_static": face,
        "avatar_description": actor.picture_description,
        "header": banner,
        "header_static": banner,
        "limited": actor.is_silenced,
        "suspended": actor.suspended_at is not None,
        "fields": [_field(link) for link in actor.links.all() if link.is_shown],
    }


def _field(link: Link) -> Field:
    address = escape(link.url)
    anchor = f'<a href="{address}" rel="me nofollow noopener" target="_blank">{address}</a>' if address else ""
    return Field(name=link.label, value=link.value_html or anchor or escape(link.words), verified_at=link.verified_at)


def _source(actor: Actor) -> Source:
    return Source(
        privacy=usual(actor),
        sensitive=veils(actor),
        language=actor.user.language if actor.user else None,
        note=actor.aim,
        fields=[
            Field(name=link.label, value=link.url or link.words, verified_at=link.verified_at)
            for link in actor.links.all()
        ],
        follow_requests_count=requests_to(actor).count(),
        discoverable=actor.is_listed,
        quote_policy=QUOTE_POLICY[actor.quoting],
        attribution_domains=actor.attribution_domains,
    )


def _relationship(other: Actor, relation: Relation) -> Relationship:
    return Relationship(
        id=str(other.pk),
        following=relation.follows,
        showing_reblogs=relation.shows_boosts,
        notifying=relation.tells_of_each,
        followed_by=relation.is_followed,
        blocking=relation.is_blocked,
        muting=relation.is_muted,
        muting_notifications=relation.is_muted,
        muting_expires_at=relation.muted_until,
        requested=relation.has_asked,
        requested_by=relation.is_asked,
        domain_blocking=relation.is_server_blocked,
        endorsed=relation.is_endorsed,
        note=relation.note,
    )
