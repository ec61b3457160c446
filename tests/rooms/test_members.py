"""Members are readers, readers are members (promise 8); coming and going takes nothing from others (promise 4)."""

import pytest

from speak.identity.models import Actor
from speak.rooms.actions import enter, leave_room, open_earlier
from speak.rooms.errors import NotInRoom, RoomFull
from speak.rooms.models import Room
from speak.rooms.queries import member_of, members_of
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.errors import WiderThanAnswered, WrongAudience
from speak.voice.models import Post
from speak.voice.queries import readable_by
from speak.voice.reach import Reach
from tests import makers

pytestmark = pytest.mark.django_db


def say(author: Actor, room: Room, source: str = "Good morning.") -> Post:
    """Something said in a room."""
    return publish_post(author, words=Words(source), audience=Audience(Reach.ROOM, room=room.pk))


def readers(post: Post, *cast: Actor) -> set[str]:
    """Those of the cast who can read a post."""
    return {actor.handle for actor in cast if readable_by(actor).filter(pk=post.pk).exists()}


def test_what_is_said_is_for_all_who_are_in_it(alice: Actor, bob: Actor, carol: Actor, dora: Actor) -> None:
    said = say(alice, makers.room(alice, bob))
    assert readers(said, alice, bob, carol, dora) == {"alice", "bob"}


@pytest.mark.parametrize("room_of", ["elsewhere", "nowhere"])
def test_nobody_speaks_in_a_room_they_are_not_in(alice: Actor, bob: Actor, carol: Actor, room_of: str) -> None:
    number = makers.room(alice, bob).pk if room_of == "elsewhere" else 0
    with pytest.raises((NotInRoom, WrongAudience)):
        publish_post(carol, words=Words("Hello?"), audience=Audience(Reach.ROOM, people=(alice, bob), room=number))


def test_who_comes_later_reads_what_is_said_from_then_on(alice: Actor, bob: Actor, carol: Actor) -> None:
    room = makers.room(alice, bob)
    before = say(alice, room)
    enter(carol, room=room, invited_by=alice)
    answer, after = makers.answer(bob, before), say(bob, room)
    assert readers(before, bob, carol) == {"bob"}
    assert readers(answer, alice, carol) == {"alice"}
    assert readers(after, alice, carol) == {"alice", "carol"}


def test_who_comes_later_reads_the_earlier_words_of_those_who_agree(alice: Actor, bob: Actor, carol: Actor) -> None:
    room = makers.room(alice, bob)
    of_alice, of_bob = say(alice, room), say(bob, room)
    below_bob, below_alice = makers.answer(alice, of_bob), makers.answer(bob, of_alice)
    open_earlier(alice, room=room, agrees=True)
    enter(carol, room=room, invited_by=alice)
    assert readers(of_alice, carol) == {"carol"}
    for closed in (of_bob, below_bob, below_alice):
        assert readers(closed, carol) == set()
    open_earlier(bob, room=room, agrees=True)
    for opened in (of_bob, below_bob, below_alice):
        assert readers(opened, carol) == {"carol"}


def test_who_agrees_no_more_keeps_later_words_from_those_who_come_then(alice: Actor, bob: Actor, carol: Actor) -> None:
    room = makers.room(alice, bob)
    open_earlier(alice, room=room, agrees=True)
    said = say(alice, room)
    open_earlier(alice, room=room, agrees=False)
    enter(carol, room=room, invited_by=bob)
    assert readers(said, bob, carol) == {"bob"}


def test_who_leaves_reads_nothing_but_their_own_and_takes_nothing_away(alice: Actor, bob: Actor, carol: Actor) -> None:
    room = makers.room(alice, bob, carol)
    of_alice, of_bob = say(alice, room), say(bob, room)
    leave_room(bob, room=room, takes_words=False)
    assert members_of(room) == [alice, carol]
    assert readers(of_alice, alice, bob, carol) == {"alice", "carol"}
    assert readers(of_bob, alice, bob, carol) == {"alice", "bob", "carol"}
    answer = makers.answer(carol, of_bob)
    assert readers(answer, alice, bob, carol) == {"alice", "carol"}
    with pytest.raises(NotInRoom):
        makers.answer(bob, of_bob)


def test_who_leaves_may_take_their_words_along(alice: Actor, bob: Actor) -> None:
    room = makers.room(alice, bob)
    of_alice, of_bob = say(alice, room), say(bob, room)
    leave_room(bob, room=room, takes_words=True)
    of_bob.refresh_from_db()
    assert (of_bob.html, of_bob.withdrawn_at is not None) == ("", True)
    assert readers(of_alice, alice) == {"alice"}


def test_who_comes_back_is_a_newcomer(alice: Actor, bob: Actor) -> None:
    room = makers.room(alice, bob)
    before = say(alice, room)
    leave_room(bob, room=room, takes_words=False)
    enter(bob, room=room, invited_by=alice)
    assert readers(before, bob) == set()
    assert member_of(bob, room).left_at is None


def test_a_room_takes_as_many_as_it_was_opened_for(alice: Actor, bob: Actor, carol: Actor) -> None:
    room = makers.room(alice, bob)
    Room.objects.filter(pk=room.pk).update(cap=2)
    with pytest.raises(RoomFull):
        enter(carol, room=room, invited_by=alice)
    leave_room(bob, room=room, takes_words=False)
    enter(carol, room=room, invited_by=alice)
    assert members_of(room) == [alice, carol]


def test_a_host_who_leaves_hands_over_to_whoever_was_there_longest(alice: Actor, bob: Actor, carol: Actor) -> None:
    room = makers.room(alice, bob, carol)
    leave_room(alice, room=room, takes_words=False)
    room.refresh_from_db()
    assert room.host == bob
    leave_room(bob, room=room, takes_words=False)
    leave_room(carol, room=room, takes_words=False)
    room.refresh_from_db()
    assert room.closed_at is not None


@pytest.mark.parametrize("reach", [Reach.HERE, Reach.FOLLOWERS, Reach.QUIET, Reach.PUBLIC])
def test_no_answer_leaves_the_room_unless_its_author_knows(
    alice: Actor, bob: Actor, carol: Actor, reach: Reach
) -> None:
    said = say(alice, makers.room(alice, bob))
    with pytest.raises(WiderThanAnswered):
        makers.answer(bob, said, audience=Audience(reach))
    answer = makers.answer(bob, said, audience=Audience(reach, is_knowingly_wider=True))
    assert answer.room == 0
    assert readers(said, carol) == set()


def test_no_answer_moves_to_another_room_by_itself(alice: Actor, bob: Actor, carol: Actor) -> None:
    said = say(alice, makers.room(alice, bob))
    other = makers.room(bob, carol)
    with pytest.raises(WiderThanAnswered):
        makers.answer(bob, said, audience=Audience(Reach.ROOM, room=other.pk))


def test_no_organisation_says_anything(alice: Actor) -> None:
    Actor.objects.filter(pk=alice.pk).update(kind="Organization")
    alice.refresh_from_db()
    room = makers.room(alice)
    for audience in (Audience(Reach.PUBLIC), Audience(Reach.ROOM, room=room.pk)):
        with pytest.raises(Exception, match="a group or an organisation has none"):
            publish_post(alice, words=Words("We are delighted."), audience=audience)
    assert not Post.objects.exists()
