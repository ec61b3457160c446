"""Hosts change, and rooms end: the guide leaves (promise 14)."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from speak.identity.actions import forget_about_page
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.events import emit
from speak.rooms import rules
from speak.rooms.actions.held import check_is_not_closed, end_after, held, held_for_host, held_for_member, home_first
from speak.rooms.errors import NotInRoom, RoomQuiet, Unfit
from speak.rooms.events import HostAsked, HostChanged, LastRoundBegan, RoomChanged, RoomClosed
from speak.rooms.models import Membership, Room
from speak.rooms.queries import is_guest


@transaction.atomic
def ask_to_host(host: Actor, *, room: Room, member: Actor) -> None:
    """Ask a member to host from now on. Nothing changes until they accept.

    Raises:
        NotInRoom: they are not in the room.
        Unfit: they have a name here and nothing else yet.
    """
    current = held_for_host(host, room)
    is_member = Membership.objects.filter(room=current, actor=member, left_at=None).exists()
    if not is_member or member.pk == host.pk:
        raise NotInRoom(_("Only somebody else who is in this room can host it."))
    if is_guest(member):
        raise Unfit(
            _("%(name)s has only a name here so far.") % {"name": member.called},
            hint=_("Once they have made it their home they can host."),
        )
    current.asked_to_host = member
    current.save(update_fields=["asked_to_host"])
    emit(HostAsked(room_id=current.pk, actor_id=member.pk))


@transaction.atomic
def accept_hosting(member: Actor, *, room: Room) -> None:
    """Host from now on. Whoever did until now has a member's rights, founder or not (promise 14).

    Raises:
        Unfit: nobody asks them.
        GoFirst: they have a name here and nothing else yet.
    """
    current = held_for_member(member, room)
    if current.asked_to_host_id != member.pk:
        raise Unfit(_("Nobody asks you to host this room at present."))
    if is_guest(member):
        raise home_first()
    before = current.host_id
    current.host, current.asked_to_host = member, None
    current.save(update_fields=["host", "asked_to_host"])
    emit(HostChanged(room_id=current.pk, before_id=before, host_id=member.pk))


@transaction.atomic
def decline_hosting(member: Actor, *, room: Room) -> None:
    """Not now; nothing else follows from it."""
    current = held_for_member(member, room)
    if current.asked_to_host_id == member.pk:
        current.asked_to_host = None
        current.save(update_fields=["asked_to_host"])
        emit(RoomChanged(room_id=current.pk))


@transaction.atomic
def begin_hand_over(host: Actor, *, room: Room) -> None:
    """Begin the last round: each says what they take along, and the room ends or somebody else hosts it on.

    It begins by itself before the end (`begin_last_rounds`). In a room that rested until then it begins after it:
    nothing is said any more, but somebody else can host it on.
    """
    current = held_for_host(host, room)
    check_is_not_closed(current)
    _begin(current, began_by=host.pk)


def begin_last_rounds() -> int:
    """Begin the last round where the end is near, so that no room ends without one; returns how many.

    For the worker, by the clock. In a room that rests, nobody is asked anything.
    """
    now = clock.now()
    near = _to_hand_over().filter(ends_at__gt=now, ends_at__lte=now + rules.LAST_ROUND)
    due = [room for room in near if rules.last_round_at(opened_at=room.opened_at, ends_at=room.ends_at) <= now]
    return sum(_begin_by_itself(room) for room in due)


@transaction.atomic
def close_room(host: Actor, *, room: Room) -> None:
    """End it after the last round. Everybody in it can go on reading it.

    Raises:
        RoomQuiet: there was no last round yet.
    """
    current = held_for_host(host, room)
    check_is_not_closed(current)
    if current.hand_over_at is None:
        raise RoomQuiet(_("Begin the last round first."), hint=_("It gives each a chance to say what they take along."))
    current.closed_at = clock.now()
    current.code, current.code_until = "", None
    current.save(update_fields=["closed_at", "code", "code_until"])
    forget_about_page(current.path)
    emit(RoomClosed(room_id=current.pk))


@transaction.atomic
def carry_on(host: Actor, *, room: Room, weeks: int) -> None:
    """Give a room another end after it was handed over: its new host, never its founder on their own (promise 14).

    Raises:
        RoomQuiet: it was closed.
        Unfit: the founder still hosts it, there was no hand-over round, or the end is too far away.
    """
    current = held_for_host(host, room)
    check_is_not_closed(current)
    if current.hand_over_at is None or current.host_id == current.founder_id:
        raise Unfit(
            _("A room goes on when somebody else hosts it after the last round."),
            hint=_("Begin the last round, and ask somebody to host."),
        )
    current.ends_at, current.hand_over_at = end_after(weeks), None
    current.founder_id = current.host_id
    current.save(update_fields=["ends_at", "hand_over_at", "founder"])
    forget_about_page(current.path)
    emit(RoomChanged(room_id=current.pk))


def _to_hand_over() -> QuerySet[Room]:
    return Room.objects.filter(closed_at=None, hand_over_at=None, paused_at=None)


@transaction.atomic
def _begin_by_itself(room: Room) -> bool:
    current = held(room)
    is_due = _to_hand_over().filter(pk=room.pk, ends_at=room.ends_at).exists()
    if is_due:
        _begin(current)
    return is_due


def _begin(room: Room, *, began_by: int = 0) -> None:
    if room.hand_over_at is None:
        room.hand_over_at = clock.now()
        room.save(update_fields=["hand_over_at"])
        emit(LastRoundBegan(room_id=room.pk, began_by_id=began_by))
