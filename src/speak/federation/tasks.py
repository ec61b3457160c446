"""Later work for federation: what has to be asked of other servers."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from speak.federation.discovery import MAX_STEPS, find_post, refresh_actor
from speak.federation.models import RECEIVED_LIFE, TOMBSTONE_LIFE, Received, Tombstone
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import Failure, Refusal
from speak.kernel.tasks import task
from speak.voice.actions import boost
from speak.voice.models import Post

log = logging.getLogger(__name__)
Ids = ParamSpec("Ids")


def _or_let_be(body: Callable[Ids, None]) -> Callable[Ids, None]:
    """What other servers do not give, or give in a way that cannot be used, is let be."""

    @wraps(body)
    def attempt(*args: Ids.args, **kwargs: Ids.kwargs) -> None:
        try:
            body(*args, **kwargs)
        except (Refusal, Failure) as reason:
            log.info("%s: %s", body.__name__, reason)

    return attempt


@task
@_or_let_be
def fetch_post(uri: str, steps: int = MAX_STEPS) -> None:
    """Fetch a post of another server, and what it answers, at most `steps` posts up the conversation."""
    post = find_post(uri)
    is_open_end = post.in_reply_to_uri and not Post.objects.filter(uri=post.in_reply_to_uri).exists()
    if is_open_end and steps > 1:
        fetch_post.enqueue(uri=post.in_reply_to_uri, steps=steps - 1)


@task
@_or_let_be
def fetch_boosted(uri: str, booster_id: int, boost_uri: str) -> None:
    """Fetch a post that an actor elsewhere passed on, and keep that they did."""
    booster = Actor.objects.get(pk=booster_id)
    boost(booster, post=find_post(uri), uri=boost_uri)


@task
@_or_let_be
def fetch_actor(uri: str) -> None:
    """Ask another server anew about an actor."""
    refresh_actor(uri)


@task
def forget_what_is_old() -> None:
    """Forget which activities came, and which posts were withdrawn before they came, after two weeks."""
    now = clock.now()
    Received.objects.filter(received_at__lt=now - RECEIVED_LIFE).delete()
    Tombstone.objects.filter(withdrawn_at__lt=now - TOMBSTONE_LIFE).delete()
