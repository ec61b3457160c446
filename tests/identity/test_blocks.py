"""Blocking and muting."""

import datetime as dt

import pytest

from speak.identity import queries
from speak.identity.actions import Occasion, block, follow, mute, notify, unblock, unmute
from speak.identity.errors import NoSuchActor, NotYourself
from speak.identity.models import Actor, Follow, Mute, NotificationKind
from speak.kernel import clock
from tests import makers


def test_a_block_ends_both_follows_and_what_was_told(alice: Actor, bob: Actor) -> None:
    makers.follows(alice, bob)
    makers.follows(bob, alice)
    block(alice, blocked=bob)
    assert not Follow.objects.exists()
    assert not queries.notifications_of(alice).exists()
    assert not queries.notifications_of(bob).exists()
    assert list(queries.those_blocked_by(alice)) == [bob]


def test_the_blocked_do_not_find_the_blocker_any_more(alice: Actor, bob: Actor, carol: Actor) -> None:
    block(alice, blocked=bob)
    with pytest.raises(NoSuchActor):
        queries.actor_called(bob, "alice")
    assert queries.people_found(bob, "alice") == []
    assert queries.people_found(carol, "alice") == [alice]
    assert queries.actor_called(carol, "alice") == alice
    assert queries.actor_called(alice, "bob") == bob


def test_a_block_that_is_taken_back_brings_no_follow_back(alice: Actor, bob: Actor) -> None:
    makers.follows(bob, alice)
    block(alice, blocked=bob)
    block(alice, blocked=bob)
    unblock(alice, blocked=bob)
    unblock(alice, blocked=bob)
    assert not queries.is_blocked_between(alice, bob)
    assert not Follow.objects.exists()
    assert follow(bob, target=alice).accepted_at


def test_nothing_is_told_across_a_block_or_a_mute(alice: Actor, bob: Actor, carol: Actor) -> None:
    block(alice, blocked=bob)
    mute(alice, muted=carol)
    notify(alice, kind=NotificationKind.LIKE, about=bob, occasion=Occasion(1))
    notify(alice, kind=NotificationKind.LIKE, about=carol, occasion=Occasion(1))
    notify(bob, kind=NotificationKind.LIKE, about=alice, occasion=Occasion(1))
    assert not queries.notifications_of(alice).exists()
    assert not queries.notifications_of(bob).exists()


def test_a_mute_ends_by_itself_or_when_it_is_taken_back(alice: Actor, bob: Actor, carol: Actor) -> None:
    mute(alice, muted=bob, lasts=dt.timedelta(days=7))
    mute(alice, muted=carol)
    assert list(queries.those_muted_by(alice)) == [bob, carol]
    Mute.objects.filter(muted=bob).update(until=clock.now() - dt.timedelta(seconds=1))
    assert list(queries.those_muted_by(alice)) == [carol]
    unmute(alice, muted=carol)
    assert not queries.is_muted_by(alice, carol)


def test_nobody_blocks_or_mutes_themselves(alice: Actor) -> None:
    with pytest.raises(NotYourself):
        block(alice, blocked=alice)
    with pytest.raises(NotYourself):
        mute(alice, muted=alice)
