"""What was decided about an actor, as the rest of the program reads it. Who decides, and why, is safety's."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from speak.identity.errors import Suspended
from speak.identity.events import ActorLimited
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.events import emit


@dataclass(frozen=True, slots=True)
class Limits:
    """All that holds for an actor now; nothing by default."""

    is_suspended: bool = False
    is_silenced: bool = False
    hides_media: bool = False


@transaction.atomic
def limit_actor(actor: Actor, *, limits: Limits) -> None:
    """Put an actor under these limits, and no others. Nothing they said is changed."""
    current = Actor.objects.select_for_update().get(pk=actor.pk)
    before = (current.suspended_at is not None, current.is_silenced, current.hides_media)
    if before == (limits.is_suspended, limits.is_silenced, limits.hides_media):
        return
    suspended_at = (current.suspended_at or clock.now()) if limits.is_suspended else None
    for each in (current, actor):
        each.suspended_at, each.is_silenced, each.hides_media = suspended_at, limits.is_silenced, limits.hides_media
    current.save(update_fields=["suspended_at", "is_silenced", "hides_media"])
    emit(ActorLimited(actor_id=actor.pk))


def check_may_speak(actor: Actor) -> None:
    """Refuse whatever others would hear of, from somebody who is suspended.

    Raises:
        Suspended: with where to read why. Reading, taking back and taking along stay theirs.
    """
    if Actor.objects.filter(pk=actor.pk, suspended_at=None).exists():
        return
    raise Suspended(
        _("You cannot speak here at present."),
        hint=_("What was decided, by whom and why stands under “Your reports”. What you said stays yours."),
    )
