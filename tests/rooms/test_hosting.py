"""Hosts change, rooms end, and the guide leaves (promise 14)."""

import datetime as dt
from collections.abc import Callable

import pytest

from speak.identity.models import Actor, Notification
from speak.kernel import clock
from speak.rooms.actions import (
    RoomWords,
    accept_hosting,
    ask_to_host,
    begin_hand_over,
    begin_last_rounds,
    begin_meeting,
    carry_on,
    change_room,
    close_room,
    decline_hosting,
    pause_room,
)
from speak.rooms.errors import HostOnly, NotInRoom, RoomQuiet, Unfit
from speak.rooms.models import Room
from speak.rooms.queries import room_for
from speak.voice.queries import posts_in_room
from speak.voice.queries.timelines import Window
from tests import makers
from tests.rooms.test_members import say

Deed = Callable[[], object]
pytestmark = pytest.mark.django_db


@pytest.fixture
def room(alice: Actor, bob: Actor) -> Room:
    """Alice opened it; bob came."""
    return makers.room(alice, bob)


def handed_over(room: Room, before: Actor, after: Actor) -> None:
    """Another hosts now."""
    ask_to_host(before, room=room, member=after)
    accept_hosting(after, room=room)


def test_after_the_hand_over_the_founder_is_a_member_like_all_others(room: Room, alice: Actor, bob: Actor) -> None:
    handed_over(room, alice, bob)
    deeds: list[Deed] = [
        lambda: change_room(alice, room=room, words=RoomWords("Mine", "To keep it.")),
        lambda: pause_room(alice, room=room),
        lambda: begin_meeting(alice, room=room),
        lambda: ask_to_host(alice, room=room, member=bob),
        lambda: begin_hand_over(alice, room=room),
        lambda: close_room(alice, room=room),
        lambda: carry_on(alice, room=room, weeks=4),
    ]
    for deed in deeds:
        with pytest.raises(HostOnly):
            deed()
    room.refresh_from_db()
    assert (room.host, room.name, room.paused_at, room.closed_at) == (bob, "Tuesday table", None, None)


def test_who_is_asked_to_host_hears_it_and_may_decline(room: Room, alice: Actor, bob: Actor) -> None:
    ask_to_host(alice, room=room, member=bob)
    told = Notification.objects.get(recipient=bob)
    assert (told.kind, told.leads_to) == ("host_asked", f"/rooms/{room.pk}/hand-over")
    decline_hosting(bob, room=room)
    with pytest.raises(Unfit):
        accept_hosting(bob, room=room)
    room.refresh_from_db()
    assert room.host == alice


def test_nobody_hosts_who_was_not_asked_or_is_not_in_it(room: Room, alice: Actor, bob: Actor, carol: Actor) -> None:
    with pytest.raises(Unfit):
        accept_hosting(bob, room=room)
    with pytest.raises(NotInRoom):
        ask_to_host(alice, room=room, member=carol)
    with pytest.raises(NotInRoom):
        accept_hosting(carol, room=room)


def test_a_room_closes_after_a_last_round_and_stays_readable(room: Room, alice: Actor, bob: Actor) -> None:
    said = say(bob, room)
    with pytest.raises(RoomQuiet):
        close_room(alice, room=room)
    begin_hand_over(alice, room=room)
    say(bob, room, "I take along that you listened.")
    close_room(alice, room=room)
    with pytest.raises(RoomQuiet):
        say(bob, room)
    assert said in posts_in_room(alice, room.pk, Window())
    assert room_for(bob, room.pk).closed_at is not None


def test_a_room_goes_on_with_another_host_only(room: Room, alice: Actor, bob: Actor) -> None:
    end = room.ends_at
    with pytest.raises(Unfit):
        carry_on(alice, room=room, weeks=12)
    begin_hand_over(alice, room=room)
    with pytest.raises(Unfit):
        carry_on(alice, room=room, weeks=12)
    handed_over(room, alice, bob)
    carry_on(bob, room=room, weeks=12)
    room.refresh_from_db()
    assert room.ends_at > end
    begin_hand_over(bob, room=room)
    with pytest.raises(Unfit):
        carry_on(bob, room=room, weeks=12)


# --- The end comes near ----------------------------------------------------------------------


def ends_in(room: Room, time: dt.timedelta) -> None:
    """So much of it is left."""
    Room.objects.filter(pk=room.pk).update(opened_at=clock.now() - dt.timedelta(weeks=12), ends_at=clock.now() + time)
    room.refresh_from_db()


def told_of_it(room: Room) -> list[Actor]:
    """Who heard that the last round began."""
    told = Notification.objects.filter(kind="last_round", leads_to=room.path).select_related("recipient")
    return [each.recipient for each in told.order_by("recipient")]


def test_a_week_before_the_end_the_last_round_begins_and_all_are_told_once(
    room: Room, alice: Actor, bob: Actor
) -> None:
    ends_in(room, dt.timedelta(days=7, minutes=1))
    assert (begin_last_rounds(), told_of_it(room)) == (0, [])
    ends_in(room, dt.timedelta(days=7))
    assert (begin_last_rounds(), begin_last_rounds()) == (1, 0)
    assert told_of_it(room) == [alice, bob]
    assert Notification.objects.filter(kind="last_round").count() == 2
    room.refresh_from_db()
    assert room.hand_over_at is not None
    say(bob, room, "I take along that you listened.")


def test_whoever_hosts_begins_it_earlier_and_tells_the_others(room: Room, alice: Actor, bob: Actor) -> None:
    begin_hand_over(alice, room=room)
    begin_hand_over(alice, room=room)
    assert told_of_it(room) == [bob]
    ends_in(room, dt.timedelta(days=1))
    assert begin_last_rounds() == 0
    handed_over(room, alice, bob)
    carry_on(bob, room=room, weeks=12)
    assert told_of_it(room) == []
    ends_in(room, dt.timedelta(days=1))
    assert begin_last_rounds() == 1
    assert told_of_it(room) == [alice, bob]


@pytest.mark.parametrize("is_so", [{"paused_at": "now"}, {"closed_at": "now"}])
def test_nobody_is_told_in_a_room_that_rests_or_is_closed(room: Room, is_so: dict[str, str]) -> None:
    ends_in(room, dt.timedelta(days=1))
    Room.objects.filter(pk=room.pk).update(**dict.fromkeys(is_so, clock.now()))
    assert (begin_last_rounds(), told_of_it(room)) == (0, [])


def test_a_room_that_reached_its_end_can_still_be_handed_over(room: Room, alice: Actor, bob: Actor) -> None:
    ends_in(room, -dt.timedelta(days=1))
    assert begin_last_rounds() == 0
    begin_hand_over(alice, room=room)
    with pytest.raises(RoomQuiet):
        say(bob, room)
    with pytest.raises(Unfit):
        carry_on(alice, room=room, weeks=4)
    handed_over(room, alice, bob)
    carry_on(bob, room=room, weeks=4)
    room.refresh_from_db()
    assert room.ends_at > clock.now() + dt.timedelta(weeks=4)
    say(alice, room, "There we are again.")


def test_a_room_that_reached_its_end_can_still_be_closed_and_then_it_is_for_good(
    room: Room, alice: Actor, bob: Actor
) -> None:
    ends_in(room, -dt.timedelta(days=1))
    begin_hand_over(alice, room=room)
    close_room(alice, room=room)
    handed_over(room, alice, bob)
    deeds: list[Deed] = [lambda: begin_hand_over(bob, room=room), lambda: carry_on(bob, room=room, weeks=4)]
    for deed in deeds:
        with pytest.raises(RoomQuiet):
            deed()
