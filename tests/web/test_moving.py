"""Moving, as a person does it on the pages: named on both sides, with the password, and taken back at any hour."""

from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity.models import Actor, Follow
from speak.kernel import tasks
from speak.voice.models import Post
from tests import makers
from tests.makers import PASSWORD

Browser = Callable[[Actor | None], Client]
PAGE, OUT, STAY = "/settings/moving", "/settings/moving/out", "/settings/moving/stay"
MOVE = {"new": "@bob", "password": PASSWORD}


@pytest.fixture
def named(browser_of: Browser, alice: Actor, bob: Actor) -> Actor:
    """Bob's home says that it is Alice's, too."""
    assert browser_of(bob).post(PAGE, {"old": alice.address}).status_code == 302
    bob.refresh_from_db()
    assert bob.also_known_as == [alice.uri]
    return bob


def test_followers_go_along_words_stay_and_the_page_says_where(
    browser_of: Browser, alice: Actor, named: Actor, carol: Actor
) -> None:
    said = makers.post(alice, "Under the old oak.")
    makers.follows(carol, alice)
    browser = browser_of(alice)
    page = browser.post(OUT, MOVE, follow=True).text
    assert "You live at @bob@home.example now" in page
    tasks.do_all()
    assert Follow.objects.get(follower=carol).target == named
    seen = browser_of(None).get("/@alice").text
    assert "lives at" in seen
    assert 'href="https://home.example/@bob"' in seen
    assert "Under the old oak." in seen
    assert browser_of(None).get(said.path).status_code == 200
    assert "Follow Alice" not in browser_of(named).get("/@alice").text
    apps = browser_of(None).get(f"/api/v1/accounts/{alice.pk}").json()
    assert (apps["acct"], apps["moved"]["acct"], apps["moved"]["moved"]) == ("alice", "bob", None)
    home = browser.get("/").text
    assert "You live at" in home
    assert "textarea" not in home


def test_nothing_new_is_said_until_they_stay_after_all(browser_of: Browser, alice: Actor, named: Actor) -> None:
    browser = browser_of(alice)
    browser.post(OUT, MOVE)
    typed = {"words": "Still me.", "audience": "50", "do": "say"}
    refused = browser.post("/compose", typed)
    assert (refused.status_code, "You have moved away" in refused.text) == (422, True)
    assert not Post.objects.exists()
    assert browser.post(STAY).status_code == 302
    assert browser.post("/compose", typed).status_code == 302
    assert "lives at" not in browser.get("/@alice").text


def test_a_home_that_does_not_name_this_one_is_refused_with_what_to_do_there(
    browser_of: Browser, alice: Actor, bob: Actor
) -> None:
    refused = browser_of(alice).post(OUT, MOVE)
    assert refused.status_code == 422
    assert "does not say yet that it is you" in refused.text
    assert "name @alice@home.example as your old account" in refused.text
    alice.refresh_from_db()
    assert not alice.moved_to_uri


@pytest.mark.parametrize("wrong", [{"password": "guess"}, {"new": "@nobody_here"}, {"new": "@alice"}, {"new": ""}])
def test_whoever_does_not_know_the_password_or_the_way_stays(
    browser_of: Browser, alice: Actor, named: Actor, wrong: dict[str, str]
) -> None:
    assert browser_of(alice).post(OUT, MOVE | wrong).status_code == 422
    alice.refresh_from_db()
    assert not alice.moved_to_uri


def test_one_moves_once_a_month(browser_of: Browser, alice: Actor, named: Actor) -> None:
    browser = browser_of(alice)
    browser.post(OUT, MOVE)
    assert "You have moved away" in browser.post(OUT, MOVE, follow=True).text
    browser.post(STAY)
    assert "less than thirty days ago" in browser.post(OUT, MOVE).text


def test_another_home_is_named_no_more(browser_of: Browser, alice: Actor, named: Actor) -> None:
    browser = browser_of(named)
    assert alice.address in browser.get(PAGE).text
    assert browser.post(f"{PAGE}/forget", {"uri": alice.uri}).status_code == 302
    assert browser.post(f"{PAGE}/forget", {"uri": alice.uri}).status_code == 404
    named.refresh_from_db()
    assert named.also_known_as == []
