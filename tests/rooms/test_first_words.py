"""First words are answered by a person: the inviter is asked, privately and once; after a day, the host."""

import datetime as dt

import pytest

from speak.identity.actions import block, join, make_join_link
from speak.identity.models import Actor, Notification, NotificationKind
from speak.kernel import clock
from speak.rooms.actions import ask_hosts, enter
from speak.rooms.models import FirstWords, Room
from speak.rooms.queries import asked_to_answer, waiting_for
from speak.voice.actions import Words, let_rest, publish_post, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Wants
from speak.voice.reach import Reach
from tests import makers
from tests.rooms.test_members import say

pytestmark = pytest.mark.django_db
ASKED = NotificationKind.FIRST_WORDS


@pytest.fixture
def room(alice: Actor, bob: Actor, carol: Actor) -> Room:
    """Alice hosts it; carol came because bob asked her."""
    made = makers.room(alice, bob)
    enter(carol, room=made, invited_by=bob)
    return made


def a_day_passes() -> None:
    """First words are a day older."""
    FirstWords.objects.update(said_at=clock.now() - dt.timedelta(days=1))


def told(actor: Actor) -> int:
    """How often somebody was asked."""
    return Notification.objects.filter(recipient=actor, kind=ASKED).count()


def test_the_inviter_is_asked_and_nobody_else(room: Room, alice: Actor, bob: Actor, carol: Actor) -> None:
    said = say(carol, room)
    assert asked_to_answer(bob) == [said]
    assert (told(bob), told(alice), asked_to_answer(alice)) == (1, 0, [])


def test_only_the_first_words_ask(room: Room, bob: Actor, carol: Actor) -> None:
    first = say(carol, room)
    say(carol, room, "And another thing.")
    assert asked_to_answer(bob) == [first]
    assert told(bob) == 1


def test_after_a_day_the_host_is_asked_once(room: Room, alice: Actor, carol: Actor) -> None:
    said = say(carol, room)
    assert ask_hosts() == 0
    a_day_passes()
    assert ask_hosts() == 1
    assert ask_hosts() == 0
    assert asked_to_answer(alice) == [said]
    assert told(alice) == 1


def test_an_answer_by_anybody_ends_it(room: Room, alice: Actor, bob: Actor, carol: Actor) -> None:
    said = say(carol, room)
    makers.answer(carol, said, "I mean it.")
    assert asked_to_answer(bob) == [said]
    makers.answer(alice, said)
    a_day_passes()
    assert ask_hosts() == 0
    assert (asked_to_answer(bob), asked_to_answer(alice), told(bob)) == ([], [], 0)


def test_an_answer_by_a_machine_does_not(room: Room, alice: Actor, bob: Actor, carol: Actor) -> None:
    said = say(carol, room)
    Actor.objects.filter(pk=alice.pk).update(kind="Service")
    makers.answer(Actor.objects.get(pk=alice.pk), said)
    assert asked_to_answer(bob) == [said]


def test_they_stand_before_all_others_who_wait(room: Room, alice: Actor, bob: Actor, carol: Actor) -> None:
    earlier = makers.answer(alice, say(bob, room))
    first = say(carol, room)
    assert waiting_for(bob) == [first, earlier]


def test_who_wants_no_answer_summons_nobody(room: Room, bob: Actor, carol: Actor) -> None:
    words = Words("Only this.", wants=Wants.NONE)
    publish_post(carol, words=words, audience=Audience(Reach.ROOM, room=room.pk))
    assert asked_to_answer(bob) == []
    assert not FirstWords.objects.filter(author=carol).exists()


def test_whoever_is_asked_may_let_it_rest(room: Room, bob: Actor, carol: Actor) -> None:
    said = say(carol, room)
    let_rest(bob, post=said)
    assert asked_to_answer(bob) == []


def test_a_host_answers_for_an_inviter_who_cannot_read_them(room: Room, alice: Actor, bob: Actor, carol: Actor) -> None:
    block(carol, blocked=bob)
    said = say(carol, room)
    assert (asked_to_answer(bob), told(bob)) == ([], 0)
    assert asked_to_answer(alice) == [said]


def test_what_was_taken_back_asks_nobody(room: Room, alice: Actor, bob: Actor, carol: Actor) -> None:
    withdraw_post(carol, post=say(carol, room))
    a_day_passes()
    ask_hosts()
    assert (asked_to_answer(bob), asked_to_answer(alice), told(bob), told(alice)) == ([], [], 0, 0)


def test_the_first_words_of_who_came_by_a_link_ask_whoever_gave_it(alice: Actor) -> None:
    token = make_join_link(alice).rpartition("/")[2]
    erin = join(token, handle="erin", name="Erin", password=makers.PASSWORD)
    said = makers.post(erin, reach=Reach.HERE)
    assert asked_to_answer(alice) == [said]
