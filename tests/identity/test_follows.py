"""Following: asked, accepted, refused, ended."""

import pytest

from speak.identity import queries
from speak.identity.actions import accept_follow, block, change_preferences, end_actor, follow, refuse_follow, unfollow
from speak.identity.errors import Blocked, NotYourself
from speak.identity.models import Actor, Follow, FollowState, Notification, NotificationKind
from speak.identity.queries import Relation
from tests import makers


def _told(actor: Actor) -> list[tuple[str, str]]:
    return [(str(row.kind), row.about.handle) for row in queries.notifications_of(actor)]


def test_a_follow_here_holds_at_once_and_the_followed_hears_of_it(alice: Actor, bob: Actor) -> None:
    row = follow(alice, target=bob)
    assert row.state == FollowState.ACCEPTED
    assert row.uri.startswith("https://home.example/activities/")
    assert list(queries.followers_of(bob)) == [alice]
    assert list(queries.followed_by(alice)) == [bob]
    assert _told(bob) == [(NotificationKind.FOLLOW, "alice")]


def test_whoever_approves_followers_is_asked_first(alice: Actor, bob: Actor) -> None:
    change_preferences(bob, approves_followers=True, is_listed=False)
    row = follow(alice, target=bob)
    assert row.state == FollowState.ASKED
    assert list(queries.followers_of(bob)) == []
    assert list(queries.askers_of(bob)) == [alice]
    assert _told(bob) == [(NotificationKind.FOLLOW_ASKED, "alice")]
    accept_follow(bob, follow=row)
    assert list(queries.followers_of(bob)) == [alice]
    assert _told(bob) == [(NotificationKind.FOLLOW, "alice")]


def test_a_follow_across_servers_awaits_an_answer(alice: Actor, dora: Actor) -> None:
    assert follow(alice, target=dora).state == FollowState.ASKED
    assert follow(dora, target=alice, uri="https://far.example/f/1").state == FollowState.ACCEPTED


def test_asking_again_changes_nothing_but_whether_boosts_are_shown(alice: Actor, bob: Actor) -> None:
    first = follow(alice, target=bob)
    second = follow(alice, target=bob, shows_boosts=False)
    assert (second.pk, second.accepted_at, second.shows_boosts) == (first.pk, first.accepted_at, False)
    assert Notification.objects.filter(recipient=bob).count() == 1


def test_a_request_can_be_refused_and_a_follower_let_go(alice: Actor, bob: Actor, carol: Actor) -> None:
    change_preferences(bob, approves_followers=True, is_listed=False)
    follow(alice, target=bob)
    accept_follow(bob, follow=follow(carol, target=bob))
    refuse_follow(bob, follower=alice)
    refuse_follow(bob, follower=carol)
    refuse_follow(bob, follower=carol)
    assert not Follow.objects.exists()


def test_a_request_that_was_taken_back_awaits_nobody(alice: Actor, bob: Actor) -> None:
    change_preferences(bob, approves_followers=True, is_listed=False)
    follow(alice, target=bob)
    unfollow(alice, target=bob)
    assert _told(bob) == []


def test_only_the_one_who_is_asked_answers(alice: Actor, bob: Actor, carol: Actor) -> None:
    change_preferences(bob, approves_followers=True, is_listed=False)
    row = follow(alice, target=bob)
    with pytest.raises(Blocked):
        accept_follow(carol, follow=row)
    row.refresh_from_db()
    assert row.state == FollowState.ASKED


def test_nobody_follows_themselves_the_gone_or_across_a_block(alice: Actor, bob: Actor, dora: Actor) -> None:
    with pytest.raises(NotYourself):
        follow(alice, target=alice)
    block(bob, blocked=alice)
    with pytest.raises(Blocked):
        follow(alice, target=bob)
    with pytest.raises(Blocked):
        follow(bob, target=alice)
    end_actor(dora)
    with pytest.raises(Blocked):
        follow(alice, target=dora)
    assert not Follow.objects.exists()


def test_lists_are_newest_first_and_name_nobody_twice(alice: Actor, bob: Actor, carol: Actor, dora: Actor) -> None:
    for other in (bob, carol, dora):
        makers.follows(other, alice)
        makers.follows(alice, other)
    makers.follows(bob, carol)
    assert list(queries.followers_of(alice)) == [dora, carol, bob]
    assert list(queries.followed_by(alice)) == [dora, carol, bob]


def test_how_one_stands_to_others_is_told_for_all_at_once(alice: Actor, bob: Actor, carol: Actor, dora: Actor) -> None:
    change_preferences(alice, approves_followers=True, is_listed=False)
    makers.follows(alice, bob)
    follow(bob, target=alice)
    follow(alice, target=dora)
    block(alice, blocked=carol)
    block(dora, blocked=alice)
    relations = queries.relations_to(alice, [alice, bob, carol, dora])
    assert relations[alice.pk] == Relation(is_self=True)
    assert relations[bob.pk] == Relation(follows=True, is_asked=True, shows_boosts=True)
    assert relations[carol.pk] == Relation(is_blocked=True)
    assert relations[dora.pk] == Relation()
