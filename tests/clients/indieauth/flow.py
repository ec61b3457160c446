"""An app at https://app.example/, which comes to a token as IndieAuth says."""

import base64
import hashlib
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from speak.clients.models import App
from speak.clients.oauth.sites import meet
from speak.kernel.outbound import Answer
from tests.fakes import FakeOutbound

CLIENT = "https://app.example/"
BACK = "https://app.example/back"
ME = "https://home.example/@alice"
VERIFIER = "a-verifier-that-is-long-enough-to-be-one-of-43"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


def met(answer: Answer | Exception | None = None, *, client_id: str = CLIENT) -> App:
    """The app, as it describes itself by this answer, or not at all."""
    return meet(client_id, ask=FakeOutbound({client_id: answer} if answer else {}).ask)


def question(**given: str) -> dict[str, str]:
    """What the app sends a person with; an empty value leaves a parameter out."""
    asked = {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": BACK,
        "state": "s 1&x",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "scope": "profile create",
        "me": ME,
        **given,
    }
    return {name: value for name, value in asked.items() if value}


def agreed(browser: Client, asked: dict[str, str], *, answer: str = "yes") -> dict[str, str]:
    """What the person who answers the question brings back to the app."""
    page = browser.get("/oauth/authorize", asked)
    assert page.status_code == 200, page.content
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    hidden = {name: value.replace("&amp;", "&") for name, value in hidden.items()}
    led = browser.post("/oauth/authorize", {**hidden, **({"allow": answer} if answer else {})})
    assert led.status_code == 302, led.content
    assert led["Location"].startswith(asked["redirect_uri"])
    return {name: values[0] for name, values in parse_qs(urlsplit(led["Location"]).query).items()}


def redeemed(code: str, *, at: str = "/oauth/token", **given: str) -> Any:  # noqa: ANN401 - Django's test response
    """What the app gets for a code."""
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": CLIENT,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        **given,
    }
    return Client().post(at, {name: value for name, value in sent.items() if value})


def token_for(browser: Client, scope: str) -> str:
    """A token with these scopes."""
    met()
    got = redeemed(agreed(browser, question(scope=scope))["code"])
    assert got.status_code == 200, got.content
    return str(got.json()["access_token"])
