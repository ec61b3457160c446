"""Whom one is told of apart, and whom one points at."""

import pytest

from speak.identity import actions, queries
from speak.identity.errors import WrongServer
from speak.identity.models import Actor, Hearing, NotificationKind
from tests import makers


def test_who_was_kept_apart_last_comes_first_with_what_they_did_last(
    alice: Actor, bob: Actor, carol: Actor, dora: Actor
) -> None:
    actions.notify(alice, kind=NotificationKind.FOLLOW, about=dora)
    actions.choose_policy(alice, chosen={"for_not_following": Hearing.FILTER})
    for about, post_id in ((bob, 1), (carol, 2), (bob, 3), (carol, 4), (bob, 5)):
        actions.notify(alice, kind=NotificationKind.LIKE, about=about, occasion=actions.Occasion(post_id=post_id))
    assert list(queries.kept_apart_of(alice)) == [bob, carol]
    latest = queries.latest_kept_apart(alice, about=[bob, carol])
    assert [(row.about, row.post_id) for row in latest] == [(bob, 5), (carol, 4)]
    assert queries.latest_kept_apart(alice, about=[]) == []
    actions.let_through(alice, about=bob)
    assert list(queries.kept_apart_of(alice)) == [carol]
    assert not queries.kept_apart_of(bob).exists()


def test_one_points_at_those_one_follows_and_no_longer_once_one_does_not(
    alice: Actor, bob: Actor, carol: Actor, dora: Actor
) -> None:
    for other in (bob, carol, dora):
        makers.follows(alice, other)
        actions.endorse(alice, about=other)
    assert list(queries.endorsed_by(alice)) == [dora, carol, bob]
    actions.unfollow(alice, target=carol)
    actions.block(bob, blocked=alice)
    assert list(queries.endorsed_by(alice)) == [dora]
    assert not queries.endorsed_by(dora).exists()


def test_the_server_one_lives_on_is_not_one_to_hear_nothing_of(alice: Actor) -> None:
    with pytest.raises(WrongServer):
        actions.block_server(alice, domain="home.example")
    actions.block_server(alice, domain="far.example.")
    assert [row.domain for row in queries.server_blocks_of(alice)] == ["far.example"]
