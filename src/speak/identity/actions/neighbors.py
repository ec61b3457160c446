"""Actors of other servers, as their servers describe them. The caller has checked who says so."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from speak.identity.models import Actor, ActorKind, Key, KeyKind, Link
from speak.kernel import clock


@dataclass(frozen=True, slots=True)
class IncomingKey:
    """A public key of an actor elsewhere, as PEM."""

    uri: str
    kind: KeyKind
    public_pem: str


@dataclass(frozen=True, slots=True)
class IncomingLink:
    """Another place of an actor elsewhere: sanitized HTML, and its address where that is all it is."""

    label: str
    html: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class IncomingActor:
    """An actor elsewhere, parsed and checked: plain values only. `about_html` is sanitized."""

    uri: str
    handle: str
    domain: str
    inbox_url: str
    kind: ActorKind = ActorKind.PERSON
    name: str = ""
    about_html: str = ""
    url: str = ""
    shared_inbox_url: str = ""
    outbox_url: str = ""
    followers_url: str = ""
    following_url: str = ""
    featured_url: str = ""
    picture_url: str = ""
    picture_description: str = ""
    banner_url: str = ""
    approves_followers: bool = False
    is_listed: bool = False
    moved_to_uri: str = ""
    also_known_as: tuple[str, ...] = ()
    attribution_domains: tuple[str, ...] = ()
    created_at: dt.datetime | None = None
    links: Sequence[IncomingLink] = ()
    keys: Sequence[IncomingKey] = ()


PLAIN = (
    "handle", "domain", "inbox_url", "kind", "name", "about_html", "url", "shared_inbox_url", "outbox_url",
    "followers_url", "following_url", "featured_url", "picture_url", "picture_description", "banner_url",
    "approves_followers", "is_listed", "moved_to_uri",
)  # fmt: skip


@transaction.atomic
def keep_actor(incoming: IncomingActor) -> Actor:
    """Know an actor of another server, or know them better: profile, addresses, links and keys as given.

    Who had their address before and is not them keeps what they said, but not the address.
    """
    now = clock.now()
    _free_address(incoming)
    values: dict[str, object] = {name: getattr(incoming, name) for name in PLAIN}
    values |= {
        "handle_key": incoming.handle.lower(),
        "also_known_as": list(incoming.also_known_as),
        "attribution_domains": list(incoming.attribution_domains),
        "fetched_at": now,
        "changed_at": now,
        "gone_at": None,
    }
    first = {**values, "created_at": min(incoming.created_at or now, now)}
    actor, _ = Actor.objects.update_or_create(uri=incoming.uri, defaults=values, create_defaults=first)
    _replace_keys(actor, incoming.keys)
    _replace_links(actor, incoming.links)
    return actor


def _free_address(incoming: IncomingActor) -> None:
    others = Actor.objects.filter(handle_key=incoming.handle.lower(), domain=incoming.domain)
    for other in others.exclude(uri=incoming.uri):
        former = f"{other.handle[:100]}~{other.pk}"
        Actor.objects.filter(pk=other.pk).update(handle=former, handle_key=former.lower())


def _replace_links(actor: Actor, links: Sequence[IncomingLink]) -> None:
    """As given; of a place that stays what was found there stays known."""
    known = {link.url: link for link in Link.objects.filter(actor=actor) if link.url}
    Link.objects.filter(actor=actor).delete()
    rows = [
        Link(actor=actor, position=position, label=link.label, value_html=link.html, url=link.url)
        for position, link in enumerate(links)
    ]
    for row in rows:
        found = known.get(row.url)
        if found:
            row.verified_at, row.looked_at, row.finding = found.verified_at, found.looked_at, found.finding
            row.away_since, row.due_at = found.away_since, found.due_at
    Link.objects.bulk_create(rows)


def _replace_keys(actor: Actor, keys: Sequence[IncomingKey]) -> None:
    uris = [key.uri for key in keys]
    Key.objects.filter(actor=actor).exclude(key_uri__in=uris).delete()
    others = Key.objects.filter(key_uri__in=uris, actor__gone_at=None).exclude(actor=actor)
    holders = dict(others.values_list("key_uri", "actor__uri"))
    for key in keys:
        if _is_below(key.uri, holders.get(key.uri, "")) and not _is_below(key.uri, actor.uri):
            continue  # nobody takes a neighbor's key away by listing it as their own
        Key.objects.update_or_create(
            key_uri=key.uri,
            defaults={"actor": actor, "kind": key.kind, "public_pem": key.public_pem, "fetched_at": clock.now()},
        )


def _is_below(key_uri: str, actor_uri: str) -> bool:
    return bool(actor_uri) and key_uri.startswith((f"{actor_uri}#", f"{actor_uri}/", f"{actor_uri}?"))
