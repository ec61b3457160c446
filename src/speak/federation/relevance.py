"""Whether something that arrives concerns anybody here. What does not is neither kept nor refused."""

from speak.federation.documents import Addressed
from speak.identity.models import Actor, Follow, FollowState
from speak.kernel.prepared import Prepared
from speak.voice.actions import IncomingPost
from speak.voice.queries import may_be_answered_by

FOLLOWERS_HERE = Prepared(
    lambda actor_id: Follow.objects.filter(
        target=actor_id, follower__domain="", state=FollowState.ACCEPTED.value
    ).values_list("pk")[:1]
)


def has_followers_here(actor: Actor) -> bool:
    """Whether anybody here follows an actor elsewhere."""
    return FOLLOWERS_HERE.exists(actor.pk)


def is_wanted(author: Actor, incoming: IncomingPost, *, addressed: Addressed) -> bool:
    """Whether somebody here follows its author or is addressed in it, or it answers what they may answer here."""
    if any(actor.is_local for actor in (*incoming.readers, *incoming.mentioned)):
        return True
    if incoming.in_reply_to_uri and may_be_answered_by(author, uri=incoming.in_reply_to_uri):
        return True
    return bool(addressed.everyone) and has_followers_here(author)
