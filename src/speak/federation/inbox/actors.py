"""What actors elsewhere do to themselves and to people here."""

from speak.federation import tasks
from speak.federation.discovery.actors import keep_document
from speak.federation.documents import Block, Node, parse_actor
from speak.federation.places.looking import look_soon_at
from speak.identity import actions
from speak.identity.models import Actor
from speak.identity.queries import actor_by_uri


def block(sender: Actor, activity: Block) -> None:
    """Neither hears the other any more; whoever is blocked here is not told."""
    target = actor_by_uri(activity.object_uri)
    if target is not None and target.is_local:
        actions.block(sender, blocked=target, uri=activity.uri)


def change(sender: Actor, changed: Node) -> None:
    """Keep the profile they send. A new handle or domain has to be confirmed by both sides, so they are asked."""
    document = parse_actor(changed)
    is_renamed = document.address not in {"", sender.account.lower()}
    if document.handle.lower() == sender.handle_key and not is_renamed:
        look_soon_at(keep_document(document, domain=sender.domain))
    else:
        tasks.fetch_actor.enqueue(uri=sender.uri)


def end(sender: Actor) -> None:
    """They are gone, and their words with them."""
    if sender.gone_at is None:
        actions.end_actor(sender)
