"""Taking in a proven activity: once, in one transaction, or not at all."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from speak.federation.delivery.servers import hear_from
from speak.federation.documents import (
    Accept,
    Activity,
    Add,
    Announce,
    Block,
    Create,
    Delete,
    Flag,
    Follow,
    Like,
    Move,
    QuoteRequest,
    Reject,
    Remove,
    Undo,
    Update,
)
from speak.federation.documents.nodes import host_of
from speak.federation.inbox import actors, answers, flags, follows, moves, pins, posts, quotes
from speak.federation.models import Received
from speak.identity.models import Actor
from speak.identity.queries import actor_by_uri
from speak.kernel import clock
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
    Flag: flags.hear,
    QuoteRequest: quotes.ask,
    Move: moves.move,
    Add: pins.add,
    Remove: pins.remove,
}

REMEMBER = (
    f"INSERT INTO {Received._meta.db_table} (digest, received_at) VALUES (%s, %s) ON CONFLICT (digest) DO NOTHING"  # noqa: S608, SLF001
)


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
        if _is_new(activity):
            hear_from(sender)
            take(sender, activity)


def is_about_a_stranger_gone(activity: Activity) -> bool:
    """Whether an actor nobody here knows says that they are gone.

    There is nothing to do, so their key is not even fetched: when a server ends, it tells this to
    everybody it knew at once.
    """
    is_self = isinstance(activity, Delete) and activity.object_uri == activity.actor_uri
    return is_self and actor_by_uri(activity.actor_uri) is None


def _is_new(activity: Activity) -> bool:
    """Whether it has not been taken in before; from now on it has. Of two at the same moment one waits."""
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, [_digest(activity), connection.ops.adapt_datetimefield_value(clock.now())])
        return bool(cursor.rowcount == 1)


def _digest(activity: Activity) -> str:
    return hashlib.sha256(f"{activity.actor_uri}\n{activity.uri}".encode()).hexdigest()
