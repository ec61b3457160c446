"""How many more there is room for, where some seats are held by nobody who could come back."""

from django.db.models import Exists, OuterRef

from speak.kernel import clock
from speak.rooms.models import Guest, Membership, Room
from speak.rooms.queries.meeting import is_meeting
from speak.rooms.queries.rooms import memberships_of
from speak.rooms.rules import MEETING_LASTS
from speak.voice.queries import said_by_people_in_room


def has_place(room: Room) -> bool:
    """Whether somebody more can come in."""
    within = memberships_of(room).count()
    return within < room.cap or within - len(seats_to_free(room)) < room.cap


def seats_to_free(room: Room) -> list[Membership]:
    """Whose seats go to those who come later, whoever came first before all others.

    They came to a meeting that is over, never said a word in the room, and have a name only: once the phone forgot
    them they come in anew, as somebody else. In a meeting the seats of an earlier one are free.
    """
    came_before = clock.now() - MEETING_LASTS if is_meeting(room) else clock.now()
    has_name_only = Exists(Guest.objects.filter(actor=OuterRef("actor"), claimed_at=None))
    has_spoken = Exists(said_by_people_in_room(room.pk).filter(author=OuterRef("actor")))
    within = memberships_of(room).filter(has_name_only, ~has_spoken, joined_at__lte=came_before)
    return list(within.exclude(actor=room.host_id))
