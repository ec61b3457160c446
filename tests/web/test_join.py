"""Joining, through the pages."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from speak.identity.actions import make_join_link, rename_handle
from speak.identity.models import Actor, User
from tests.makers import PASSWORD

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor | None], Client]
TYPED = {"name": "Ana María", "handle": "", "password": PASSWORD}


def _path(address: str) -> str:
    return address.removeprefix("https://home.example")


@pytest.fixture
def link() -> str:
    """The path of an unused link for Ana."""
    return _path(make_join_link(None, for_whom="Ana"))


def test_somebody_joins_by_link_and_is_at_home(browser_of: Browser, link: str) -> None:
    browser = browser_of(None)
    assert "Welcome, Ana" in browser.get(link).text
    answer = browser.post(link, TYPED, follow=True)
    assert answer.redirect_chain == [("/welcome", 302)]
    assert "@ana_maria@home.example" in answer.text
    assert 'name="words"' in answer.text
    assert browser.get("/settings").status_code == 200


def test_a_chosen_handle_is_kept_as_it_is_written(browser_of: Browser, link: str) -> None:
    assert browser_of(None).post(link, {**TYPED, "handle": "@AnaM"}).status_code == 302
    assert Actor.objects.get(user__isnull=False).handle == "AnaM"


def test_whoever_opens_the_operators_link_runs_the_place_and_may_invite(browser_of: Browser) -> None:
    browser = browser_of(None)
    path = _path(make_join_link(None, is_for_operator=True))
    assert "You are the first" in browser.get(path).text
    answer = browser.post(path, TYPED, follow=True)
    assert "/settings/invite" in answer.text
    assert User.objects.get().is_staff


def test_an_open_place_lets_people_join_by_themselves(browser_of: Browser, settings: Settings) -> None:
    settings.SPEAK_OPEN = True
    browser = browser_of(None)
    assert "could open its database" in browser.get("/join").text
    assert browser.post("/join", TYPED).headers["Location"] == "/welcome"


def test_a_closed_place_says_that_people_join_by_invitation(browser_of: Browser) -> None:
    answer = browser_of(None).get("/join")
    assert answer.status_code == 403
    assert "by invitation" in answer.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_spent_link_opens_nothing(browser_of: Browser, link: str, method: str) -> None:
    browser_of(None).post(link, TYPED)
    answer = getattr(browser_of(None), method)(link, {**TYPED, "handle": "eve"})
    assert answer.status_code == 404
    assert "used already" in answer.text
    assert not Actor.objects.filter(handle_key="eve").exists()


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"handle": "bob"}, "handle", "somebody else&#x27;s already"),
        ({"handle": "bobby"}, "handle", "somebody else&#x27;s already"),
        ({"handle": "admin"}, "handle", "look like the server"),
        ({"handle": "a b"}, "handle", "letters, digits and underscores"),
        ({"name": "陳"}, "handle", "Choose a handle"),
        ({"name": "Bob"}, "handle", "somebody else&#x27;s already"),
        ({"password": "password123"}, "password", "too common"),
        ({"password": "short"}, "password", "too short"),
        ({"name": ""}, "name", "required"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_the_rest_stays(
    browser_of: Browser, link: str, bob: Actor, typed: dict[str, str], field: str, says: str
) -> None:
    rename_handle(bob, handle="bobby")
    answer = browser_of(None).post(link, {**TYPED, **typed})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    assert says in answer.text
    assert f'value="{typed.get("name", TYPED["name"])}"' in answer.text or field == "name"
    assert PASSWORD not in answer.text
    assert browser_of(None).post(link, {**TYPED, "handle": "anna"}).status_code == 302


def test_whoever_is_at_home_already_is_sent_there(browser_of: Browser, link: str, alice: Actor) -> None:
    browser = browser_of(alice)
    assert browser.get(link).headers["Location"] == "/"
    assert browser.post(link, TYPED).headers["Location"] == "/"
    assert browser_of(None).get(link).status_code == 200
