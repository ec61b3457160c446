"""Whether two servers agree on who here follows whom there (FEP-8fcf)."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from speak.federation.documents.nodes import host_of
from speak.identity.models import Actor, Follow, FollowState

PARAMETER = re.compile(r'\s*([A-Za-z]+)="([^"\\]*)"\s*(?:,|\Z)', re.ASCII)
LONGEST_FIELD = 4096


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


def header_for(actor: Actor, host: str) -> str:
    """The field that goes with what somebody here says to their followers on one server."""
    digest, url = digest_of(followers_at(actor, host)), f"{actor.uri}/followers_synchronization"
    return f'collectionId="{actor.followers_url}", url="{url}", digest="{digest}"'


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
