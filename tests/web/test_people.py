"""Those one has to do with, and what one does about them."""

from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity import actions, queries
from speak.identity.models import Actor, FollowState
from tests import makers

Browser = Callable[[Actor | None], Client]
LISTS = ("following", "followers", "requests", "blocked", "muted")


def act(browser: Client, other: Actor, what: str, **more: str) -> int:
    """Press a button about somebody; the answer's status."""
    return browser.post("/people/act", {"address": other.address, "act": what, **more}).status_code


def test_one_follows_and_stops_following(browser_of: Browser, alice: Actor, bob: Actor) -> None:
    browser = browser_of(alice)
    answer = browser.post("/people/act", {"address": "@bob", "act": "follow"}, follow=True)
    assert answer.redirect_chain == [("/@bob", 302)]
    assert "You follow Bob now." in answer.text
    assert list(queries.followed_by(alice)) == [bob]
    assert act(browser, bob, "unfollow") == 302
    assert list(queries.followed_by(alice)) == []


def test_somebody_on_another_server_is_asked(browser_of: Browser, alice: Actor, dora: Actor) -> None:
    browser = browser_of(alice)
    answer = browser.post("/people/act", {"address": dora.address, "act": "follow"}, follow=True)
    assert "Dora has been asked." in answer.text
    follow = queries.follow_between(alice, dora)
    assert follow is not None
    assert follow.state == FollowState.ASKED
    assert "take it back" in browser.get("/@dora@far.example").text


def test_requests_are_accepted_and_declined(browser_of: Browser, alice: Actor, bob: Actor, carol: Actor) -> None:
    actions.change_preferences(alice, approves_followers=True, is_listed=False)
    actions.follow(bob, target=alice)
    actions.follow(carol, target=alice)
    browser = browser_of(alice)
    assert "@bob@home.example" in browser.get("/people/requests").text
    assert act(browser, bob, "accept") == 302
    assert act(browser, carol, "refuse") == 302
    assert list(queries.followers_of(alice)) == [bob]
    assert "@bob" not in browser.get("/people/requests").text


def test_a_request_that_was_taken_back_cannot_be_accepted(browser_of: Browser, alice: Actor, bob: Actor) -> None:
    assert act(browser_of(alice), bob, "accept") == 404
    assert list(queries.followers_of(alice)) == []


def test_nobody_accepts_for_another(browser_of: Browser, alice: Actor, bob: Actor, carol: Actor) -> None:
    actions.change_preferences(alice, approves_followers=True, is_listed=False)
    actions.follow(bob, target=alice)
    assert act(browser_of(carol), bob, "accept") == 404
    assert list(queries.followers_of(alice)) == []


def test_a_follower_is_let_go(browser_of: Browser, alice: Actor, bob: Actor) -> None:
    makers.follows(bob, alice)
    browser = browser_of(alice)
    assert "@bob@home.example" in browser.get("/people/followers").text
    assert act(browser, bob, "remove", next="/people/followers") == 302
    assert "@bob" not in browser.get("/people/followers").text


@pytest.mark.parametrize(("does", "undoes", "where"), [("block", "unblock", "blocked"), ("mute", "unmute", "muted")])
def test_block_and_mute_are_done_and_taken_back(
    browser_of: Browser, alice: Actor, bob: Actor, does: str, undoes: str, where: str
) -> None:
    browser = browser_of(alice)
    assert act(browser, bob, does) == 302
    assert "@bob@home.example" in browser.get(f"/people/{where}").text
    assert act(browser, bob, undoes) == 302
    assert "@bob@home.example" not in browser.get(f"/people/{where}").text


def test_one_is_told_whenever_somebody_says_something_until_it_is_enough(
    browser_of: Browser, alice: Actor, bob: Actor
) -> None:
    browser = browser_of(alice)
    assert "Tell me whenever" not in browser.get("/@bob").text
    act(browser, bob, "follow")
    assert "Tell me whenever" in browser.get("/@bob").text
    assert act(browser, bob, "tell") == 302
    assert "No longer tell me whenever" in browser.get("/@bob").text
    makers.post(bob, "The tide is in.")
    assert "said something, and you wanted to be told" in browser.get("/notifications").text
    assert act(browser, bob, "tell_no_more") == 302
    makers.post(bob, "The tide is out.")
    assert browser.get("/notifications").text.count("you wanted to be told") == 1


def test_a_mute_can_be_for_a_week(browser_of: Browser, alice: Actor, bob: Actor) -> None:
    assert act(browser_of(alice), bob, "mute_week") == 302
    mute = queries.live_mutes(alice).get()
    assert mute.until is not None
    assert 6 <= (mute.until - mute.created_at).days <= 7


def test_whoever_blocked_one_can_be_blocked_in_turn(browser_of: Browser, alice: Actor, bob: Actor) -> None:
    actions.block(bob, blocked=alice)
    assert act(browser_of(alice), bob, "follow") == 403
    assert act(browser_of(alice), bob, "block") == 302
    assert list(queries.those_blocked_by(alice)) == [bob]


def test_lists_are_for_oneself_only(browser_of: Browser, alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(bob, alice)
    makers.follows(alice, bob)
    for name in LISTS:
        answer = browser_of(None).get(f"/people/{name}")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/account/login/")
        assert "@bob" not in browser_of(carol).get(f"/people/{name}").text


@pytest.mark.parametrize("name", LISTS)
def test_each_list_says_what_to_do_when_it_is_empty(browser_of: Browser, alice: Actor, name: str) -> None:
    answer = browser_of(alice).get(f"/people/{name}")
    assert answer.status_code == 200
    assert 'class="empty"' in answer.text


def test_long_lists_have_pages(browser_of: Browser, alice: Actor) -> None:
    for number in range(53):
        makers.follows(makers.far_person(f"p{number}"), alice)
    browser = browser_of(alice)
    assert 'rel="next"' in browser.get("/people/followers").text
    assert "@p0@far.example" in browser.get("/people/followers?page=2").text


@pytest.mark.parametrize(
    ("address", "what", "status"),
    [("@alice", "follow", 422), ("@nobody1", "follow", 404), ("", "follow", 422), ("@bob", "dance", 422)],
)
def test_what_makes_no_sense_is_refused_in_words(
    browser_of: Browser, alice: Actor, bob: Actor, address: str, what: str, status: int
) -> None:
    answer = browser_of(alice).post("/people/act", {"address": address, "act": what})
    assert answer.status_code == status
    assert "<h1>" in answer.text


def test_strangers_are_sent_to_sign_in(browser_of: Browser, bob: Actor) -> None:
    answer = browser_of(None).post("/people/act", {"address": "@bob", "act": "follow"})
    assert answer.headers["Location"].startswith("/account/login/")


def test_one_is_never_led_away_from_here(browser_of: Browser, alice: Actor, bob: Actor) -> None:
    for wanted in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        answer = browser_of(alice).post("/people/act", {"address": "@bob", "act": "follow", "next": wanted})
        assert answer.headers["Location"] == "/@bob"


def test_a_look_changes_nothing(browser_of: Browser, alice: Actor) -> None:
    assert browser_of(alice).get("/people/act").status_code == 405
