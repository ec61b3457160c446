"""The page about a domain of one's own: what to paste where, how it stands, and what one can do."""

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client

from speak.identity.domains import checking
from speak.identity.domains.evidence import record_name, record_text
from speak.identity.domains.queries import domain_of
from speak.identity.models import Actor
from speak.web.pages.settings import domain
from tests import makers
from tests.fakes import FakeNames, FakeOutbound

Browser = Callable[[Actor | None], Client]
PAGE, ACT = "/settings/domain", "/settings/domain/act"


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> FakeNames:
    names = FakeNames()
    monkeypatch.setattr(domain, "look_now", partial(checking.look_now, ask=FakeOutbound().ask, look_up=names))
    return names


def test_somebody_brings_a_domain_pastes_a_record_and_it_is_found(
    browser_of: Browser, alice: Actor, names: FakeNames
) -> None:
    browser = browser_of(alice)
    assert browser.post(PAGE, {"name": "Annas.Garden"}).status_code == 302
    owned = domain_of(alice)
    assert owned is not None
    page = browser.get(PAGE).text
    for said in ("waiting", "_speak.annas.garden", record_text(owned.token), "annas.garden/.well-known/"):
        assert said in page
    names.texts[record_name("annas.garden")] = [record_text(owned.token)]
    page = browser.post(ACT, {"act": "look"}, follow=True).text
    assert "is yours: it says so by a record" in page
    assert browser.post(ACT, {"act": "look"}).status_code == 429
    assert "Bring it" in browser.post(ACT, {"act": "give_up"}, follow=True).text


def test_what_is_no_domain_is_said_at_its_field(browser_of: Browser, alice: Actor) -> None:
    answer = browser_of(alice).post(PAGE, {"name": "home.example"})
    assert answer.status_code == 422
    assert "belongs to this server" in answer.text


def test_the_address_changes_by_a_button_and_back(browser_of: Browser, alice: Actor) -> None:
    makers.own_domain(alice, "annas.garden")
    browser = browser_of(alice)
    assert "Be @alice@annas.garden" in browser.get(PAGE).text
    assert "You are @alice@annas.garden now." in browser.post(ACT, {"act": "use"}, follow=True).text
    assert "You are @alice@home.example now." in browser.post(ACT, {"act": "use_no_longer"}, follow=True).text


def test_nobody_uses_a_domain_that_is_not_theirs(browser_of: Browser, alice: Actor, bob: Actor) -> None:
    makers.own_domain(alice, "annas.garden")
    browser = browser_of(bob)
    assert browser.post(ACT, {"act": "use"}).status_code == 404
    browser.post(PAGE, {"name": "annas.garden"})
    assert "Somebody else here has shown" in browser.get(PAGE).text
    assert browser.post(ACT, {"act": "use"}).status_code == 404
    assert browser.post(ACT, {"act": "nonsense"}).status_code == 422
