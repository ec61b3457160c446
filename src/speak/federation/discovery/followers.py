"""Putting right who here follows somebody elsewhere, after their own server's list (FEP-8fcf)."""

from speak.federation import planning
from speak.federation.discovery.fetching import fetch
from speak.federation.documents import Node
from speak.federation.documents.nodes import MAX_ITEMS
from speak.federation.render import activities
from speak.identity.actions import accept_follow, unfollow
from speak.identity.models import Actor, Follow, FollowState
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask

LISTS = {"Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage"}


def put_followers_right(actor: Actor, *, url: str, ask: Ask = real_ask) -> None:
    """Whom their list does not name follows them no more; whom it names without having asked is taken off it.

    What is no list, a list in parts, or one that is too long to be read whole, changes nothing.

    Raises:
        NobodyThere, Gone, Malformed, OutboundFailure: the list cannot be had.
    """
    listed = fetch(url, ask=ask).node
    items = [*listed.items("orderedItems"), *listed.items("items")]
    if not _is_whole(listed) or len(items) >= MAX_ITEMS:
        return
    named = {uri for item in items if (uri := item.uri_if_any())}
    rows = Follow.objects.filter(target=actor, follower__domain="").select_related("follower", "target")
    for row in rows:
        is_named = row.follower.uri in named
        if row.state == FollowState.ACCEPTED and not is_named:
            unfollow(row.follower, target=actor)
        elif row.state == FollowState.ASKED and is_named:
            accept_follow(actor, follow=row)
    following = {row.follower.uri for row in rows}
    for stranger in Actor.objects.filter(domain="", gone_at=None, uri__in=named - following):
        asked = activities.follow_of(stranger, uri=planning.new_uri(), target=actor)
        document = activities.undo(planning.new_uri(), asked)
        planning.owe(stranger, document, about_uri=actor.followers_url, inboxes=[actor.best_inbox_url])


def _is_whole(node: Node) -> bool:
    """Whether it is a list, and says itself who is on it, be it nobody."""
    members = node.value if isinstance(node.value, dict) else {}
    has_items = any(isinstance(members.get(name), list | str) for name in ("orderedItems", "items"))
    return bool(LISTS & set(node.kinds())) and has_items and not any(node.has(name) for name in ("first", "next"))
