"""Posts of other servers together with what they answer."""

from speak.federation.discovery.posts import find_post
from speak.identity.models import Actor
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask
from speak.voice.actions import boost
from speak.voice.models import Post

MAX_STEPS = 20


def find_conversation(uri: str, *, ask: Ask = real_ask) -> Post:
    """The post with this id, and what it answers, up the conversation, at most twenty posts in all.

    Each step that is known already ends the walk. Raises as `find_post`; what came before the
    fault has been kept.
    """
    found = post = find_post(uri, ask=ask)
    for _ in range(MAX_STEPS - 1):
        above = post.in_reply_to_uri
        if not above or Post.objects.filter(uri=above).exists():
            break
        post = find_post(above, ask=ask)
    return found


def find_passed_on(booster: Actor, *, uri: str, boost_uri: str, ask: Ask = real_ask) -> None:
    """The post with this id, which an actor elsewhere passed on by an activity with that id.

    Raises:
        NotToBePassedOn, NotThere: it is not for them, or not for anyone.
        NobodyThere, Malformed, OutboundFailure: as `find_post`.
    """
    boost(booster, post=find_post(uri, ask=ask), uri=boost_uri)
