"""People who came with a name only: they host nothing, and keep no seat from others that they do not sit in."""

import datetime as dt

import pytest

from speak.identity.models import Actor
from speak.kernel import clock
from speak.rooms.actions import (
    accept_hosting,
    ask_to_host,
    begin_meeting,
    claim_home,
    end_meeting,
    enter,
    join_meeting,
    leave_room,
)
from speak.rooms.errors import GoFirst, RoomFull, Unfit
from speak.rooms.models import Membership, Room
from speak.rooms.queries import has_place, members_of, rooms_of
from tests import makers
from tests.rooms.meeting import begun, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(alice: Actor) -> Room:
    """A meeting goes on in it; it is for three."""
    made = begun(alice)
    made.cap = 3
    made.save()
    return made


def comes(room: Room, name: str) -> Actor:
    """Somebody with a name and nothing else."""
    return join_meeting(room.code, name=name, is_shown=False)


def claims(guest: Actor) -> Actor:
    """They make it their home."""
    return claim_home(guest, handle=f"{guest.handle}_at_home", password=makers.PASSWORD)


def test_whoever_has_a_name_only_is_not_asked_to_host(room: Room, alice: Actor) -> None:
    ben = comes(room, "Ben")
    with pytest.raises(Unfit):
        ask_to_host(alice, room=room, member=ben)
    Room.objects.filter(pk=room.pk).update(asked_to_host=ben)
    with pytest.raises(GoFirst):
        accept_hosting(ben, room=room)
    ask_to_host(alice, room=room, member=claims(ben))
    accept_hosting(ben, room=room)
    room.refresh_from_db()
    assert room.host == ben


def test_a_room_passes_by_a_name_to_whoever_has_a_home(room: Room, alice: Actor, bob: Actor) -> None:
    comes(room, "Ben")
    enter(bob, room=room, invited_by=alice)
    leave_room(alice, room=room, takes_words=False)
    room.refresh_from_db()
    assert (room.host, room.closed_at) == (bob, None)


def test_where_only_names_are_left_the_room_closes_and_stays_readable(room: Room, alice: Actor) -> None:
    ben = comes(room, "Ben")
    leave_room(alice, room=room, takes_words=False)
    room.refresh_from_db()
    assert room.closed_at is not None
    assert list(rooms_of(ben)) == [room]


def test_a_silent_name_keeps_its_seat_while_the_meeting_goes_on(room: Room, alice: Actor) -> None:
    comes(room, "Ben")
    comes(room, "Ben")
    with pytest.raises(RoomFull):
        comes(room, "Nadia")


@pytest.mark.parametrize("over", ["ended", "the next one"])
def test_after_the_meeting_its_seat_goes_to_whoever_comes_and_only_as_many_as_needed(
    room: Room, alice: Actor, bob: Actor, over: str
) -> None:
    first, second = comes(room, "Ben"), comes(room, "Ben")
    if over == "ended":
        end_meeting(alice, room=room)
        enter(bob, room=room, invited_by=alice)
    else:
        Membership.objects.filter(room=room).update(joined_at=clock.now() - dt.timedelta(days=7))
        begin_meeting(alice, room=room)
        join_meeting(room.code, name="", is_shown=False, actor=bob)
    assert set(members_of(room)) == {alice, second, bob}
    room.refresh_from_db()
    assert has_place(room), "the other silent one goes next"
    said = say(alice, room)
    assert not said.readers.filter(actor=first).exists()


@pytest.mark.parametrize("did", ["spoke", "claimed"])
def test_who_spoke_or_made_it_their_home_keeps_the_seat(room: Room, alice: Actor, bob: Actor, did: str) -> None:
    for name in ("Ben", "Nadia"):
        guest = comes(room, name)
        if did == "spoke":
            say(guest, room)
        else:
            claims(guest)
    end_meeting(alice, room=room)
    assert not has_place(room)
    with pytest.raises(RoomFull):
        enter(bob, room=room, invited_by=alice)
