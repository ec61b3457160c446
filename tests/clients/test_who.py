"""Whose token it is: told to a good token that reaches so far, and to nothing else (promise 16)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from oauth2_provider.models import AccessToken

from speak.clients.scopes import SENTENCES
from speak.clients.tokens import make_token
from speak.identity.models import Actor, User
from speak.kernel import clock
from speak.kernel.errors import Invalid

ADDRESS = "/oauth/userinfo"


@pytest.fixture
def app(browser_of: Callable[[Actor | None], Client]) -> Client:
    """Somebody's app, signed in nowhere."""
    return browser_of(None)


def user_of(actor: Actor) -> User:
    """The account of somebody here."""
    assert actor.user is not None
    return actor.user


def shows(app: Client, token: str, *, kind: str = "Bearer") -> Any:  # noqa: ANN401 - the test client's answer
    """The answer to this token."""
    return app.get(ADDRESS, headers={"authorization": f"{kind} {token}"})


@pytest.mark.parametrize("scopes", [["profile"], ["read"], ["write", "profile"], list(SENTENCES)])
def test_a_good_token_says_whose_it_is(app: Client, alice: Actor, scopes: list[str]) -> None:
    answer = shows(app, make_token(user_of(alice), scopes=scopes))
    assert answer.status_code == 200
    assert answer.json() == {
        "iss": "https://home.example",
        "sub": alice.uri,
        "name": "Alice",
        "url": "https://home.example/@alice",
        "preferred_username": "alice",
        "profile": "https://home.example/@alice",
        "picture": "",
    }


def test_it_may_be_asked_by_post_and_the_word_bearer_in_any_case(app: Client, alice: Actor) -> None:
    token = make_token(user_of(alice), scopes=["profile"])
    answer = Client(enforce_csrf_checks=True).post(
        ADDRESS, headers={"authorization": f"Bearer {token}", "host": "home.example"}
    )
    assert answer.status_code == 200
    assert shows(app, token, kind="bearer").status_code == 200
    assert app.delete(ADDRESS, headers={"authorization": f"Bearer {token}"}).status_code == 405


def test_each_token_opens_only_for_its_own_person(app: Client, alice: Actor, bob: Actor) -> None:
    hers, his = (make_token(user_of(actor), scopes=["read"]) for actor in (alice, bob))
    assert shows(app, hers).json()["sub"] == alice.uri
    assert shows(app, his).json()["sub"] == bob.uri


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer nonsense", "Bearer \x00", "Basic {good}", "{good}", "Bearer {good}x"]
)
def test_no_token_or_a_bad_one_is_refused(app: Client, alice: Actor, header: str) -> None:
    good = make_token(user_of(alice), scopes=["profile"])
    assert shows(app, good).status_code == 200
    assert_refused(app.get(ADDRESS, headers={"authorization": header.format(good=good)}))


def test_a_token_in_the_address_or_a_session_opens_nothing(
    app: Client, alice: Actor, browser_of: Callable[[Actor | None], Client]
) -> None:
    good = make_token(user_of(alice), scopes=["profile"])
    assert_refused(app.get(f"{ADDRESS}?access_token={good}"))
    assert_refused(browser_of(alice).get(ADDRESS))


def test_a_token_ends(app: Client, alice: Actor) -> None:
    token = make_token(user_of(alice), scopes=["profile"])
    AccessToken.objects.update(expires=clock.now() + dt.timedelta(minutes=1))
    assert shows(app, token).status_code == 200
    AccessToken.objects.update(expires=clock.now() - dt.timedelta(seconds=1))
    assert_refused(shows(app, token))


def test_a_token_ends_with_its_person(app: Client, alice: Actor) -> None:
    token = make_token(user_of(alice), scopes=["profile"])
    User.objects.update(is_active=False)
    assert_refused(shows(app, token))
    User.objects.update(is_active=True)
    assert shows(app, token).status_code == 200
    Actor.objects.filter(pk=alice.pk).update(user=None)
    assert_refused(shows(app, token))


@pytest.mark.parametrize("scopes", [["write"], ["follow"], ["write", "follow"], ["read:statuses"]])
def test_a_good_token_that_does_not_reach_so_far_is_told_so(app: Client, alice: Actor, scopes: list[str]) -> None:
    answer = shows(app, make_token(user_of(alice), scopes=scopes))
    assert answer.status_code == 403
    assert answer.json()["error"] == "insufficient_scope"
    assert answer["WWW-Authenticate"] == 'Bearer error="insufficient_scope"'
    assert "alice" not in answer.content.decode()


@pytest.mark.parametrize("scopes", [[], ["fly"], ["read", "fly"], ["READ"], [""], ["read write"]])
def test_a_token_for_nothing_or_for_what_is_not_there_is_not_made(alice: Actor, scopes: list[str]) -> None:
    with pytest.raises(Invalid):
        make_token(user_of(alice), scopes=scopes)
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("token", ["a b", "a\nb", "tökén", "="])
def test_a_token_that_no_app_could_show_is_not_made(alice: Actor, token: str) -> None:
    with pytest.raises(Invalid):
        make_token(user_of(alice), scopes=["read"], token=token)
    assert not AccessToken.objects.exists()


def test_no_two_tokens_are_alike(alice: Actor) -> None:
    made = {make_token(user_of(alice), scopes=["read"]) for _ in range(20)}
    assert len(made) == 20
    assert min(map(len, made)) >= 43  # 256 bits


def assert_refused(answer: Any) -> None:  # noqa: ANN401 - the test client's answer
    """Not told anything."""
    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_token"
    assert answer["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert "alice" not in answer.content.decode()
