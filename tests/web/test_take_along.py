"""The page from which everything one said is taken along: by oneself alone, and for a week."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from speak.clients import archive
from speak.identity.models import Actor
from speak.kernel import tasks
from tests import makers

Browser = Callable[[Actor], Client]
PAGE, FILE = "/settings/take-along", "/settings/take-along/file"


@pytest.mark.django_db(transaction=True)
def test_it_is_asked_for_made_and_fetched(browser_of: Browser) -> None:
    alice = makers.person("alice")
    makers.post(alice, "The tide is in.")
    browser = browser_of(alice)
    assert "Make it" in browser.get(PAGE).content.decode()
    browser.post(PAGE)
    assert "being made" in browser.get(PAGE).content.decode()
    assert browser.post(PAGE).status_code == 429
    tasks.do_all()
    assert "Fetch it" in browser.get(PAGE).content.decode()
    fetched = browser.get(FILE)
    assert fetched.headers["Cache-Control"] == "private, no-store"
    with zipfile.ZipFile(io.BytesIO(b"".join(fetched))) as file:
        assert b"The tide is in." in file.read("posts.json")


@pytest.mark.django_db(transaction=True)
def test_nobody_else_fetches_it(browser_of: Browser) -> None:
    alice, bob = makers.person("alice"), makers.person("bob")
    archive.ask(alice)
    tasks.do_all()
    assert browser_of(bob).get(FILE).status_code == 404
    assert Client().get(FILE).status_code == 302
    assert "Fetch it" not in browser_of(bob).get(PAGE).content.decode()


@pytest.mark.django_db(transaction=True)
def test_it_is_thrown_away_after_a_week(browser_of: Browser) -> None:
    alice = makers.person("alice")
    asked = archive.ask(alice)
    tasks.do_all()
    lies_at = archive.file_of(alice)
    asked.refresh_from_db()
    asked.asked_at -= dt.timedelta(days=8)
    asked.save()
    assert archive.throw_old_ones_away() == 1
    assert not lies_at.exists()
    assert browser_of(alice).get(FILE).status_code == 404


def test_before_it_is_asked_for_there_is_nothing(alice: Actor, browser_of: Browser) -> None:
    assert browser_of(alice).get(FILE).status_code == 404
