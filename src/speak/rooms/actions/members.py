"""Coming into a room, and leaving it."""

from django.db import transaction
from django.utils.translation import gettext as _

from speak.identity.actions import forget_about_page
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.events import emit
from speak.rooms import rules
from speak.rooms.actions.held import check_goes_on, held, held_for_member
from speak.rooms.errors import RoomFull
from speak.rooms.events import HostChanged, RoomClosed, RoomEntered, RoomLeft
from speak.rooms.models import Membership, Room
from speak.rooms.queries import guests_in, has_place, memberships_of, seats_to_free
from speak.voice.actions import let_read_earlier, stop_reading, withdraw_post
from speak.voice.queries import said_by_people_in_room


@transaction.atomic
def enter(actor: Actor, *, room: Room, invited_by: Actor | None, is_shown: bool = False) -> Membership:
    """Let somebody in who was asked or opened the room; they read what is said from now on.

    What was said before opens to them where its author agreed (promise 4).

    Raises:
        RoomFull: there is no place.
        RoomQuiet: the room has ended.
    """
    current = held(room)
    check_goes_on(current)
    membership = Membership.objects.filter(room=current, actor=actor).first()
    if membership and membership.left_at is None:
        return membership
    _make_place(current)
    if membership is None:
        membership = Membership(room=current, actor=actor)
    membership.joined_at, membership.left_at = clock.now(), None
    membership.invited_by, membership.is_shown, membership.opens_earlier = invited_by, is_shown, False
    membership.save()
    _open_what_was_agreed(current)
    emit(RoomEntered(room_id=current.pk, actor_id=actor.pk))
    return membership


def check_has_place(room: Room) -> None:
    """Refuse where as many are in a room as there is room for.

    Raises:
        RoomFull: there is no place.
    """
    if not has_place(room):
        raise RoomFull(_("This room is full."), hint=_("Ask whoever hosts it to open another one."))


@transaction.atomic
def leave_room(actor: Actor, *, room: Room, takes_words: bool) -> None:
    """Leave, at any hour. Nothing is taken from others; one's own words go or stay as one chooses.

    Whoever leaves reads nothing in the room any more but their own words. A host's rights pass to
    whoever has a home here and has been there longest; with the last of them the room closes.
    """
    current = held_for_member(actor, room)
    if takes_words:
        for post in said_by_people_in_room(current.pk).filter(author=actor, withdrawn_at=None):
            withdraw_post(actor, post=post)
    _go(current, actor)


@transaction.atomic
def open_earlier(actor: Actor, *, room: Room, agrees: bool) -> None:
    """Agree that whoever comes later may read what one says here; or agree no more, for those who come from now on."""
    current = held_for_member(actor, room)
    Membership.objects.filter(room=current, actor=actor).update(opens_earlier=agrees)
    if agrees:
        _open_what_was_agreed(current)


@transaction.atomic
def agree_to_be_shown(actor: Actor, *, room: Room, agrees: bool) -> None:
    """Agree that one's words appear on the shared screen; or agree no more."""
    current = held_for_member(actor, room)
    Membership.objects.filter(room=current, actor=actor).update(is_shown=agrees)


def _make_place(room: Room) -> None:
    """Let go of seats that nobody sits in any more, as many as are needed. The caller holds the room."""
    check_has_place(room)
    too_many = memberships_of(room).count() - room.cap + 1
    if too_many > 0:
        for seat in seats_to_free(room)[:too_many]:
            _go(room, seat.actor)


def _go(current: Room, actor: Actor) -> None:
    """Somebody is not in a room any more, which the caller holds."""
    Membership.objects.filter(room=current, actor=actor).update(left_at=clock.now(), opens_earlier=False)
    stop_reading(actor, room=current.pk)
    forget_about_page(current.path, recipient=actor)
    if current.asked_to_host_id == actor.pk:
        current.asked_to_host = None
    emit(RoomLeft(room_id=current.pk, actor_id=actor.pk))
    if current.host_id == actor.pk:
        _pass_on(current, leaving=actor)
    current.save()


def _open_what_was_agreed(room: Room) -> None:
    within = list(memberships_of(room))
    members = {membership.actor_id for membership in within}
    consenting = {membership.actor_id for membership in within if membership.opens_earlier}
    if consenting:
        let_read_earlier(
            room.pk,
            to_add=lambda said, readers: rules.readers_to_add(said, readers, consenting=consenting, members=members),
        )


def _pass_on(room: Room, *, leaving: Actor) -> None:
    within = [membership.actor_id for membership in memberships_of(room)]
    following = rules.next_host(within, leaving=leaving.pk, guests=guests_in(room))
    if following is None:
        room.closed_at = room.closed_at or clock.now()
        emit(RoomClosed(room_id=room.pk))
        return
    room.host_id = following
    emit(HostChanged(room_id=room.pk, before_id=leaving.pk, host_id=following))
