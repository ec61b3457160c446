"""Mastodon.py comes to a token, tells whose it is, gives it back; and makes somebody a home."""

import uuid

import pytest
from mastodon import MastodonUnauthorizedError

from tests.peers.apps.browser import Browser
from tests.peers.apps.called import Cast, Client, calls

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300)]
BACK = "https://app.example/back"
SCOPES = ["read", "write", "follow", "push", "profile"]


def registered(cast: Cast) -> Client:
    """A new app that knows its own name and secret."""
    client_id, secret = cast.stranger().create_app(
        "Tusks", scopes=SCOPES, redirect_uris=BACK, api_base_url=cast.home.url, session=cast.session
    )
    return cast.stranger(client_id=client_id, client_secret=secret)


@calls(
    "auth_request_url",
    "log_in",
    "app_verify_credentials",
    "oauth_authorization_server_info",
    "oauth_userinfo",
    "me",
    "revoke_access_token",
)
def test_a_person_says_yes_and_the_app_is_in_until_it_gives_the_token_back(cast: Cast) -> None:
    app = registered(cast)
    browser = Browser(cast.home)
    browser.sign_in("alice")
    page, code = browser.let_in(app.auth_request_url(redirect_uris=BACK, scopes=SCOPES, state="s"))
    assert "Tusks" in page
    assert "Speak in your name" in page
    assert len(app.log_in(code=code, redirect_uri=BACK, scopes=SCOPES)) > 20

    assert app.me().acct == "alice"
    assert app.app_verify_credentials().name == "Tusks"
    assert app.oauth_authorization_server_info().issuer == cast.home.url
    whose = app.oauth_userinfo()
    assert (whose.preferred_username, whose.name) == ("alice", "Alice")

    token = app.access_token
    app.revoke_access_token()
    app.access_token = token
    with pytest.raises(MastodonUnauthorizedError):
        app.me()


@calls("create_app")
def test_an_app_registers_and_the_same_words_make_another(cast: Cast) -> None:
    assert registered(cast).client_id != registered(cast).client_id


@calls("create_account")
def test_an_app_makes_somebody_a_home_where_that_is_open_to_all(cast: Cast) -> None:
    app, name, password = registered(cast), f"grace{uuid.uuid4().hex[:8]}", "a long way home 47"
    assert app.create_account(name, password, f"{name}@mail.example", agreement=True, scopes=SCOPES)
    assert app.me().acct == name
    token, refused = registered(cast).create_account(
        name, password, f"two-{name}@mail.example", agreement=True, scopes=SCOPES, return_detailed_error=True
    )
    assert token is None
    assert name in refused.error
