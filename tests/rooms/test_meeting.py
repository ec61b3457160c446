"""A meeting: who may begin one, what opens to the room, who comes in, and what a name becomes."""

import datetime as dt
import re

import pytest

from speak.identity.errors import HandleTaken
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import Invalid
from speak.rooms.actions import (
    begin_meeting,
    claim_home,
    close_room,
    draw_groups,
    end_meeting,
    join_meeting,
    pause_room,
    show_place,
)
from speak.rooms.actions.hosting import accept_hosting, ask_to_host, begin_hand_over
from speak.rooms.codes import new_code, words
from speak.rooms.errors import GoFirst, HostOnly, NotInRoom, RoomFull, RoomQuiet, Unfit
from speak.rooms.models import Guest, Room
from speak.rooms.queries import (
    entries_of,
    groups_in,
    is_guest,
    is_meeting,
    member_of,
    members_of,
    opened_in,
    posts_for_screen,
    room_by_code,
    step_shown_in,
)
from tests import makers
from tests.rooms.meeting import begun, prepared, say, show

pytestmark = pytest.mark.django_db


def test_a_host_who_has_spoken_begins_a_meeting_and_people_come_in_by_its_words(alice: Actor) -> None:
    room = begin_meeting(alice, room=prepared(alice))
    assert re.fullmatch(r"[a-z]+-[a-z]+-[a-z]+", room.code)
    assert is_meeting(room)
    nadia = join_meeting(room.code, name="Nadia Amari", is_shown=True)
    assert members_of(room) == [alice, nadia]
    assert (nadia.called, nadia.handle, is_guest(nadia)) == ("Nadia Amari", "nadia_amari", True)
    assert member_of(nadia, room).invited_by == alice
    assert member_of(nadia, room).is_shown


def test_promise_2_nobody_begins_a_meeting_who_has_not_spoken(alice: Actor) -> None:
    room = makers.room(alice)
    with pytest.raises(GoFirst) as refused:
        begin_meeting(alice, room=room)
    assert "Say something in a room first." in refused.value.hint
    assert not is_meeting(Room.objects.get(pk=room.pk))


def test_promise_2_nobody_begins_a_meeting_who_has_left_somebody_unanswered(alice: Actor, bob: Actor) -> None:
    room = prepared(alice, bob)
    said = say(bob, room)
    with pytest.raises(GoFirst):
        begin_meeting(alice, room=room)
    makers.answer(alice, said)
    assert begin_meeting(alice, room=room).code


def test_only_the_host_begins_shows_draws_and_ends(alice: Actor, bob: Actor) -> None:
    room = begun(alice, bob)
    for act in (
        lambda: begin_meeting(bob, room=room),
        lambda: end_meeting(bob, room=room),
        lambda: show_place(bob, room=room, place=0),
        lambda: draw_groups(bob, room=room, size=2),
    ):
        with pytest.raises(HostOnly):
            act()


def test_promise_2_a_step_opens_to_the_room_once_its_host_has_done_it(alice: Actor) -> None:
    room = begun(alice)
    with pytest.raises(GoFirst) as refused:
        show_place(alice, room=room, place=0)
    assert "A wary round" in refused.value.hint
    assert step_shown_in(room) is None
    show(alice, room, 0)
    room.refresh_from_db()
    assert step_shown_in(room) == entries_of(room)[0]
    assert [opening.practice for opening in opened_in(room)] == ["a-wary-round"]


def test_what_one_host_opened_the_next_can_show_again(alice: Actor, bob: Actor) -> None:
    room = begun(alice, bob)
    show(alice, room, 0)
    show(alice, room, 1)
    ask_to_host(alice, room=room, member=bob)
    accept_hosting(bob, room=room)
    show_place(bob, room=room, place=0)
    with pytest.raises(GoFirst):
        show_place(bob, room=room, place=2)
    with pytest.raises(HostOnly):
        show_place(alice, room=room, place=1)


@pytest.mark.parametrize("place", [-1, 3, 99])
def test_there_is_no_step_before_the_first_or_after_the_last(alice: Actor, place: int) -> None:
    room = begun(alice)
    with pytest.raises(Unfit):
        show_place(alice, room=room, place=place)


@pytest.mark.parametrize("typed", ["{}", "{0}  ", " {0}", "“{}”"])
def test_the_words_open_however_they_are_typed(alice: Actor, typed: str) -> None:
    room = begun(alice)
    for spoken in (room.code, room.code.upper(), room.code.replace("-", " "), room.code.replace("-", "   ")):
        assert room_by_code(typed.format(spoken)) == room


@pytest.mark.parametrize("spoken", ["", " ", "-", "no-such-words", "\0", "9" * 200, "%", "тихо-тихо-тихо"])
def test_other_words_open_nothing(alice: Actor, spoken: str) -> None:
    begun(alice)
    with pytest.raises(NotInRoom):
        room_by_code(spoken)


def test_a_code_is_three_words_that_nobody_else_has() -> None:
    assert all(re.fullmatch(r"[a-z]{3,}", word) for word in words())
    assert len(set(words())) == len(words())
    code = new_code(set())
    assert code.count("-") == 2
    assert new_code({code}) != code


def test_a_meeting_ends_by_hand_by_itself_and_with_its_room(alice: Actor) -> None:
    room = begun(alice)
    code = room.code
    end_meeting(alice, room=room)
    with pytest.raises(NotInRoom):
        room_by_code(code)
    room = begin_meeting(alice, room=room)
    assert room.code != code
    Room.objects.filter(pk=room.pk).update(code_until=clock.now() - dt.timedelta(seconds=1))
    with pytest.raises(NotInRoom):
        join_meeting(room.code, name="Late", is_shown=False)
    room = begin_meeting(alice, room=room)
    begin_hand_over(alice, room=room)
    close_room(alice, room=room)
    with pytest.raises(NotInRoom):
        join_meeting(room.code or "gone", name="Later", is_shown=False)
    assert not Guest.objects.exists()


def test_no_meeting_begins_in_a_room_that_rests(alice: Actor) -> None:
    room = prepared(alice)
    pause_room(alice, room=room)
    with pytest.raises(RoomQuiet):
        begin_meeting(alice, room=room)


def test_a_full_room_takes_nobody_and_leaves_no_trace(alice: Actor, bob: Actor) -> None:
    room = begun(alice, bob)
    makers.answer(alice, say(bob, room))
    Room.objects.filter(pk=room.pk).update(cap=2)
    before = Actor.objects.count()
    with pytest.raises(RoomFull):
        join_meeting(room.code, name="Nadia", is_shown=False)
    assert Actor.objects.count() == before
    assert join_meeting(room.code, name="", is_shown=False, actor=bob) == bob


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Ana María", "ana_maria"),
        ("陳大文", "guest"),
        ("Admin", "admin_"),
        ("bob", "bob_"),
        ("!", "guest"),
        ("x" * 90, "x" * 20),
    ],
)
def test_every_name_finds_a_handle(alice: Actor, bob: Actor, name: str, handle: str) -> None:
    room = begun(alice)
    newcomer = join_meeting(room.code, name=f"  {name} ", is_shown=False)
    assert newcomer.called == name
    assert newcomer.handle.startswith(handle)
    assert newcomer.user is not None
    assert not newcomer.user.has_usable_password()


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_without_a_name_nobody_comes_in(alice: Actor, name: str) -> None:
    room = begun(alice)
    with pytest.raises(Unfit):
        join_meeting(room.code, name=name, is_shown=False)
    assert members_of(room) == [alice]


def test_two_of_one_name_both_come_in(alice: Actor) -> None:
    room = begun(alice)
    handles = {join_meeting(room.code, name="Sam", is_shown=False).handle for _ in range(3)}
    assert len(handles) == 3


def test_the_screen_shows_the_words_of_those_who_agreed_and_nobody_else(alice: Actor) -> None:
    room = begun(alice)
    shown = join_meeting(room.code, name="Nadia", is_shown=True)
    hidden = join_meeting(room.code, name="Ola", is_shown=False)
    said = [say(shown, room, "Seen."), say(hidden, room, "Unseen."), say(shown, room, "Seen too.")]
    assert posts_for_screen(alice, room, after=0) == [said[0], said[2]]
    assert posts_for_screen(alice, room, after=said[0].pk) == [said[2]]


def test_the_screen_shows_the_latest_where_much_was_said(alice: Actor) -> None:
    room = begun(alice)
    nadia = join_meeting(room.code, name="Nadia", is_shown=True)
    said = [say(nadia, room, f"Word {number}") for number in range(32)]
    assert posts_for_screen(alice, room, after=0) == said[2:]


def test_the_last_drawing_for_a_step_stands(alice: Actor, bob: Actor, carol: Actor) -> None:
    room = prepared(alice, bob, carol)
    assert groups_in(room, practice="a-wary-round") == []
    draw_groups(alice, room=room, size=2, practice="a-wary-round")
    draw_groups(alice, room=room, size=3, practice="a-wary-round")
    assert groups_in(room, practice="a-wary-round") == [[alice, bob, carol]]
    assert groups_in(room, practice="a-sentence") == []


def test_a_name_becomes_a_home_once_and_keeps_its_words(alice: Actor) -> None:
    room = begun(alice)
    guest = join_meeting(room.code, name="Nadia", is_shown=False)
    said = say(guest, room)
    with pytest.raises(HandleTaken):
        claim_home(guest, handle="alice", password="green bicycle under rain")
    with pytest.raises(Invalid):
        claim_home(guest, handle="nadia", password="short")
    assert is_guest(guest)
    home = claim_home(guest, handle="Nadia_A", password="green bicycle under rain")
    assert (home.handle, is_guest(home), said.author_id) == ("Nadia_A", False, home.pk)
    assert members_of(room) == [alice, home]
    with pytest.raises(Unfit):
        claim_home(home, handle="another", password="green bicycle under rain")
