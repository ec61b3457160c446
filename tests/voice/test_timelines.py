"""Timelines: order, windows, boosts, mutes, blocks, and everybody here."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speak.identity.actions import block, change_preferences, follow, mute, unfollow, unmute
from speak.identity.models import Actor
from speak.voice.actions import boost, unboost, withdraw_post
from speak.voice.models import Boost, Post, Reach
from speak.voice.queries import (
    Entry,
    Window,
    collection_of,
    gathered_here,
    home_timeline,
    posts_of,
    posts_tagged,
)
from tests import makers

ALL = Window()


def home(viewer: Actor, window: Window = ALL) -> list[Post]:
    """What somebody's home shows, newest first."""
    return [entry.post for entry in home_timeline(viewer, window)]


def passed_on(entries: list[Entry]) -> list[tuple[Post, Actor]]:
    """The posts that a boost brought, and whose."""
    return [(entry.post, entry.boosted_by) for entry in entries if entry.boosted_by]


def test_home_is_whom_one_follows_oneself_and_everyone_here(alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(alice, bob)
    own, heard = makers.post(alice), makers.post(bob)
    makers.post(carol)
    here = makers.post(carol, reach=Reach.HERE)
    assert home(alice) == [here, heard, own]


@pytest.mark.parametrize("reach", Reach)
def test_home_holds_nothing_that_is_not_for_oneself(reach: Reach, alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(alice, bob)
    post = makers.post(bob, reach=reach, to=(carol,))
    expected = [] if reach in {Reach.SELF, Reach.NAMED, Reach.ROOM} else [post]
    assert home(alice) == expected


def test_a_follow_that_was_only_asked_for_or_has_ended_brings_nothing(
    alice: Actor, bob: Actor, carol: Actor, dora: Actor
) -> None:
    change_preferences(carol, approves_followers=True, is_listed=False)
    for target in (bob, carol, dora):
        follow(alice, target=target)
    makers.post(bob)
    makers.post(carol)
    makers.far_post(dora)
    unfollow(alice, target=bob)
    assert home(alice) == []


def test_answers_are_heard_where_one_hears_both_or_is_answered(alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(alice, bob)
    asked_by_carol, own = makers.post(carol), makers.post(alice)
    to_carol, to_alice = makers.answer(bob, asked_by_carol), makers.answer(bob, own)
    to_himself = makers.answer(bob, to_alice)
    from_carol = makers.answer(carol, own)
    ones_own_answer = makers.answer(alice, asked_by_carol)
    assert home(alice) == [ones_own_answer, to_himself, to_alice, own]
    makers.follows(alice, carol)
    assert home(alice) == [ones_own_answer, from_carol, to_himself, to_alice, to_carol, own, asked_by_carol]


def test_an_answer_to_what_is_not_known_here_is_not_heard(alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    post = makers.far_post(dora)
    heard = makers.far_post(dora)
    Post.objects.filter(pk=post.pk).update(in_reply_to_uri="https://other.example/posts/1")
    assert home(alice) == [heard]


def test_a_boost_brings_a_post_with_whoever_passed_it_on(alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(alice, bob)
    post = makers.post(carol)
    between = makers.post(bob)
    boost(bob, post=post)
    entries = home_timeline(alice, ALL)
    assert [entry.post for entry in entries] == [post, between]
    assert passed_on(entries) == [(post, bob)]
    unboost(bob, post=post)
    assert home(alice) == [between]


def test_a_post_that_stands_by_itself_is_not_shown_as_passed_on_too(alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(alice, bob)
    makers.follows(alice, carol)
    post = makers.post(carol)
    boost(bob, post=post)
    assert home_timeline(alice, ALL) == [Entry(post.pk, post)]


def test_what_several_pass_on_is_shown_once_by_the_latest(alice: Actor, bob: Actor, carol: Actor, dora: Actor) -> None:
    makers.follows(alice, bob)
    makers.follows(alice, carol)
    post = makers.far_post(dora)
    boost(bob, post=post)
    boost(carol, post=post)
    assert passed_on(home_timeline(alice, ALL)) == [(post, carol)]


def test_boosts_of_somebody_can_be_left_out(alice: Actor, bob: Actor, carol: Actor) -> None:
    follow(alice, target=bob, shows_boosts=False)
    boost(bob, post=makers.post(carol))
    own = makers.post(bob)
    assert home(alice) == [own]


def test_the_muted_are_not_heard_neither_by_themselves_nor_passed_on(alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(alice, bob)
    makers.follows(alice, carol)
    from_bob, from_carol = makers.post(bob), makers.post(carol)
    makers.post(carol, reach=Reach.HERE)
    boost(bob, post=from_carol)
    boost(carol, post=makers.far_post(makers.far_person("eve")))
    mute(alice, muted=carol, lasts=dt.timedelta(days=1))
    assert home(alice) == [from_bob]
    unmute(alice, muted=carol)
    assert len(home(alice)) == 4


@pytest.mark.parametrize("is_the_blocker", [True, False])
def test_across_a_block_nothing_is_heard_by_any_way(
    alice: Actor, bob: Actor, carol: Actor, *, is_the_blocker: bool
) -> None:
    makers.follows(alice, bob)
    boost(bob, post=makers.post(carol))
    makers.post(carol, reach=Reach.HERE)
    blocker, blocked = (alice, carol) if is_the_blocker else (carol, alice)
    block(blocker, blocked=blocked)
    assert home(alice) == []
    assert posts_of(alice, carol, ALL) == []
    assert posts_of(alice, bob, ALL) == []


def test_what_was_taken_back_is_passed_on_no_more(alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(alice, bob)
    post = makers.post(carol)
    boost(bob, post=post)
    withdraw_post(carol, post=post)
    assert home(alice) == []


def test_a_profile_shows_what_the_viewer_may_read_and_what_was_passed_on(
    alice: Actor, bob: Actor, carol: Actor
) -> None:
    makers.follows(bob, alice)
    everyone, here = makers.post(alice), makers.post(alice, reach=Reach.HERE)
    followers, named = makers.post(alice, reach=Reach.FOLLOWERS), makers.post(alice, reach=Reach.NAMED, to=(carol,))
    answer = makers.answer(alice, makers.post(carol))
    boosted = makers.post(carol)
    boost(alice, post=boosted)
    expected = {
        None: [boosted, answer, everyone],
        bob: [boosted, answer, followers, here, everyone],
        carol: [boosted, answer, named, here, everyone],
        alice: [boosted, answer, named, followers, here, everyone],
    }
    for viewer, posts in expected.items():
        entries = posts_of(viewer, alice, ALL)
        assert [entry.post for entry in entries] == posts
        assert passed_on(entries) == [(boosted, alice)]
        assert list(collection_of(viewer, alice)) == posts[1:]


def test_the_front_page_gathers_what_those_say_who_chose_to_be_seen(alice: Actor, bob: Actor, dora: Actor) -> None:
    change_preferences(alice, approves_followers=False, is_listed=True)
    post = makers.post(alice)
    makers.post(alice, reach=Reach.QUIET)
    makers.answer(alice, post)
    makers.post(bob)
    makers.far_post(dora)
    assert gathered_here(None, ALL) == [post]
    block(alice, blocked=bob)
    assert gathered_here(bob, ALL) == []


def test_a_tag_gathers_what_was_announced(alice: Actor, bob: Actor) -> None:
    first, second = makers.post(alice, "#Pears!"), makers.post(bob, "More #pears")
    for reach in (Reach.QUIET, Reach.FOLLOWERS, Reach.HERE, Reach.SELF):
        makers.post(alice, "#pears", reach=reach)
    makers.post(alice, "pears without a tag, and #pearsauce")
    for viewer in (None, alice):
        assert posts_tagged(viewer, "PEARS", ALL) == [second, first]
    assert posts_tagged(None, "pears", Window(before=second.pk)) == [first]


def test_a_window_shows_the_newest_below_and_the_oldest_above(alice: Actor) -> None:
    posts = [makers.post(alice, f"Number {number}.") for number in range(6)]
    assert home(alice, Window(limit=2)) == [posts[5], posts[4]]
    assert home(alice, Window(before=posts[4].pk, limit=2)) == [posts[3], posts[2]]
    assert home(alice, Window(after=posts[0].pk, limit=2)) == [posts[2], posts[1]]
    assert home(alice, Window(before=posts[4].pk, after=posts[1].pk)) == [posts[3], posts[2]]


def test_what_many_pass_on_hides_nothing_else(alice: Actor, bob: Actor, carol: Actor, dora: Actor) -> None:
    """One post that everybody passes on takes one place of a window, and what comes below it is not skipped."""
    many = [makers.far_person(f"eve{number}") for number in range(5)]
    for actor in (bob, carol, dora, *many):
        makers.follows(alice, actor)
    stranger = makers.far_person("frank")
    oldest = makers.post(bob)
    quiet_one, popular = makers.far_post(stranger), makers.far_post(stranger)
    boost(bob, post=quiet_one)
    for actor in (carol, dora, *many):
        boost(actor, post=popular)
    first = home_timeline(alice, Window(limit=2))
    assert [entry.post for entry in first] == [popular, quiet_one]
    assert home(alice, Window(before=first[-1].id, limit=2))[0] == oldest


def test_posts_one_hears_anyway_do_not_hide_what_was_passed_on(alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(alice, bob)
    makers.follows(alice, carol)
    stranger = makers.far_person("frank")
    heard = [makers.post(carol) for _ in range(2)]
    unheard = makers.far_post(stranger)
    boost(bob, post=unheard)
    for post in heard:
        boost(bob, post=post)
    assert home(alice, Window(limit=2)) == [unheard, heard[1]]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings=st.lists(st.sampled_from("pqb"), max_size=9), limit=st.integers(1, 4))
def test_paging_through_home_misses_nothing_either_way(
    happenings: list[str], limit: int, alice: Actor, bob: Actor, carol: Actor, dora: Actor
) -> None:
    """Two whom alice follows, bob and carol, say (p) and pass on (b, q) things in any order."""
    Post.objects.all().delete()
    makers.follows(alice, bob)
    makers.follows(alice, carol)
    strange = [makers.far_post(dora) for _ in range(3)]
    for number, happening in enumerate(happenings):
        if happening == "p":
            makers.post(carol)
        else:
            boost(bob if happening == "b" else carol, post=strange[number % 3])
    expected = set(Post.objects.filter(author=carol)) | {each.post for each in Boost.objects.select_related("post")}
    older = _walk(alice, limit, forward=False)
    newer = _walk(alice, limit, forward=True)
    assert {entry.post for entry in older} == {entry.post for entry in newer} == expected
    assert [entry.id for entry in older] == sorted({entry.id for entry in older}, reverse=True)


def _walk(viewer: Actor, limit: int, *, forward: bool) -> list[Entry]:
    """All of home, window by window."""
    found: list[Entry] = []
    edge = 0 if forward else None
    while page := home_timeline(
        viewer, Window(after=edge if forward else None, before=None if forward else edge, limit=limit)
    ):
        found = [*page, *found] if forward else [*found, *page]
        edge = page[0].id if forward else page[-1].id
    return found
