"""Taking in a proven activity: once, in one transaction, or not at all."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction

from speak.federation.delivery.servers import hear_from
from speak.federation.documents import (
    Accept,
    Activity,
    Announce,
    Block,
    Create,
    Delete,
    Follow,
    Like,
    Reject,
    Undo,
    Update,
)
from speak.federation.documents.nodes import host_of
from speak.federation.inbox import actors, answers, follows, posts
from speak.federation.models import Received
from speak.identity.models import Actor
from speak.identity.queries import actor_by_uri
from speak.kernel.errors import NotAllowed

# What to do for each kind of activity; any other is taken and ignored.
TAKEN: dict[type, Callable[[Actor, Any], None]] = {
    Follow: follows.ask,
    Accept: follows.accepted,
    Reject: follows.rejected,
    Undo: answers.undo,
    Create: posts.create,
    Update: posts.update,
    Delete: posts.delete,
    Announce: answers.announce,
    Like: answers.like,
    Block: actors.block,
}


class NotTheirs(NotAllowed):
    """The activity, or what it is about, claims to come from another server than its actor."""


def receive(sender: Actor, activity: Activity) -> None:
    """Take in what `sender`, who has been proven, did. A second time changes nothing.

    Raises:
        NotTheirs: the id of the activity is on another host than its actor.
        Refusal: whatever the action declines; then nothing is written.
    """
    if host_of(activity.uri) != host_of(sender.uri):
        raise NotTheirs("The id of this activity is on another host than its actor.")
    take = TAKEN.get(type(activity))
    if take is None:
        return
    with transaction.atomic():
        _, is_new = Received.objects.get_or_create(digest=_digest(activity))
        if is_new:
            hear_from(sender)
            take(sender, activity)


def is_about_a_stranger_gone(activity: Activity) -> bool:
    """Whether an actor nobody here knows says that they are gone.

    There is nothing to do, so their key is not even fetched: when a server ends, it tells this to
    everybody it knew at once.
    """
    is_self = isinstance(activity, Delete) and activity.object_uri == activity.actor_uri
    return is_self and actor_by_uri(activity.actor_uri) is None


def _digest(activity: Activity) -> str:
    return hashlib.sha256(f"{activity.actor_uri}\n{activity.uri}".encode()).hexdigest()
