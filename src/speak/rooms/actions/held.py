"""A room as it is now, held until the transaction ends, for whoever may do what is about to be done."""

from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel import clock
from speak.rooms.errors import HostOnly, NotInRoom, RoomQuiet
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
        raise RoomQuiet(
            _("This room has ended."), hint=_("What was said in it stays readable for those who are in it.")
        )
