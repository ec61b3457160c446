"""Who is told what about posts."""

import datetime as dt

import pytest

from speak.identity.actions import block, follow, mark_seen, mute
from speak.identity.models import Actor, Notification
from speak.identity.queries import has_unseen, notifications_of
from speak.kernel import clock
from speak.voice.actions import (
    Words,
    boost,
    edit_post,
    like,
    receive_withdrawal,
    unboost,
    unlike,
    withdraw_post,
)
from speak.voice.models import Reach
from tests import makers


def told(recipient: Actor) -> list[tuple[str, str]]:
    """What somebody was told, and about whom, newest first."""
    return [(str(row.kind), row.about.handle) for row in notifications_of(recipient)]


def test_whoever_is_answered_called_thanked_or_passed_on_hears_of_it(alice: Actor, bob: Actor, carol: Actor) -> None:
    post = makers.post(alice)
    makers.answer(bob, post, "Yes, @alice. And you, @carol?")
    like(carol, post=post)
    boost(carol, post=post)
    assert told(alice) == [("boost", "carol"), ("like", "carol"), ("reply", "bob")]
    assert told(carol) == [("mention", "bob")]
    assert told(bob) == []
    assert [row.post_id for row in notifications_of(alice)][:2] == [post.pk, post.pk]


def test_what_comes_from_elsewhere_is_told_alike(alice: Actor, dora: Actor) -> None:
    post = makers.post(alice)
    makers.far_post(dora, reach=Reach.NAMED, to=(alice,))
    like(dora, post=post)
    boost(dora, post=post)
    assert told(alice) == [("boost", "dora"), ("like", "dora"), ("mention", "dora")]


def test_words_for_a_few_are_told_to_each_of_them_here(alice: Actor, bob: Actor, carol: Actor, dora: Actor) -> None:
    makers.post(alice, "Shall we meet?", reach=Reach.NAMED, to=(bob, carol, dora))
    assert told(bob) == told(carol) == [("mention", "alice")]
    assert not Notification.objects.exclude(recipient__in=[bob, carol]).exists()


def test_words_for_many_are_told_to_nobody_by_themselves(alice: Actor, bob: Actor) -> None:
    makers.follows(bob, alice)
    mark_seen(alice)
    for reach in (Reach.PUBLIC, Reach.FOLLOWERS, Reach.HERE, Reach.ROOM):
        makers.post(alice, reach=reach, to=(bob,))
    assert told(bob) == []


def test_whoever_wants_each_of_somebody_is_told_of_what_is_new_and_theirs_to_read(
    alice: Actor, bob: Actor, carol: Actor, dora: Actor
) -> None:
    for follower in (bob, carol):
        makers.follows(follower, alice)
    follow(bob, target=alice, tells_of_each=True)
    mark_seen(alice)
    first = makers.post(alice, "The tide is in.")
    makers.post(alice, "For Carol.", reach=Reach.NAMED, to=(carol,))
    makers.answer(alice, makers.post(carol), "I agree.")
    makers.post(alice, "@bob, look.")
    assert told(bob) == [("mention", "alice"), ("said", "alice")]
    assert [kind for kind, _ in told(carol)] == ["reply", "mention"]
    assert notifications_of(bob)[1].post_id == first.pk
    follow(bob, target=alice, tells_of_each=False)
    makers.post(alice, "The tide is out.")
    assert len(told(bob)) == 2


def test_what_was_said_long_ago_elsewhere_is_no_news(bob: Actor, dora: Actor) -> None:
    makers.follows(bob, dora)
    follow(bob, target=dora, tells_of_each=True)
    makers.far_post(dora, said_at=clock.now() - dt.timedelta(days=2))
    assert told(bob) == []
    makers.far_post(dora)
    assert told(bob) == [("said", "dora")]


def test_nobody_is_told_of_themselves(alice: Actor) -> None:
    post = makers.post(alice, "I, @alice.")
    makers.answer(alice, post)
    like(alice, post=post)
    boost(alice, post=post)
    assert told(alice) == []


@pytest.mark.parametrize("reach", [Reach.SELF, Reach.ROOM])
def test_being_called_in_what_one_cannot_read_is_not_told(reach: Reach, alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.post(alice, "What a nuisance @carol is!", reach=reach, to=(bob,))
    assert told(carol) == []


def test_each_thing_is_told_once_however_often_it_happens(alice: Actor, bob: Actor) -> None:
    post = makers.post(alice)
    answer = makers.answer(bob, post)
    for words in ("Well, @alice.", "Well, well."):
        edit_post(bob, post=answer, words=Words(words))
        like(bob, post=post)
    assert sorted(told(alice)) == [("like", "bob"), ("reply", "bob")]


def test_whoever_is_called_only_by_a_later_wording_hears_of_it_then(alice: Actor, bob: Actor) -> None:
    post = makers.post(alice, "Well?")
    edit_post(alice, post=post, words=Words("Well, @bob?"))
    assert told(bob) == [("mention", "alice")]


def test_what_is_taken_back_was_never_told(alice: Actor, bob: Actor, dora: Actor) -> None:
    post = makers.post(alice, "Well, @bob?")
    far = makers.far_post(dora, reach=Reach.NAMED, to=(bob,))
    like(bob, post=post)
    boost(bob, post=post)
    unlike(bob, post=post)
    assert told(alice) == [("boost", "bob")]
    unboost(bob, post=post)
    assert told(alice) == []
    withdraw_post(alice, post=post)
    receive_withdrawal(dora, uri=far.uri)
    assert told(bob) == []


def test_taking_a_like_back_leaves_what_others_were_told(alice: Actor, bob: Actor, carol: Actor) -> None:
    post, other = makers.post(alice), makers.post(alice)
    for actor in (bob, carol):
        like(actor, post=post)
    like(bob, post=other)
    unlike(bob, post=post)
    assert told(alice) == [("like", "bob"), ("like", "carol")]
    assert [row.post_id for row in notifications_of(alice)] == [other.pk, post.pk]


def test_the_muted_and_the_blocked_are_not_told_of(alice: Actor, bob: Actor, carol: Actor) -> None:
    post = makers.post(alice)
    makers.answer(bob, post)
    block(alice, blocked=bob)
    mute(alice, muted=carol)
    like(carol, post=post)
    makers.answer(carol, post, "Well, @alice?")
    makers.post(bob, "Well, @alice?")
    assert told(alice) == []


def test_what_was_looked_at_is_seen_until_something_new_is_told(alice: Actor, bob: Actor) -> None:
    assert not has_unseen(alice)
    post = makers.post(alice)
    like(bob, post=post)
    assert has_unseen(alice)
    assert not has_unseen(bob)
    mark_seen(alice)
    assert not has_unseen(alice)
    boost(bob, post=post)
    assert has_unseen(alice)
