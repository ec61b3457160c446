"""`/ask/domain`: for which names the proxy in front gets a certificate."""

import pytest
from django.test import Client

from speak.identity.actions import bring_domain, give_up_domain
from speak.identity.models import Actor
from tests import makers

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
