"""Sections 4.1 and 5: how an app learns who somebody is, and comes to a token."""

from collections.abc import Callable

import mf2py
import pytest
from django.test import Client
from oauth2_provider.models import AccessToken

from speak.identity.models import Actor

from .flow import BACK, CLIENT, ME, agreed, met, question, redeemed

Browser = Callable[[Actor | None], Client]
HERE = "https://home.example"


@pytest.fixture(autouse=True)
def app(db: None) -> None:
    met()


def test_4_1_a_page_says_where_the_metadata_is_in_its_header_and_in_its_head(alice: Actor, browser_of: Browser) -> None:
    got = browser_of(None).get("/@alice")
    for rel, path in (
        ("indieauth-metadata", "/.well-known/oauth-authorization-server"),
        ("authorization_endpoint", "/oauth/authorize"),
        ("token_endpoint", "/oauth/token"),
    ):
        assert f'<{HERE}{path}>; rel="{rel}"' in got["Link"]
        assert mf2py.parse(doc=got.content.decode(), url=ME)["rels"][rel] == [f"{HERE}{path}"]


def test_4_1_1_the_metadata_names_all_that_an_app_needs(db: None) -> None:
    got = Client().get("/.well-known/oauth-authorization-server").json()
    assert HERE.startswith(got["issuer"]), "3.1: the beginning of the metadata's own address"
    for name in ("authorization", "token", "introspection", "revocation", "userinfo"):
        assert got[f"{name}_endpoint"].startswith(f"{HERE}/oauth/")
    assert got["code_challenge_methods_supported"] == ["S256"]
    assert got["authorization_response_iss_parameter_supported"] is True
    assert "none" in got["revocation_endpoint_auth_methods_supported"]
    assert {"profile", "email", "create", "update", "delete", "undelete", "media"} <= set(got["scopes_supported"])
    assert got["response_types_supported"] == ["code"]


def test_5_2_the_prompt_must_say_which_app_it_is_and_should_say_what_it_wants(
    alice: Actor, browser_of: Browser
) -> None:
    page = browser_of(alice).get("/oauth/authorize", question()).content.decode()
    assert "Let app.example in?" in page
    assert CLIENT in page
    assert "Speak in your name" in page
    assert "See who you are" in page
    assert "Take back" not in page


def test_5_2_nobody_agrees_who_is_not_signed_in(alice: Actor, browser_of: Browser) -> None:
    got = browser_of(None).get("/oauth/authorize", question())
    assert got.status_code == 302
    assert got["Location"].startswith("/account/login")


def test_5_2_1_code_state_and_iss_go_back(alice: Actor, browser_of: Browser) -> None:
    back = agreed(browser_of(alice), question())
    assert back["state"] == "s 1&x", "exactly as it was sent"
    assert back["iss"] == HERE
    assert len(back["code"]) >= 20


def test_5_2_1_who_says_no_is_led_back_without_a_code(alice: Actor, browser_of: Browser) -> None:
    back = agreed(browser_of(alice), question(), answer="")
    assert back["error"] == "access_denied"
    assert "code" not in back


def test_5_2_a_proof_key_must_be_used(alice: Actor, browser_of: Browser) -> None:
    got = browser_of(alice).get("/oauth/authorize", question(code_challenge=""))
    assert got.status_code == 302
    assert got["Location"].startswith(f"{BACK}?error=invalid_request")


def test_5_2_a_plain_proof_key_is_none(alice: Actor, browser_of: Browser) -> None:
    back = agreed(browser_of(alice), question(code_challenge_method="plain"))
    assert back["error"] == "invalid_request"
    assert "code" not in back


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/back",
        "http://app.example/back",
        "https://app.example:8443/back",
        "https://app.example.evil.example/",
        "https://app.example@evil.example/",
        "javascript:alert(1)",
        "myapp://back",
        "//app.example/back",
        "https://app.example\\@evil.example/",
    ],
)
def test_5_2_nobody_is_led_to_another_place_than_the_app_names(alice: Actor, browser_of: Browser, back: str) -> None:
    assert browser_of(alice).get("/oauth/authorize", question(redirect_uri=back)).status_code == 400


def test_5_2_scopes_nobody_knows_here_are_left_out(alice: Actor, browser_of: Browser) -> None:
    back = agreed(browser_of(alice), question(scope="create post read write channels"))
    assert redeemed(back["code"]).json()["scope"] == "create"


def test_5_3_2_at_the_authorization_endpoint_a_code_tells_who_it_is(alice: Actor, browser_of: Browser) -> None:
    back = agreed(browser_of(alice), question(scope=""))
    got = redeemed(back["code"], at="/oauth/authorize")
    assert got.status_code == 200
    assert got.json() == {"me": ME}
    assert got["Cache-Control"] == "no-store"
    assert not AccessToken.objects.exists()


def test_5_3_3_at_the_token_endpoint_a_code_becomes_a_token(alice: Actor, browser_of: Browser) -> None:
    got = redeemed(agreed(browser_of(alice), question())["code"]).json()
    assert got["token_type"] == "Bearer"
    assert got["scope"].split() == ["profile", "create"]
    assert got["me"] == ME
    assert got["profile"] == {"name": "Alice", "url": ME}
    assert got["access_token"]


def test_5_3_3_without_a_scope_there_must_be_no_token(alice: Actor, browser_of: Browser) -> None:
    got = redeemed(agreed(browser_of(alice), question(scope=""))["code"])
    assert got.status_code == 400
    assert got.json()["error"] == "invalid_grant"
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("at", ["/oauth/token", "/oauth/authorize"])
def test_5_2_1_a_code_must_be_good_for_one_use(alice: Actor, browser_of: Browser, at: str) -> None:
    code = agreed(browser_of(alice), question())["code"]
    assert redeemed(code, at=at).status_code == 200
    for again in ("/oauth/token", "/oauth/authorize"):
        assert redeemed(code, at=again).json()["error"] == "invalid_grant"


@pytest.mark.parametrize("at", ["/oauth/token", "/oauth/authorize"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "https://other.example/"},
        {"redirect_uri": f"{BACK}/elsewhere"},
        {"code_verifier": "another-verifier-that-is-long-enough-to-be-one"},
        {"code_verifier": ""},
        {"code": "x"},
    ],
)
def test_5_3_1_everything_must_match_what_was_asked(
    alice: Actor, browser_of: Browser, at: str, wrong: dict[str, str]
) -> None:
    met(client_id="https://other.example/")
    code = agreed(browser_of(alice), question())["code"]
    got = redeemed(wrong.get("code", code), at=at, **{name: value for name, value in wrong.items() if name != "code"})
    assert got.status_code in {400, 401}
    assert "me" not in got.json()
    assert not AccessToken.objects.exists()


def test_5_3_4_the_profile_is_told_only_to_who_asked_for_it(alice: Actor, browser_of: Browser) -> None:
    assert alice.user is not None
    alice.user.email = "alice@post.example"
    alice.user.save()
    browser = browser_of(alice)
    for scope, told in (
        ("create", None),
        ("profile", {"name": "Alice", "url": ME}),
        ("profile email", {"name": "Alice", "url": ME, "email": "alice@post.example"}),
        ("email", None),
    ):
        for at in ("/oauth/token", "/oauth/authorize"):
            got = redeemed(agreed(browser, question(scope=scope))["code"], at=at).json()
            assert got.get("profile") == told, (scope, at)


def test_an_app_that_registered_itself_is_no_site(alice: Actor, browser_of: Browser) -> None:
    sent = {"grant_type": "authorization_code", "code": "x", "client_id": "nobody"}
    assert Client().post("/oauth/authorize", sent).status_code in {400, 401}
    assert Client(enforce_csrf_checks=True).post("/oauth/authorize", {"allow": "yes"}).status_code == 403
