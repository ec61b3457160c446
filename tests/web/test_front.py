"""What a stranger meets at the door, and what is said where there is no door."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from speak.identity import actions
from speak.identity.models import Actor
from speak.voice.reach import Reach
from speak.web.failures import went_wrong
from tests import makers

Browser = Callable[[Actor | None], Client]


def be_seen(*people: Actor) -> None:
    """They choose to be on the front page."""
    for person in people:
        actions.change_preferences(person, approves_followers=False, is_listed=True)


def test_strangers_see_those_who_chose_to_be_seen_and_what_they_say_to_anyone(
    browser_of: Browser, alice: Actor, bob: Actor, dora: Actor
) -> None:
    be_seen(alice)
    makers.post(alice, "To anyone.")
    makers.post(bob, "Bob's words.")
    makers.post(alice, "Not announced.", reach=Reach.QUIET)
    makers.post(alice, "For those here.", reach=Reach.HERE)
    html = browser_of(None).get("/").text
    assert "Alice" in html
    assert "To anyone." in html
    for unseen in ("Bob", "Dora", "Not announced.", "For those here."):
        assert unseen not in html


def test_it_says_what_this_place_is(browser_of: Browser, db: None, settings: Settings) -> None:
    settings.SPEAK_NAME = "Harbour House"
    settings.SPEAK_SENTENCE = "People who mend boats."
    settings.SPEAK_CONTACT = "ana@harbor.example"
    html = browser_of(None).get("/").text
    assert "<h1>Harbour House</h1>" in html
    assert '<meta property="og:description" content="People who mend boats.">' in html
    assert "About this place, write to ana@harbor.example." in html


@pytest.mark.parametrize("is_open", [True, False])
def test_the_way_in_is_there_only_where_the_place_is_open(
    browser_of: Browser,
    settings: Settings,
    is_open: bool,  # noqa: FBT001 - pytest gives it
    db: None,
) -> None:
    settings.SPEAK_OPEN = is_open
    html = browser_of(None).get("/").text
    assert ('href="/join"' in html) is is_open
    assert 'href="/account/login/"' in html


def test_whoever_is_signed_in_is_at_home_instead(browser_of: Browser, alice: Actor) -> None:
    assert 'name="words"' in browser_of(alice).get("/").text


@pytest.mark.parametrize("path", ["/no/such/page", "/@", "/join/", "/settings/none"])
def test_where_nothing_is_the_house_says_so(browser_of: Browser, alice: Actor, path: str) -> None:
    answer = browser_of(alice).get(path)
    assert answer.status_code == 404
    assert "There is nothing here for you to see." in answer.text


def test_a_form_without_its_secret_is_refused_in_words(alice: Actor) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"host": "home.example"})
    answer = browser.post("/account/login/", {"login": "alice", "password": makers.PASSWORD})
    assert answer.status_code == 403
    assert "That page was too old to be sent." in answer.text


def test_a_bug_of_ours_is_ours(db: None) -> None:
    answer = went_wrong(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Something went wrong here." in answer.content.decode()
