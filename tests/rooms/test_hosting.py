"""Hosts change, rooms end, and the guide leaves (promise 14)."""

from collections.abc import Callable

import pytest

from speak.identity.models import Actor, Notification
from speak.rooms.actions import (
    RoomWords,
    accept_hosting,
    ask_to_host,
    begin_hand_over,
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
