"""Later work for federation: what has to be asked of other servers."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from speak.federation.discovery import find_conversation, find_passed_on, refresh_actor
from speak.identity.models import Actor
from speak.kernel.errors import Failure, Refusal
from speak.kernel.tasks import task

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
def fetch_post(uri: str) -> None:
    """Fetch a post of another server, and what it answers."""
    find_conversation(uri)


@task
@_or_let_be
def fetch_boosted(uri: str, booster_id: int, boost_uri: str) -> None:
    """Fetch a post that an actor elsewhere passed on, and keep that they did."""
    find_passed_on(Actor.objects.get(pk=booster_id), uri=uri, boost_uri=boost_uri)


@task
@_or_let_be
def fetch_actor(uri: str) -> None:
    """Ask another server anew about an actor."""
    refresh_actor(uri)
