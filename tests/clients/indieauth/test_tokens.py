"""Sections 6, 7 and 9: what a token is worth, giving it back, whose it is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from speak.identity.models import Actor
from tests.clients.apps import app_of

from .flow import CLIENT, ME, token_for

Browser = Callable[[Actor | None], Client]


@pytest.fixture
def token(alice: Actor, browser_of: Browser) -> str:
    return token_for(browser_of(alice), "profile create")


def introspected(token: str, *, by: str) -> Any:  # noqa: ANN401 - Django's test response
    headers = {"Authorization": f"Bearer {by}"} if by else {}
    return Client().post("/oauth/introspect", {"token": token}, headers=headers)


def userinfo(token: str) -> Any:  # noqa: ANN401 - Django's test response
    return Client().get("/oauth/userinfo", headers={"Authorization": f"Bearer {token}"})


def test_6_2_a_good_token_is_told_with_its_person_its_app_and_its_scopes(token: str) -> None:
    got = introspected(token, by=token).json()
    assert got["active"] is True
    assert (got["me"], got["client_id"], got["scope"]) == (ME, CLIENT, "create profile")
    assert got["iat"] < got["exp"]


def test_6_1_whoever_asks_must_show_that_they_may(token: str) -> None:
    for by in ("", "nonsense"):
        got = introspected(token, by=by)
        assert got.status_code == 401
        assert got["WWW-Authenticate"].startswith("Bearer")


def test_6_2_a_token_that_is_none_is_not_active_and_nothing_more(token: str, bob: Actor) -> None:
    stranger = app_of(bob).token
    for asked, by in (("nonsense", token), ("", token), (stranger, token), (token, stranger)):
        got = introspected(asked, by=by)
        assert got.status_code == 200
        assert got.json() == {"active": False}


def test_7_1_a_token_given_back_is_worth_nothing(token: str) -> None:
    got = Client().post("/oauth/revoke", {"token": token})
    assert got.status_code == 200
    assert userinfo(token).status_code == 401


def test_7_1_giving_back_one_that_is_none_must_succeed_too(token: str) -> None:
    assert Client().post("/oauth/revoke", {"token": "nonsense"}).status_code == 200
    assert userinfo(token).status_code == 200


def test_the_token_of_an_app_that_registered_is_given_back_by_that_app_alone(alice: Actor) -> None:
    own = app_of(alice).token
    Client().post("/oauth/revoke", {"token": own})
    assert userinfo(own).status_code == 200


def test_9_userinfo_is_the_profile(token: str, alice: Actor, browser_of: Browser) -> None:
    got = userinfo(token).json()
    assert (got["name"], got["url"]) == ("Alice", ME)
    assert "email" not in got
    refused = userinfo(token_for(browser_of(alice), "create"))
    assert refused.status_code == 403
    assert refused.json()["error"] == "insufficient_scope"


def test_a_token_for_micropub_opens_nothing_else(alice: Actor, browser_of: Browser) -> None:
    token = token_for(browser_of(alice), "create update delete undelete media draft")
    for path in ("/api/v1/accounts/verify_credentials", "/api/v1/timelines/home", "/api/v1/notifications"):
        assert Client().get(path, headers={"Authorization": f"Bearer {token}"}).status_code == 403


def test_who_let_a_site_in_sees_it_and_takes_it_back(token: str, alice: Actor, browser_of: Browser) -> None:
    page = browser_of(alice).get("/settings/apps").content.decode()
    assert "app.example" in page
    assert "Speak in your name" in page
