"""Who is told about follows, and how telling is remembered."""

from speak.identity import queries
from speak.identity.actions import (
    Occasion,
    accept_follow,
    change_preferences,
    follow,
    forget_about_post,
    mark_seen,
    mute,
    notify,
    refuse_follow,
    unfollow,
)
from speak.identity.models import Actor, Notification, NotificationKind
from tests import makers


def told(recipient: Actor) -> list[tuple[str, str]]:
    """What somebody was told, and about whom, newest first."""
    return [(str(row.kind), row.about.handle) for row in queries.notifications_of(recipient)]


def test_what_is_told_stands_newest_first_and_once(alice: Actor, bob: Actor, carol: Actor) -> None:
    for _ in range(2):
        notify(alice, kind=NotificationKind.LIKE, about=bob, occasion=Occasion(7))
        notify(alice, kind=NotificationKind.LIKE, about=carol, occasion=Occasion(7))
        notify(alice, kind=NotificationKind.BOOST, about=bob, occasion=Occasion(7))
    assert told(alice) == [("boost", "bob"), ("like", "carol"), ("like", "bob")]


def test_nothing_is_told_to_those_elsewhere_or_about_oneself(alice: Actor, dora: Actor) -> None:
    notify(dora, kind=NotificationKind.LIKE, about=alice, occasion=Occasion(7))
    notify(alice, kind=NotificationKind.LIKE, about=alice, occasion=Occasion(7))
    assert not Notification.objects.exists()


def test_a_request_is_told_until_it_is_answered(alice: Actor, bob: Actor, carol: Actor, dora: Actor) -> None:
    change_preferences(alice, approves_followers=True, is_listed=False)
    requests = [follow(actor, target=alice) for actor in (bob, carol, dora)]
    assert told(alice) == [("follow_asked", "dora"), ("follow_asked", "carol"), ("follow_asked", "bob")]
    accept_follow(alice, follow=requests[0])
    refuse_follow(alice, follower=carol)
    unfollow(dora, target=alice)
    assert told(alice) == [("follow", "bob")]


def test_a_follower_who_leaves_and_comes_back_is_told_again(alice: Actor, bob: Actor) -> None:
    follow(bob, target=alice)
    mark_seen(alice)
    unfollow(bob, target=alice)
    assert told(alice) == []
    follow(bob, target=alice)
    assert queries.has_unseen(alice)


def test_the_muted_follow_without_a_word(alice: Actor, bob: Actor) -> None:
    mute(alice, muted=bob)
    makers.follows(bob, alice)
    assert told(alice) == []
    assert list(queries.followers_of(alice)) == [bob]


def test_what_was_told_about_a_post_is_forgotten_all_at_once_or_one_by_one(
    alice: Actor, bob: Actor, carol: Actor
) -> None:
    for about in (bob, carol):
        for post_id in (7, 8):
            notify(alice, kind=NotificationKind.LIKE, about=about, occasion=Occasion(post_id))
            notify(alice, kind=NotificationKind.REPLY, about=about, occasion=Occasion(post_id))
    forget_about_post(7, kind=NotificationKind.LIKE, about=bob)
    assert ("like", "bob", 7) not in {(row.kind, row.about.handle, row.post_id) for row in Notification.objects.all()}
    assert Notification.objects.count() == 7
    forget_about_post(7, kind=NotificationKind.REPLY)
    assert Notification.objects.filter(post_id=7).count() == 1
    forget_about_post(7)
    assert set(Notification.objects.values_list("post_id", flat=True)) == {8}


def test_seeing_is_for_oneself_and_for_what_was_told_so_far(alice: Actor, bob: Actor) -> None:
    notify(alice, kind=NotificationKind.LIKE, about=bob, occasion=Occasion(7))
    notify(bob, kind=NotificationKind.LIKE, about=alice, occasion=Occasion(8))
    mark_seen(alice)
    first = queries.notifications_of(alice).get().seen_at
    assert (queries.has_unseen(alice), queries.has_unseen(bob)) == (False, True)
    notify(alice, kind=NotificationKind.LIKE, about=bob, occasion=Occasion(9))
    assert queries.has_unseen(alice)
    mark_seen(alice)
    assert queries.notifications_of(alice).last().seen_at == first  # type: ignore[union-attr]
