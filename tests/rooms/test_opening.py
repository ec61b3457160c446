"""Opening a room: who asks goes first (promise 2), and every room has an end (promise 14)."""

import datetime as dt

import pytest

from speak.identity.actions import ProfileWords, let_run_server, write_profile
from speak.identity.models import Actor
from speak.kernel import clock
from speak.rooms.actions import RoomWords, change_room, leave_room, open_room, pause_room, resume_room
from speak.rooms.errors import GoFirst, HostOnly, NotInRoom, RoomQuiet, Unfit
from speak.rooms.models import Room
from speak.rooms.queries import members_of, room_for, rooms_of
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.reach import Reach
from tests import makers

pytestmark = pytest.mark.django_db
TABLE = RoomWords("Tuesday table", "To say what we think.")


@pytest.fixture
def known(alice: Actor, bob: Actor) -> None:
    """Both say on their profiles what they are about."""
    for actor in (alice, bob):
        write_profile(actor, words=ProfileWords(name=actor.name, aim="To be heard."))


@pytest.mark.usefixtures("known")
def test_the_first_room_is_opened_by_whoever_has_a_profile(alice: Actor) -> None:
    room = open_room(alice, words=TABLE)
    assert (room.host, room.founder, room.cap) == (alice, alice, 8)
    assert members_of(room) == [alice]
    assert room.ends_at - room.opened_at >= dt.timedelta(weeks=12)
    assert room.ends_at.date() == room.opened_at.date() + dt.timedelta(weeks=12)
    assert (room.ends_at.hour, room.ends_at.minute) == (23, 59), "as the day is over"


def test_nobody_opens_a_room_without_saying_who_they_are(alice: Actor) -> None:
    with pytest.raises(GoFirst) as refused:
        open_room(alice, words=TABLE)
    assert "profile" in refused.value.hint
    assert not Room.objects.exists()


@pytest.mark.usefixtures("known")
def test_nobody_opens_a_second_room_who_has_not_spoken_and_answered_in_one(alice: Actor, bob: Actor) -> None:
    room = makers.room(alice, bob)
    with pytest.raises(GoFirst) as refused:
        open_room(bob, words=TABLE)
    assert refused.value.hint == "Say something in a room first. Answer somebody in a room first."
    publish_post(bob, words=Words("Here I am."), audience=Audience(Reach.ROOM, room=room.pk))
    with pytest.raises(GoFirst) as refused:
        open_room(bob, words=TABLE)
    assert refused.value.hint == "Answer somebody in a room first."
    said = publish_post(alice, words=Words("Welcome."), audience=Audience(Reach.ROOM, room=room.pk))
    makers.answer(bob, said)
    assert open_room(bob, words=TABLE).host == bob


@pytest.mark.usefixtures("known")
def test_a_first_room_that_was_left_or_ended_keeps_nobody_from_opening_one(alice: Actor, bob: Actor) -> None:
    left = open_room(alice, words=TABLE)
    with pytest.raises(GoFirst):
        open_room(bob, words=TABLE)
    leave_room(alice, room=left, takes_words=False)
    ended = open_room(bob, words=TABLE)
    with pytest.raises(GoFirst):
        open_room(alice, words=TABLE)
    Room.objects.filter(pk=ended.pk).update(ends_at=clock.now())
    assert open_room(alice, words=TABLE).host == alice


@pytest.mark.usefixtures("known")
def test_words_outside_a_room_do_not_count(alice: Actor, bob: Actor) -> None:
    makers.room(alice)
    makers.answer(bob, makers.post(alice))
    with pytest.raises(GoFirst):
        open_room(bob, words=TABLE)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("words", "cap", "weeks"),
    [
        (RoomWords("", "Why."), 8, 12),
        (RoomWords("Name", " "), 8, 12),
        (RoomWords("x" * 101, "Why."), 8, 12),
        (TABLE, 1, 12),
        (TABLE, 13, 12),
        (TABLE, 8, 0),
        (TABLE, 8, 27),
    ],
)
def test_a_room_has_a_name_a_purpose_a_cap_and_an_end(alice: Actor, words: RoomWords, cap: int, weeks: int) -> None:
    with pytest.raises(Unfit):
        open_room(alice, words=words, cap=cap, weeks=weeks)
    assert not Room.objects.exists()


def test_nobody_outside_finds_a_room_whoever_they_are(alice: Actor, bob: Actor, carol: Actor) -> None:
    room = makers.room(alice, bob)
    let_run_server(carol)
    assert room_for(bob, room.pk) == room
    for viewer in (carol, None):
        with pytest.raises(NotInRoom):
            room_for(viewer, room.pk)
    assert not rooms_of(carol).exists()


def test_only_its_host_renames_it_and_lets_it_rest(alice: Actor, bob: Actor, carol: Actor) -> None:
    room = makers.room(alice, bob)
    assert change_room(alice, room=room, words=RoomWords("Kitchen", "To  go on.")).purpose == "To go on."
    for change in (pause_room, resume_room):
        with pytest.raises(HostOnly):
            change(bob, room=room)
        with pytest.raises(NotInRoom):
            change(carol, room=room)


def test_a_host_makes_a_room_larger_and_never_smaller_than_those_in_it(alice: Actor, bob: Actor, carol: Actor) -> None:
    room = makers.room(alice, bob, carol)
    words = RoomWords(room.name, room.purpose)
    assert change_room(alice, room=room, words=words, cap=12).cap == 12
    assert change_room(alice, room=room, words=words, cap=3).cap == 3
    assert change_room(alice, room=room, words=words).cap == 3
    for cap in (2, 1, 13):
        with pytest.raises(Unfit):
            change_room(alice, room=room, words=words, cap=cap)
    assert room_for(alice, room.pk).cap == 3


def test_nothing_is_said_while_a_room_rests_and_again_when_it_goes_on(alice: Actor, bob: Actor) -> None:
    room = makers.room(alice, bob)
    audience = Audience(Reach.ROOM, room=room.pk)
    said = publish_post(alice, words=Words("Good night."), audience=audience)
    pause_room(alice, room=room)
    with pytest.raises(RoomQuiet):
        publish_post(bob, words=Words("Are you there?"), audience=audience)
    with pytest.raises(RoomQuiet):
        makers.answer(bob, said)
    resume_room(alice, room=room)
    assert publish_post(bob, words=Words("Are you there?"), audience=audience).room == room.pk


def test_nothing_is_said_after_the_end(alice: Actor, bob: Actor) -> None:
    room = makers.room(alice, bob)
    Room.objects.filter(pk=room.pk).update(ends_at=clock.now())
    with pytest.raises(RoomQuiet):
        publish_post(bob, words=Words("Too late."), audience=Audience(Reach.ROOM, room=room.pk))
