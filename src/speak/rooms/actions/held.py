"""A room as it is now, held until the transaction ends, for whoever may do what is about to be done."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.models import Actor
from speak.kernel import clock
from speak.rooms import rules
from speak.rooms.errors import GoFirst, HostOnly, NotInRoom, RoomQuiet, Unfit
from speak.rooms.models import Membership, Room


def held(room: Room) -> Room:
    """The row as it is now."""
    return Room.objects.select_for_update().get(pk=room.pk)


def held_for_member(actor: Actor, room: Room) -> Room:
    """The same, for somebody who is in it.

    Raises:
        NotInRoom: they are not.
    """
    current = held(room)
    if not Membership.objects.filter(room=current, actor=actor, left_at=None).exists():
        raise NotInRoom(_("There is no such room, or you are not in it."))
    return current


def held_for_host(actor: Actor, room: Room) -> Room:
    """The same, for whoever hosts it now.

    Raises:
        NotInRoom: they are not even in it.
        HostOnly: somebody else hosts it.
    """
    current = held_for_member(actor, room)
    if current.host_id != actor.pk:
        raise HostOnly(_("Only whoever hosts this room can do that."), hint=_("Ask them; hosts change."))
    return current


def check_goes_on(room: Room) -> None:
    """Refuse where a room is over.

    Raises:
        RoomQuiet: it was closed or has reached its end.
    """
    if room.is_over(clock.now()):
        raise _ended()


def check_is_not_closed(room: Room) -> None:
    """Refuse where a room was closed: one that has only reached its end can still be handed over (promise 14).

    Raises:
        RoomQuiet: it was closed.
    """
    if room.closed_at is not None:
        raise _ended()


def end_after(weeks: int) -> dt.datetime:
    """When a room ends that has so many weeks from now: as that day is over, where the server is.

    Raises:
        Unfit: too few, or too many.
    """
    if not 1 <= weeks <= rules.MOST_WEEKS:
        raise Unfit(
            ngettext(
                "A room ends after 1 to %(most)d week.", "A room ends after 1 to %(most)d weeks.", rules.MOST_WEEKS
            )
            % {"most": rules.MOST_WEEKS}
        )
    last_day = timezone.localtime(clock.now() + dt.timedelta(weeks=weeks), timezone.get_default_timezone())
    return last_day.replace(hour=23, minute=59, second=59, microsecond=0)


def home_first() -> GoFirst:
    """Why somebody who has a name here and nothing else is refused, and what they do about it."""
    return GoFirst(_("Make this your home first: choose a handle and a password."))


def _ended() -> RoomQuiet:
    return RoomQuiet(_("This room has ended."), hint=_("What was said in it stays readable for those who are in it."))
