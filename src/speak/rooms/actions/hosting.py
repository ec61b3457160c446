"""Hosts change, and rooms end: the guide leaves (promise 14)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.events import emit
from speak.rooms import rules
from speak.rooms.actions.held import check_goes_on, held_for_host, held_for_member
from speak.rooms.errors import NotInRoom, RoomQuiet, Unfit
from speak.rooms.events import HostAsked, HostChanged, RoomChanged, RoomClosed
from speak.rooms.models import Membership, Room


@transaction.atomic
def ask_to_host(host: Actor, *, room: Room, member: Actor) -> None:
    """Ask a member to host from now on. Nothing changes until they accept.

    Raises:
        NotInRoom: they are not in the room.
    """
    current = held_for_host(host, room)
    is_member = Membership.objects.filter(room=current, actor=member, left_at=None).exists()
    if not is_member or member.pk == host.pk:
        raise NotInRoom(_("Only somebody else who is in this room can host it."))
    current.asked_to_host = member
    current.save(update_fields=["asked_to_host"])
    emit(HostAsked(room_id=current.pk, actor_id=member.pk))


@transaction.atomic
def accept_hosting(member: Actor, *, room: Room) -> None:
    """Host from now on. Whoever did until now has a member's rights, founder or not (promise 14)."""
    current = held_for_member(member, room)
    if current.asked_to_host_id != member.pk:
        raise Unfit(_("Nobody asks you to host this room at present."))
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
    """Begin the last round: each says what they take along, and the room ends or somebody else hosts it on."""
    current = held_for_host(host, room)
    check_goes_on(current)
    current.hand_over_at = current.hand_over_at or clock.now()
    current.save(update_fields=["hand_over_at"])
    emit(RoomChanged(room_id=current.pk))


@transaction.atomic
def close_room(host: Actor, *, room: Room) -> None:
    """End it after the last round. Everybody in it can go on reading it.

    Raises:
        RoomQuiet: there was no last round yet.
    """
    current = held_for_host(host, room)
    check_goes_on(current)
    if current.hand_over_at is None:
        raise RoomQuiet(_("Begin the last round first."), hint=_("It gives each a chance to say what they take along."))
    current.closed_at = clock.now()
    current.code, current.code_until = "", None
    current.save(update_fields=["closed_at", "code", "code_until"])
    emit(RoomClosed(room_id=current.pk))


@transaction.atomic
def carry_on(host: Actor, *, room: Room, weeks: int) -> None:
    """Give a room another end after it was handed over: its new host, never its founder on their own (promise 14).

    Raises:
        Unfit: the founder still hosts it, there was no hand-over round, or the end is too far away.
    """
    current = held_for_host(host, room)
    if current.closed_at or current.hand_over_at is None or current.host_id == current.founder_id:
        raise Unfit(
            _("A room goes on when somebody else hosts it after the last round."),
            hint=_("Begin the last round, and ask somebody to host."),
        )
    if not 1 <= weeks <= rules.MOST_WEEKS:
        raise Unfit(
            ngettext(
                "A room ends after 1 to %(most)d week.", "A room ends after 1 to %(most)d weeks.", rules.MOST_WEEKS
            )
            % {"most": rules.MOST_WEEKS}
        )
    current.ends_at, current.hand_over_at = clock.now() + dt.timedelta(weeks=weeks), None
    current.founder_id = current.host_id
    current.save(update_fields=["ends_at", "hand_over_at", "founder"])
    emit(RoomChanged(room_id=current.pk))
