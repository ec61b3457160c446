"""Whether somebody elsewhere has really moved: the old home names the new one, and the new one the old."""

from speak.federation.discovery.actors import refresh_actor
from speak.federation.discovery.fetching import is_ours
from speak.identity.actions import lead_followers
from speak.identity.models import Actor
from speak.identity.queries import actor_by_uri
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask


def follow_a_move(old: Actor, *, target_uri: str, ask: Ask = real_ask) -> int:
    """Lead those here who follow `old` to where they say they live; returns how many.

    Both documents are fetched anew: the old has to say `movedTo`, the new `alsoKnownAs`, and not
    have moved on itself. Somebody who moved here is asked nothing: their own settings say it.

    Raises:
        NobodyThere, Gone, Malformed, OutboundFailure: one of the two cannot be had.
    """
    old = refresh_actor(old.uri, ask=ask)
    if old.moved_to_uri != target_uri:
        return 0
    new = actor_by_uri(target_uri) if is_ours(target_uri) else refresh_actor(target_uri, ask=ask)
    if new is None or new == old or old.uri not in new.also_known_as or new.moved_to_uri:
        return 0
    return lead_followers(old, new=new)
