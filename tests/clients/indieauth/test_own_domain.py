"""Signing in elsewhere with a domain of one's own: it is `me`, and its page says where the way in is (4.1, 5.3.4)."""

from collections.abc import Callable
from urllib.parse import urljoin

import mf2py
import pytest
from django.test import Client

from speak.identity.actions import give_up_domain
from speak.identity.models import Actor
from tests import makers

from .flow import ME, agreed, met, question, redeemed

Browser = Callable[[Actor | None], Client]
OWN = "https://annas.garden/"


@pytest.fixture
def owner(alice: Actor) -> Actor:
    makers.own_domain(alice, "annas.garden")
    return alice


def test_4_1_the_page_leads_to_the_metadata_whose_issuer_answers(owner: Actor) -> None:
    page = Client(headers={"host": "annas.garden"}).get("/")
    rels = mf2py.parse(page.text, url=OWN)["rels"]
    (metadata,) = rels["indieauth-metadata"]
    assert f'<{metadata}>; rel="indieauth-metadata"' in page["Link"]
    found = Client().get(metadata.removeprefix("https://home.example")).json()
    assert metadata.startswith(found["issuer"])
    assert found["authorization_endpoint"] == rels["authorization_endpoint"][0]
    assert {urljoin(OWN, url) for url in rels["micropub"]} == {"https://home.example/micropub"}


def test_5_3_4_the_domain_is_me_while_it_holds(browser_of: Browser, owner: Actor) -> None:
    met()
    for me in (OWN, ME):
        got = redeemed(agreed(browser_of(owner), question(me=OWN))["code"]).json()
        assert (got["me"], got["profile"]["url"]) == (me, me)
        give_up_domain(owner)


def test_nobody_is_asked_for_consent_at_the_domain_itself(browser_of: Browser, owner: Actor) -> None:
    asked = browser_of(owner).get("/oauth/authorize", question(me=OWN), headers={"host": "annas.garden"})
    assert asked.status_code == 302
    assert asked["Location"].startswith("https://home.example/oauth/authorize?")
