"""A letter in the morning: for whoever asked for it, when somebody waits, without a word of what was said."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django import Settings

from speak.identity.actions import ask_for_morning_letters, choose_time_zone
from speak.identity.errors import NoMailAddress
from speak.identity.models import Actor, MorningLetter
from speak.kernel import clock
from speak.voice.actions import like
from speak.voice.models import Reach
from speak.web.mornings import send_morning_letters
from tests import makers
from tests.safety.telling import hears, tells
from tests.web.reading import text_of

Browser = Callable[[Actor | None], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def line(settings: Settings) -> None:
    """A mail server that takes everything."""
    settings.EMAIL_HOST = "mail.example"


def confirm(actor: Actor) -> None:
    EmailAddress.objects.create(user=actor.user, email=f"{actor.handle}@mail.example", verified=True, primary=True)


def asks(actor: Actor) -> MorningLetter:
    confirm(actor)
    ask_for_morning_letters(actor)
    return MorningLetter.objects.get(actor=actor)


def morning_comes() -> list[mail.EmailMessage]:
    """What is sent on the next morning."""
    mail.outbox.clear()
    MorningLetter.objects.update(due_at=clock.now())
    send_morning_letters()
    return list(mail.outbox)


def test_whoever_asked_is_told_who_waits_and_where_once(alice: Actor, bob: Actor) -> None:
    post = makers.post(alice)
    asks(alice)
    makers.answer(bob, post, "A secret word.")
    (letter,) = morning_comes()
    assert (letter.to, letter.subject) == (["alice@mail.example"], "Bob waits for you")
    assert re.search(r"Bob answered you\n  https://home\.example/\S+\n", str(letter.body))
    assert "secret" not in str(letter.message())
    assert morning_comes() == []


def test_nobody_is_written_to_who_did_not_ask_or_whom_nobody_waits_for(alice: Actor, bob: Actor) -> None:
    confirm(bob)
    asks(alice)
    like(bob, post=makers.post(alice))
    makers.follows(bob, alice)
    makers.answer(alice, makers.post(bob))
    assert morning_comes() == []


def test_what_was_looked_at_is_not_told_again(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    asks(alice)
    makers.post(bob, "Ask @alice about it.")
    browser_of(alice).get("/notifications")
    assert morning_comes() == []


def test_several_who_wait_are_one_letter(alice: Actor, bob: Actor, carol: Actor) -> None:
    asks(alice)
    for person in (bob, carol):
        makers.post(person, "Between us, @alice.", reach=Reach.NAMED, to=(alice,))
    (letter,) = morning_comes()
    assert letter.subject == "Bob and others wait for you"
    assert "Carol mentioned you" in str(letter.body)


def test_whom_a_report_is_about_stands_in_no_letter(bob: Actor, carol: Actor) -> None:
    helen = hears(makers.person("helen"))
    asks(helen)
    tells(carol, helen, bob, "He shouted.")
    (letter,) = morning_comes()
    assert letter.subject.startswith("Something waits for you at ")
    assert "A report waits for you\n  https://home.example/safety\n" in str(letter.body)
    assert not re.search("Bob|Carol|shouted", str(letter.message()))


def test_what_does_not_leave_is_told_of_the_next_morning(alice: Actor, bob: Actor, settings: Settings) -> None:
    asks(alice)
    makers.post(bob, "Ask @alice about it.")
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.fakes.SilentMailServer"
    assert morning_comes() == []
    settings.EMAIL_BACKEND = usual
    assert len(morning_comes()) == 1


def test_whoever_cannot_sign_in_any_more_gets_none(alice: Actor, bob: Actor) -> None:
    asks(alice)
    makers.post(bob, "Ask @alice about it.")
    assert alice.user
    alice.user.is_active = False
    alice.user.save()
    assert morning_comes() == []


def test_it_comes_at_eight_by_the_clock_where_one_lives(alice: Actor) -> None:
    choose_time_zone(alice, time_zone="Asia/Kolkata")
    alice.refresh_from_db()
    due_at = asks(alice).due_at
    assert (due_at.hour, due_at.minute) == (2, 30)
    assert clock.now() < due_at <= clock.now() + dt.timedelta(days=1)


def test_without_a_confirmed_address_there_is_none_to_be_had(alice: Actor, browser_of: Browser) -> None:
    EmailAddress.objects.create(user=alice.user, email="alice@mail.example", verified=False)
    with pytest.raises(NoMailAddress):
        ask_for_morning_letters(alice)
    page = text_of(browser_of(alice).get("/settings/hearing"))
    assert "add an e-mail address" in page


def test_it_is_asked_for_and_ended_in_the_settings(alice: Actor, browser_of: Browser) -> None:
    confirm(alice)
    browser = browser_of(alice)
    assert "Send it to alice@mail.example" in text_of(browser.get("/settings/hearing"))
    browser.post("/settings/mornings")
    assert "You get it at alice@mail.example." in text_of(browser.get("/settings/hearing"))
    browser.post("/settings/mornings", {"do": "end"})
    assert not MorningLetter.objects.exists()


def test_where_no_mail_leaves_nothing_is_offered(alice: Actor, browser_of: Browser, settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    assert "A letter in the morning" not in text_of(browser_of(alice).get("/settings/hearing"))


def test_a_mail_program_ends_them_by_itself_and_opening_the_address_ends_nothing(alice: Actor, bob: Actor) -> None:
    asks(alice)
    makers.post(bob, "Ask @alice about it.")
    (letter,) = morning_comes()
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("https://home.example")
    stranger = Client(enforce_csrf_checks=True)
    assert "when somebody waits for you" in text_of(stranger.get(path))
    assert MorningLetter.objects.exists()
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not MorningLetter.objects.exists()
