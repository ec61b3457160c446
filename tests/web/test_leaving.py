"""Leaving for good: a last file is offered, the handle and the password are asked for, and other servers are told."""

from collections.abc import Callable

import pytest
from django.test import Client

from speak.federation.housekeeping import forget_what_is_old
from speak.federation.models import Delivery
from speak.identity.actions import follow, leave, let_run_server
from speak.identity.errors import HandleTaken, LastOperator
from speak.identity.models import Actor, Key, User
from speak.kernel import tasks
from tests import makers
from tests.federation.delivery.owed import FAR, answering, deliver, inboxes, only, owed
from tests.makers import PASSWORD

Browser = Callable[[Actor | None], Client]
PAGE = "/settings/leaving"
SURE = {"handle": "alice", "password": PASSWORD}


def test_a_last_file_is_offered_then_all_is_gone(browser_of: Browser, alice: Actor, bob: Actor) -> None:
    said = makers.post(alice, "The kettle is on.")
    answer = makers.answer(bob, said, "I come.")
    browser = browser_of(alice)
    assert "Make it" in browser.get(PAGE).text
    assert browser.post("/settings/take-along", {"next": "leaving"}).headers["Location"] == PAGE
    tasks.do_all()
    assert "/settings/take-along/file" in browser.get(PAGE).text
    assert b"".join(browser.get("/settings/take-along/file").streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    gone = browser.post(PAGE, SURE, follow=True)
    assert "Your home here is gone" in gone.text
    assert browser.get("/settings").status_code == 302
    page = browser_of(None).get("/@alice")
    assert (page.status_code, "has left" in page.text) == (410, True)
    assert "kettle" not in browser_of(bob).get(answer.path).text
    assert "I come." in browser_of(bob).get(answer.path).text
    assert browser_of(None).get("/.well-known/webfinger?resource=acct:alice@home.example").status_code == 410
    with pytest.raises(HandleTaken):
        makers.person("Alice")


@pytest.mark.parametrize("wrong", [{"handle": "bob"}, {"password": "guess"}, {"handle": ""}])
def test_without_handle_and_password_nothing_happens(browser_of: Browser, alice: Actor, wrong: dict[str, str]) -> None:
    assert browser_of(alice).post(PAGE, SURE | wrong).status_code == 422
    assert User.objects.filter(actor=alice).exists()


def test_every_known_server_is_told_and_the_key_stays_until_then(alice: Actor, dora: Actor) -> None:
    makers.far_person("eve", domain="other.example")
    makers.post(alice, "Never sent.")
    follow(dora, target=alice)
    leave(alice)
    assert inboxes("Delete") == [FAR, "https://other.example/inbox"]
    assert (only("Delete")["object"], owed("Create")) == (alice.uri, [])
    forget_what_is_old()
    assert Key.objects.filter(actor=alice).exists()
    deliver(answering(202))
    Delivery.objects.filter(host="other.example").delete()
    forget_what_is_old()
    assert not Key.objects.filter(actor=alice).exists()


def test_nobody_is_left_at_a_place_that_nobody_runs(alice: Actor, bob: Actor) -> None:
    let_run_server(alice)
    with pytest.raises(LastOperator):
        leave(alice)
    let_run_server(bob)
    leave(alice)
    leave(bob)
    assert not User.objects.exists()
