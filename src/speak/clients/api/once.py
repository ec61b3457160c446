"""An app that is not sure whether it was heard asks again with the same `Idempotency-Key`; it is done once."""

import datetime as dt
from collections.abc import Callable

from django.db import IntegrityError, transaction

from speak.clients.models import AskedOnce
from speak.identity.models import Actor
from speak.kernel import clock
from speak.voice.models import Post
from speak.voice.queries import post_for

KEPT_FOR = dt.timedelta(days=1)
LONGEST_KEY = 200


def said_once(author: Actor, key: str, say: Callable[[], Post]) -> Post:
    """What `say` says, or what it said when this key was used before. Without a key it just says it."""
    if not key:
        return say()
    short = key[:LONGEST_KEY]
    before = _before(author, short)
    if before is not None:
        return before
    try:
        with transaction.atomic():
            post = say()
            AskedOnce.objects.create(actor=author, key=short, post_id=post.pk)
    except IntegrityError:
        # The same request came twice at the same moment: the other one has said it.
        before = _before(author, short)
        if before is None:
            raise
        return before
    return post


def forget_old_keys() -> int:
    """Forget the keys of yesterday; returns how many."""
    return AskedOnce.objects.filter(created_at__lt=clock.now() - KEPT_FOR).delete()[0]


def _before(author: Actor, key: str) -> Post | None:
    asked = AskedOnce.objects.filter(actor=author, key=key).first()
    return post_for(author, asked.post_id) if asked else None
