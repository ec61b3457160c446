"""Following somebody to a new home."""

import datetime as dt

from django.db import transaction

from speak.identity.actions.follows import follow, unfollow
from speak.identity.models import Actor, Follow
from speak.kernel import clock
from speak.kernel.errors import Refusal

# How long after one move another one leads nobody on (Mastodon's measure).
REST = dt.timedelta(days=30)


@transaction.atomic
def lead_followers(old: Actor, *, new: Actor) -> int:
    """Let those here who follow `old` follow `new` instead, as far as either lets them; returns how many.

    The caller has checked that both say they are the same person. Whoever may not follow the new
    one, having been blocked for example, goes on following the old.
    """
    moved = Actor.objects.select_for_update().get(pk=old.pk)
    if moved.moved_at is not None and moved.moved_at > clock.now() - REST:
        return 0
    Actor.objects.filter(pk=old.pk).update(moved_at=clock.now())
    rows = Follow.objects.filter(target=old, follower__domain="").select_related("follower").order_by("pk")
    return sum(_led(row, old, new) for row in rows)


def _led(row: Follow, old: Actor, new: Actor) -> bool:
    try:
        with transaction.atomic():
            if row.follower_id != new.pk and not Follow.objects.filter(follower=row.follower, target=new).exists():
                follow(row.follower, target=new, shows_boosts=row.shows_boosts, tells_of_each=row.tells_of_each)
            unfollow(row.follower, target=old)
    except Refusal:
        return False
    return True
