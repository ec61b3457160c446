"""What somebody elsewhere keeps at the top of their profile, fetched whole."""

from speak.federation.discovery.fetching import fetch
from speak.federation.discovery.posts import find_post
from speak.federation.documents import Node
from speak.federation.documents.nodes import host_of
from speak.identity.models import Actor
from speak.kernel.errors import Failure, Refusal
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask
from speak.voice.actions import receive_pins
from speak.voice.actions.pins import MAX_PINS
from speak.voice.models import Post


def find_featured(actor: Actor, *, ask: Ask = real_ask) -> None:
    """Take over the list of an actor elsewhere; what in it cannot be had, or is somebody else's, is passed over.

    Raises:
        NobodyThere, Gone, Malformed, OutboundFailure: the list itself cannot be had.
    """
    listed = fetch(actor.featured_url, ask=ask).node
    found = [_found(uri, ask) for uri in _uris(listed, actor, ask)[:MAX_PINS]]
    receive_pins(actor, posts=[post for post in found if post is not None and post.author_id == actor.pk])


def _uris(listed: Node, actor: Actor, ask: Ask) -> list[str]:
    page = listed.first("first")
    if not (listed.has("orderedItems") or listed.has("items")) and page is not None:
        listed = page if page.is_object else fetch(page.as_uri(), ask=ask).node
    items = [*listed.items("orderedItems"), *listed.items("items")]
    return [uri for item in items if host_of(uri := item.uri_if_any()) == host_of(actor.uri)]


def _found(uri: str, ask: Ask) -> Post | None:
    try:
        return find_post(uri, ask=ask)
    except (Refusal, Failure):
        return None
