"""Boosts, likes, bookmarks and rests: what may be answered, and by whom."""

from collections.abc import Callable
from typing import Any

import pytest

from speak.identity.actions import block, unfollow
from speak.identity.models import Actor
from speak.kernel.errors import Refusal
from speak.voice.actions import boost, keep, let_go, let_rest, like, unboost, unlike, withdraw_post
from speak.voice.errors import NotThere, NotToBePassedOn
from speak.voice.models import Bookmark, Boost, Like, Post, Reach, Rest
from speak.voice.queries import Entry, PostState, Window, kept_by, liked_by, states_for
from tests import makers

ALL = Window()
ACTS = (boost, like, keep, let_rest)
ROWS = (Boost, Like, Bookmark, Rest)

Act = Callable[..., object]


def posts_in(entries: list[Entry]) -> list[Post]:
    """The posts alone."""
    return [entry.post for entry in entries]


def test_each_answer_is_given_once_and_shows_to_its_giver_only(alice: Actor, bob: Actor, carol: Actor) -> None:
    post = makers.post(alice)
    for act in (*ACTS, *ACTS):
        act(bob, post=post)
    assert [kind.objects.count() for kind in ROWS] == [1, 1, 1, 1]
    assert states_for(bob, [post.pk]) == {post.pk: PostState(is_liked=True, is_boosted=True, is_kept=True)}
    for viewer in (alice, carol, None):
        assert states_for(viewer, [post.pk]) == {post.pk: PostState()}


def test_each_answer_can_be_taken_back_and_taken_back_again(alice: Actor, bob: Actor) -> None:
    post = makers.post(alice)
    boost(bob, post=post)
    like(bob, post=post)
    keep(bob, post=post)
    for take_back in (unboost, unlike, let_go):
        take_back(bob, post=post)
        take_back(bob, post=post)
    assert states_for(bob, [post.pk]) == {post.pk: PostState()}


def test_nobody_takes_back_the_answer_of_somebody_else(alice: Actor, bob: Actor, carol: Actor) -> None:
    post = makers.post(alice)
    boost(bob, post=post)
    like(bob, post=post)
    keep(bob, post=post)
    for take_back in (unboost, unlike, let_go):
        take_back(carol, post=post)
        take_back(alice, post=post)
    assert states_for(bob, [post.pk]) == {post.pk: PostState(is_liked=True, is_boosted=True, is_kept=True)}


@pytest.mark.parametrize("reach", Reach)
def test_only_those_who_can_read_a_post_answer_it(reach: Reach, alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(bob, alice)
    post = makers.post(alice, reach=reach, to=(bob,))
    dora = makers.far_person("dora")
    may = {
        Reach.SELF: set(),
        Reach.NAMED: {bob},
        Reach.ROOM: {bob},
        Reach.HERE: {bob, carol},
        Reach.FOLLOWERS: {bob},
    }.get(reach, {bob, carol, dora})
    answers: dict[Act, Any] = {
        like: Like.objects.all(),
        keep: Bookmark.objects.all(),
        let_rest: Rest.objects.all(),
    }
    for act, rows in answers.items():
        for actor in (bob, carol, dora):
            if actor in may:
                act(actor, post=post)
            else:
                with pytest.raises(NotThere):
                    act(actor, post=post)
        assert set(rows.values_list("actor", flat=True)) == {actor.pk for actor in may}


@pytest.mark.parametrize("reach", Reach)
def test_only_what_anyone_may_read_is_passed_on_even_by_its_author(reach: Reach, alice: Actor, bob: Actor) -> None:
    post = makers.post(alice, reach=reach, to=(bob,))
    if reach in {Reach.QUIET, Reach.PUBLIC}:
        assert boost(alice, post=post).post == post
        return
    with pytest.raises(NotToBePassedOn):
        boost(alice, post=post)


def test_what_was_taken_back_cannot_be_answered_and_loses_its_answers(alice: Actor, bob: Actor) -> None:
    post = makers.post(alice)
    boost(bob, post=post)
    like(bob, post=post)
    keep(bob, post=post)
    withdraw_post(alice, post=post)
    for rows in (Boost, Like, Bookmark):
        assert not rows.objects.exists()
    for act in ACTS:
        with pytest.raises(Refusal):
            act(bob, post=post)


def test_the_addresses_of_answers_are_ones_own_or_as_another_server_gave_them(alice: Actor, dora: Actor) -> None:
    post = makers.post(alice)
    assert like(alice, post=post).uri.startswith("https://home.example/activities/")
    assert boost(alice, post=post).uri.startswith("https://home.example/activities/")
    assert like(dora, post=post, uri="https://far.example/like/1").uri == "https://far.example/like/1"
    assert boost(dora, post=post, uri="https://far.example/boost/1").uri == "https://far.example/boost/1"


def test_what_one_keeps_and_thanked_for_stands_newest_first_by_when_one_did(alice: Actor, bob: Actor) -> None:
    first, second, third = (makers.post(alice, words) for words in ("One.", "Two.", "Three."))
    for post in (second, third, first):
        keep(bob, post=post)
        like(bob, post=post)
    assert posts_in(kept_by(bob, ALL)) == posts_in(liked_by(bob, ALL)) == [first, third, second]
    for of in (kept_by, liked_by):
        newest, older = of(bob, Window(limit=2))
        assert posts_in(of(bob, Window(before=older.id))) == [second]
        assert posts_in(of(bob, Window(after=older.id))) == [newest.post]
        assert of(alice, ALL) == []


def test_what_one_can_no_longer_read_is_not_among_what_one_keeps(alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(bob, alice)
    for_followers, open_to_all = makers.post(alice, reach=Reach.FOLLOWERS), makers.post(carol)
    for post in (for_followers, open_to_all):
        keep(bob, post=post)
        like(bob, post=post)
    unfollow(bob, target=alice)
    assert posts_in(kept_by(bob, ALL)) == posts_in(liked_by(bob, ALL)) == [open_to_all]
    block(carol, blocked=bob)
    assert kept_by(bob, ALL) == liked_by(bob, ALL) == []
