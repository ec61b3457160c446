"""Whether two servers agree on who here follows whom there (FEP-8fcf)."""

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.cache import cache

from speak.federation.documents.nodes import host_of
from speak.identity.models import Actor, Follow, FollowState

PARAMETER = re.compile(r'\s*([A-Za-z]+)="([^"\\]*)"\s*(?:,|\Z)', re.ASCII)
LONGEST_FIELD = 4096
# As Mastodon: beyond so many followers, no digest goes along.
MOST_FOLLOWERS = 25_000
KEPT, KEPT_SECONDS = "followers-by-server:", 30


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a Collection-Synchronization field says: whose followers, their digest, and where the list is."""

    collection_uri: str
    digest: str
    url: str


def digest_of(uris: Iterable[str]) -> str:
    """The SHA-256 of each id, all XORed, in hexadecimal: the same for the same ids in any order."""
    found = 0
    for uri in set(uris):
        found ^= int.from_bytes(hashlib.sha256(uri.encode()).digest(), "big")
    return f"{found:064x}"


def followers_at(actor: Actor, host: str) -> list[str]:
    """The ids of those on one server who follow somebody here."""
    rows = Follow.objects.filter(target=actor, state=FollowState.ACCEPTED).exclude(follower__domain="")
    found = rows.order_by("follower__uri").values_list("follower__uri", flat=True)
    return [uri for uri in found if host_of(uri) == host]


def followers_here(actor: Actor) -> list[str]:
    """The ids of those here who follow somebody elsewhere."""
    rows = Follow.objects.filter(target=actor, state=FollowState.ACCEPTED, follower__domain="")
    return list(rows.values_list("follower__uri", flat=True))


def fields_of(actor_ids: Collection[int]) -> dict[tuple[int, str], str]:
    """The fields that go with what people here say to their followers, by their id and the server it goes to.

    They are kept for half a minute: who learns of an older state reads the list, and that is as it is now.
    None for those with very many followers, and for servers where none of them is.
    """
    known = cache.get_many([f"{KEPT}{actor_id}" for actor_id in actor_ids]) if actor_ids else {}
    found: dict[tuple[int, str], str] = {}
    for actor_id in actor_ids:
        fields = known.get(f"{KEPT}{actor_id}")
        if fields is None:
            fields = _fields_of(Actor.objects.get(pk=actor_id))
            cache.set(f"{KEPT}{actor_id}", fields, KEPT_SECONDS)
        found |= {(actor_id, host): field for host, field in fields.items()}
    return found


def _fields_of(actor: Actor) -> dict[str, str]:
    rows = Follow.objects.filter(target=actor, state=FollowState.ACCEPTED).exclude(follower__domain="")
    uris = list(rows.values_list("follower__uri", flat=True)[: MOST_FOLLOWERS + 1])
    if len(uris) > MOST_FOLLOWERS:
        return {}
    by_host: dict[str, list[str]] = {}
    for uri in uris:
        by_host.setdefault(host_of(uri), []).append(uri)
    start = f'collectionId="{actor.followers_url}", url="{actor.uri}/followers_synchronization"'
    return {host: f'{start}, digest="{digest_of(there)}"' for host, there in by_host.items()}


def read_claim(field: str) -> Claimed | None:
    """What a field says, if it says all three things."""
    if not field or len(field) > LONGEST_FIELD:
        return None
    found = dict(PARAMETER.findall(field))
    claimed = Claimed(found.get("collectionId", ""), found.get("digest", "").lower(), found.get("url", ""))
    return claimed if claimed.collection_uri and claimed.digest and claimed.url else None


def differs(actor: Actor, claimed: Claimed) -> bool:
    """Whether what somebody elsewhere says of their own followers here is not what is known here."""
    is_theirs = claimed.collection_uri == actor.followers_url and host_of(claimed.url) == host_of(actor.uri)
    return is_theirs and claimed.digest != digest_of(followers_here(actor))
