"""`/ask/domain`: for which names the proxy in front gets a certificate."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from speak.identity.actions import bring_domain, give_up_domain
from speak.identity.models import Actor
from speak.operations.own_domains import may_serve
from tests import makers

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "running.md"
pytestmark = pytest.mark.django_db


def asked(name: str, **headers: str) -> int:
    here = Client(headers={"host": "127.0.0.1:8000", **headers}, REMOTE_ADDR="127.0.0.1")
    return here.get("/ask/domain", {"domain": name}).status_code


def test_it_says_yes_to_this_server_and_to_what_people_proved(alice: Actor, bob: Actor) -> None:
    makers.own_domain(alice, "annas.garden")
    bring_domain(bob, name="bob.example")
    assert asked("home.example") == asked("annas.garden") == asked("ANNAS.garden") == 200
    for name in ("bob.example", "www.annas.garden", "far.example", "localhost", "127.0.0.1", "", "x" * 9999):
        assert asked(name) == 404
    give_up_domain(alice)
    assert asked("annas.garden") == 404


def test_nobody_but_this_machine_learns_anything(alice: Actor) -> None:
    makers.own_domain(alice, "annas.garden")
    assert asked("annas.garden", **{"x-forwarded-for": "192.0.2.7"}) == 404
    assert asked("annas.garden", host="home.example") == 404
    elsewhere = Client(headers={"host": "127.0.0.1"}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.get("/ask/domain", {"domain": "annas.garden"}).status_code == 404


def test_the_guide_lets_caddy_ask_where_the_program_answers(alice: Actor) -> None:
    makers.own_domain(alice, "annas.garden")
    (asked_at,) = re.findall(r"^ +ask (\S+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    address = urlsplit(asked_at)
    assert resolve(address.path).func is may_serve
    caddy = Client(headers={"host": address.netloc, "user-agent": "Go-http-client/1.1"}, REMOTE_ADDR="127.0.0.1")
    assert caddy.get(address.path, {"domain": "annas.garden"}).status_code == 200
