"""How an app comes to a token: only by a person's yes, only as far as it asked, and only until that is taken back."""

import base64
import hashlib
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from oauth2_provider.models import AccessToken

from speak.identity.models import Actor
from tests.clients.apps import App

BACK = "https://app.example/back"
OOB = "urn:ietf:wg:oauth:2.0:oob"
VERIFIER = "a-verifier-that-is-long-enough-to-be-one-of-43"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
Browser = Callable[[Actor], Client]


def registered(**given: str) -> dict[str, Any]:
    """An app that has registered itself."""
    made: dict[str, Any] = App(Client()).post(
        "/api/v1/apps", **{"client_name": "Tusk", "redirect_uris": BACK, "scopes": "read write", **given}
    )
    return made


def asked(app: dict[str, Any], **given: str) -> dict[str, str]:
    """What an app sends a person to the consent page with."""
    return {
        "client_id": app["client_id"],
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": "read write",
        "state": "s1",
        **given,
    }


def agreed(browser: Client, question: dict[str, str], *, answer: str = "yes") -> str:
    """Where a person is led who answers the question on the page."""
    page = browser.get("/oauth/authorize", question)
    assert page.status_code == 200, page.content
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    hidden.pop("csrfmiddlewaretoken")
    response = browser.post("/oauth/authorize", {**hidden, **({"allow": answer} if answer else {})})
    assert response.status_code == 302, response.content
    return str(response["Location"])


def code_in(address: str) -> str:
    """The code in the address a person is led back to."""
    return parse_qs(urlsplit(address).query)["code"][0]


def exchanged(app: dict[str, Any], code: str, **given: str) -> Any:  # noqa: ANN401 - Django's test response
    """The answer to an app that shows its code."""
    return Client().post(
        "/oauth/token",
        {
            "grant_type": "authorization_code",
            "client_id": app["client_id"],
            "client_secret": app["client_secret"],
            "redirect_uri": BACK,
            "code": code,
            **given,
        },
    )


def test_a_person_lets_an_app_in_and_it_speaks_as_they(alice: Actor, browser_of: Browser) -> None:
    app = registered()
    address = agreed(browser_of(alice), asked(app))
    assert address.startswith(BACK)
    assert parse_qs(urlsplit(address).query)["state"] == ["s1"]
    answer = exchanged(app, code_in(address))
    assert answer.status_code == 200, answer.content
    token = answer.json()
    assert set(token) == {"access_token", "token_type", "scope", "created_at"}
    assert set(token["scope"].split()) == {"read", "write"}
    assert App(Client(), token["access_token"]).get("/api/v1/accounts/verify_credentials")["acct"] == "alice"


def test_no_token_is_kept_that_could_be_used(alice: Actor, browser_of: Browser) -> None:
    app = registered()
    token = exchanged(app, code_in(agreed(browser_of(alice), asked(app)))).json()["access_token"]
    assert token not in str(AccessToken.objects.values())


def test_who_says_no_is_led_back_without_a_code(alice: Actor, browser_of: Browser) -> None:
    address = agreed(browser_of(alice), asked(registered()), answer="")
    assert parse_qs(urlsplit(address).query)["error"] == ["access_denied"]


def test_a_code_opens_once(alice: Actor, browser_of: Browser) -> None:
    app = registered()
    code = code_in(agreed(browser_of(alice), asked(app)))
    assert exchanged(app, code).status_code == 200
    assert exchanged(app, code).status_code == 400


@pytest.mark.parametrize(
    "wrong", [{"client_secret": "guessed"}, {"redirect_uri": "https://evil.example/"}, {"code": "guessed"}]
)
def test_a_code_is_worth_nothing_to_another_app(alice: Actor, browser_of: Browser, wrong: dict[str, str]) -> None:
    app = registered()
    code = code_in(agreed(browser_of(alice), asked(app)))
    assert exchanged(app, **{"code": code, **wrong}).status_code in {400, 401}


def test_a_proof_key_has_to_be_shown(alice: Actor, browser_of: Browser) -> None:
    app = registered()
    question = asked(app, code_challenge=CHALLENGE, code_challenge_method="S256")
    browser = browser_of(alice)
    assert exchanged(app, code_in(agreed(browser, question))).status_code == 400
    assert exchanged(app, code_in(agreed(browser, question)), code_verifier="another" * 8).status_code == 400
    assert exchanged(app, code_in(agreed(browser, question)), code_verifier=VERIFIER).status_code == 200


def test_a_plain_proof_key_is_none(alice: Actor, browser_of: Browser) -> None:
    question = asked(registered(), code_challenge=VERIFIER, code_challenge_method="plain")
    assert "error=invalid_request" in agreed(browser_of(alice), question)


@pytest.mark.parametrize(
    "question",
    [{"redirect_uri": "https://evil.example/"}, {"client_id": "nobody"}],
)
def test_nobody_is_led_where_the_app_did_not_say(alice: Actor, browser_of: Browser, question: dict[str, str]) -> None:
    response = browser_of(alice).get("/oauth/authorize", asked(registered(), **question))
    assert response.status_code == 400


def test_an_app_gets_no_more_than_it_registered_for(alice: Actor, browser_of: Browser) -> None:
    app = registered(scopes="read:statuses")
    response = browser_of(alice).get("/oauth/authorize", asked(app, scope="write"))
    assert "error=invalid_scope" in response["Location"]
    token = exchanged(app, code_in(agreed(browser_of(alice), asked(app, scope="read:statuses")))).json()
    held = App(Client(), token["access_token"])
    assert held.ask("GET", "/api/v1/timelines/home").status_code == 200
    assert held.ask("GET", "/api/v1/notifications").status_code == 403
    assert held.ask("POST", "/api/v1/statuses", {"status": "Hello."}).status_code == 403


def test_an_app_that_cannot_be_led_to_gets_its_code_by_hand(alice: Actor, browser_of: Browser) -> None:
    app = registered(redirect_uris=OOB)
    browser = browser_of(alice)
    page = browser.get("/oauth/authorize/", asked(app, redirect_uri=OOB))
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    shown = browser.post("/oauth/authorize", {**hidden, "allow": "yes"})
    code = re.search(r'id="code" value="([^"]+)"', shown.content.decode())
    assert code
    assert exchanged(app, code[1], redirect_uri=OOB).status_code == 200


def test_an_app_on_a_phone_is_led_to_by_its_own_scheme(alice: Actor, browser_of: Browser) -> None:
    app = registered(redirect_uris="tusk://back")
    address = agreed(browser_of(alice), asked(app, redirect_uri="tusk://back"))
    assert address.startswith("tusk://back?")


def test_what_is_sent_as_json_is_understood_too(alice: Actor, browser_of: Browser) -> None:
    app = registered()
    code = code_in(agreed(browser_of(alice), asked(app)))
    given = {
        "grant_type": "authorization_code",
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
        "redirect_uri": BACK,
        "code": code,
    }
    answer = Client().post("/oauth/token", given, content_type="application/json")
    assert answer.status_code == 200, answer.content


def test_an_app_by_itself_may_do_nothing_in_anybodys_name(db: None) -> None:
    app = registered()
    given = {
        "grant_type": "client_credentials",
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
        "scope": "read",
    }
    token = Client().post("/oauth/token", given).json()["access_token"]
    alone = App(Client(), token)
    assert alone.get("/api/v1/apps/verify_credentials")["name"] == "Tusk"
    assert alone.ask("GET", "/api/v1/timelines/home").status_code == 401
    assert alone.ask("GET", "/api/v1/accounts/verify_credentials").status_code == 401


def test_a_token_is_given_back(alice: Actor, browser_of: Browser) -> None:
    app = registered()
    token = exchanged(app, code_in(agreed(browser_of(alice), asked(app)))).json()["access_token"]
    given = {"client_id": app["client_id"], "client_secret": app["client_secret"], "token": token}
    assert Client().post("/oauth/revoke", given).json() == {}
    assert App(Client(), token).ask("GET", "/api/v1/timelines/home").status_code == 401


def test_a_person_takes_an_apps_access_away_on_their_page(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    app = registered()
    token = exchanged(app, code_in(agreed(browser_of(alice), asked(app)))).json()["access_token"]
    page = browser_of(alice).get("/settings/apps").content.decode()
    assert "Tusk" in page
    assert "Speak in your name" in page
    address = re.search(r"/settings/apps/\d+/disconnect", page)
    assert address
    assert browser_of(bob).post(address[0]).status_code == 404
    browser_of(alice).post(address[0])
    assert App(Client(), token).ask("GET", "/api/v1/timelines/home").status_code == 401
    assert "Tusk" not in browser_of(alice).get("/settings/apps").content.decode()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "back", "https://a.example/#x"])
def test_an_app_that_leads_nowhere_safe_is_not_registered(db: None, address: str) -> None:
    answer = App(Client()).ask("POST", "/api/v1/apps", {"client_name": "Tusk", "redirect_uris": address})
    assert answer.status_code == 422


def test_the_way_to_a_token_is_written_down(db: None) -> None:
    known = Client().get("/.well-known/oauth-authorization-server").json()
    assert known["code_challenge_methods_supported"] == ["S256"]
    assert "write:statuses" in known["scopes_supported"]
    assert known["token_endpoint"] == "https://home.example/oauth/token"


@pytest.mark.parametrize("grant", ["password", "implicit", "refresh_token"])
def test_no_app_handles_a_password(alice: Actor, grant: str) -> None:
    app = registered()
    given = {
        "grant_type": grant,
        "username": "alice",
        "password": "x",
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
    }
    assert Client().post("/oauth/token", given).status_code in {400, 401}
