"""Every route is closed to whoever has no token for it: none, an old one, one without the scope (promise 16)."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client, RequestFactory
from oauth2_provider.models import AccessToken, set_token_value

from speak.clients.api.endpoints import Endpoint, Who
from speak.clients.openapi.operations import PART
from speak.clients.scopes import SENTENCES, covers
from speak.clients.tokens import make_token
from speak.clients.urls import ENDPOINTS
from speak.identity.models import Actor, User
from speak.kernel import clock
from tests.clients.furnished import registered

CLOSED = [each for each in ENDPOINTS if each.who is not Who.ANYONE]
FOR_PEOPLE = [each for each in ENDPOINTS if each.who is Who.PERSON]
WITH_SCOPES = [each for each in ENDPOINTS if each.scopes]
OPEN_TO_APPS = "/api/v1/apps/verify_credentials"


def asked(endpoint: Endpoint, token: str = "", *, kind: str = "Bearer") -> Any:  # noqa: ANN401 - Django's test response
    """The answer to a request for anything behind this endpoint."""
    path = PART.sub("1", endpoint.route)
    return Client().generic(endpoint.method, path, headers={"Authorization": f"{kind} {token}"} if token else {})


def is_refused(answer: Any, status: int, error: str) -> bool:  # noqa: ANN401 - Django's test response
    """Whether it says no as RFC 6750, 3 wants it, in Mastodon's shape."""
    challenge = answer.headers.get("WWW-Authenticate", "")
    return answer.status_code == status and f'error="{error}"' in challenge and set(answer.json()) >= {"error"}


def user_of(actor: Actor) -> User:
    """Who signs in as somebody."""
    assert isinstance(actor.user, User)
    return actor.user


def test_most_routes_are_for_people_and_all_of_these_ask_for_a_scope() -> None:
    assert len(FOR_PEOPLE) > len(ENDPOINTS) / 2
    assert [each.route for each in CLOSED if not each.scopes] == [OPEN_TO_APPS]


def test_nothing_is_opened_without_a_token(db: None) -> None:
    for each in CLOSED:
        assert is_refused(asked(each), 401, "invalid_token"), each


@pytest.mark.parametrize(
    ("kind", "token"), [("Bearer", "guessed"), ("Bearer", "\u00e9"), ("Basic", "YWxpY2U6eA=="), ("Bearer", "a b")]
)
def test_nothing_is_opened_by_what_is_no_token_even_where_none_is_needed(db: None, kind: str, token: str) -> None:
    for each in ENDPOINTS:
        assert is_refused(asked(each, token, kind=kind), 401, "invalid_token"), each


def test_nothing_is_opened_by_a_token_that_was_taken_away(alice: Actor) -> None:
    token = make_token(user_of(alice), scopes=["read", "write", "follow", "push", "profile"])
    AccessToken.objects.all().delete()
    for each in ENDPOINTS:
        assert is_refused(asked(each, token), 401, "invalid_token"), each


def test_nothing_is_opened_by_a_token_that_has_ended(alice: Actor) -> None:
    token = make_token(user_of(alice), scopes=["read", "write", "follow", "push", "profile"])
    AccessToken.objects.update(expires=clock.now() - dt.timedelta(seconds=1))
    for each in ENDPOINTS:
        assert is_refused(asked(each, token), 401, "invalid_token"), each


def test_nothing_is_opened_for_somebody_who_may_not_sign_in_any_more(alice: Actor) -> None:
    token = make_token(user_of(alice), scopes=["read", "write", "follow", "push", "profile"])
    User.objects.update(is_active=False)
    for each in ENDPOINTS:
        assert is_refused(asked(each, token), 401, "invalid_token"), each


@pytest.mark.parametrize("scope", SENTENCES)
def test_a_scope_opens_nothing_but_what_it_is_for(alice: Actor, scope: str) -> None:
    # Some three thousand: past the middleware, which knows nothing of tokens.
    token = make_token(user_of(alice), scopes=[scope])
    for each in WITH_SCOPES:
        if not any(covers([scope], wanted) for wanted in each.scopes):
            request = RequestFactory(headers={"Authorization": f"Bearer {token}"}).generic(each.method, "/api")
            answer = each.answer(request)
            said = json.loads(answer.content)
            assert (answer.status_code, said["error"]) == (403, "This action is outside the authorized scopes"), each
            assert answer.headers["WWW-Authenticate"] == 'Bearer error="insufficient_scope"'


def test_an_app_by_itself_opens_nothing_that_is_a_persons(db: None) -> None:
    token = "an-apps-own"
    row = AccessToken(
        application=registered(), scope="read write follow push profile", expires=clock.now() + dt.timedelta(days=1)
    )
    set_token_value(row, token)
    row.save()
    for each in FOR_PEOPLE:
        assert is_refused(asked(each, token), 401, "invalid_token"), each
    alone = next(each for each in ENDPOINTS if each.route == OPEN_TO_APPS)
    assert asked(alone, token).status_code == 200


def test_with_the_scope_it_is_open(alice: Actor) -> None:
    for each in WITH_SCOPES:
        token = make_token(user_of(alice), scopes=[each.scopes[0]])
        answer = asked(each, token)
        assert answer.status_code != 401, each
        assert "insufficient_scope" not in answer.headers.get("WWW-Authenticate", ""), each


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_whose_token_it_is_is_told_to_that_token_alone(alice: Actor, method: str) -> None:
    asking = Client()
    assert asking.generic(method, "/oauth/userinfo").status_code == 401
    assert asking.generic(method, "/oauth/userinfo", headers={"Authorization": "Bearer guessed"}).status_code == 401
    for scope in SENTENCES:
        token = make_token(user_of(alice), scopes=[scope])
        answer = asking.generic(method, "/oauth/userinfo", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == (200 if scope in {"read", "profile"} else 403), scope
