"""Blocking and muting."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from speak.identity.actions.follows import refuse_follow, unfollow
from speak.identity.errors import NotYourself
from speak.identity.events import ActorBlocked, ActorUnblocked
from speak.identity.models import Actor, Block, Mute, Notification
from speak.kernel import clock
from speak.kernel.events import emit
from speak.kernel.ids import new_id


@transaction.atomic
def block(blocker: Actor, *, blocked: Actor, uri: str = "") -> Block:
    """Neither hears the other any more; both follows end. The blocked is not told who."""
    if blocker == blocked:
        raise NotYourself(gettext("You cannot block yourself."))
    row, is_new = Block.objects.get_or_create(
        blocker=blocker,
        blocked=blocked,
        defaults={"uri": uri or f"{settings.SPEAK_URL}/activities/{new_id()}"},
    )
    if not is_new:
        return row
    unfollow(blocker, target=blocked)
    refuse_follow(blocker, follower=blocked)
    Notification.objects.filter(recipient=blocker, about=blocked).delete()
    Notification.objects.filter(recipient=blocked, about=blocker).delete()
    emit(ActorBlocked(block_id=row.pk))
    return row


@transaction.atomic
def unblock(blocker: Actor, *, blocked: Actor) -> None:
    """Take a block back; follows do not come back by themselves."""
    row = Block.objects.filter(blocker=blocker, blocked=blocked).first()
    if row is None:
        return
    event = ActorUnblocked(blocker_id=blocker.pk, blocked_id=blocked.pk, block_id=row.pk, block_uri=row.uri)
    row.delete()
    emit(event)


@transaction.atomic
def mute(muter: Actor, *, muted: Actor, lasts: dt.timedelta | None = None) -> Mute:
    """Do not hear somebody, for a while or until it is taken back. Nobody is told."""
    if muter == muted:
        raise NotYourself(gettext("You cannot mute yourself."))
    until = clock.now() + lasts if lasts else None
    row, _ = Mute.objects.update_or_create(muter=muter, muted=muted, defaults={"until": until})
    return row


def unmute(muter: Actor, *, muted: Actor) -> None:
    """Hear somebody again."""
    Mute.objects.filter(muter=muter, muted=muted).delete()
