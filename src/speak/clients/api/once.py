"""An app that is not sure whether it was heard asks again with the same `Idempotency-Key`; it is done once."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

from speak.clients.models import AskedOnce
from speak.identity.models import Actor
from speak.kernel import clock
from speak.voice.models import Draft, Post

Made = TypeVar("Made", Post, Draft)

KEPT_FOR = dt.timedelta(days=1)
LONGEST_KEY = 200


def made_once(author: Actor, key: str, make: Callable[[], Made], *, find: Callable[[int], Made]) -> Made:
    """What `make` makes, or what it made when this key was used before, as `find` finds it by its id.

    Without a key it just makes it. `find` raises what it raises where that is not there any more.
    """
    if not key:
        return make()
    short = key[:LONGEST_KEY]
    before = _before(author, short)
    if before is not None:
        return find(before)
    try:
        with transaction.atomic():
            made = make()
            AskedOnce.objects.create(actor=author, key=short, post_id=made.pk)
    except IntegrityError:
        # The same request came twice at the same moment: the other one has made it.
        before = _before(author, short)
        if before is None:
            raise
        return find(before)
    return made


def forget_old_keys() -> int:
    """Forget the keys of yesterday; returns how many."""
    return AskedOnce.objects.filter(created_at__lt=clock.now() - KEPT_FOR).delete()[0]


def _before(author: Actor, key: str) -> int | None:
    return AskedOnce.objects.filter(actor=author, key=key).values_list("post_id", flat=True).first()
