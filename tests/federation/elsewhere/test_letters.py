"""Somebody's words by e-mail: to those who asked for them, and as long as they want them."""

import datetime as dt
import smtplib
from collections.abc import Sequence

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from pytest_django import Settings

from speak.federation.elsewhere import keeping, letters, subscribers
from speak.federation.models import Elsewhere, ElsewhereKind, Letter, Subscriber
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import Invalid, NotAllowed, NotFound
from speak.voice.actions import Words, publish_post, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests.fakes import FakeOutbound
from tests.federation.elsewhere.places import say_at, worker_says


@pytest.fixture(autouse=True)
def mail_is_set_up(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example"


@pytest.fixture
def place(alice: Actor) -> Elsewhere:
    return keeping.offer_letters(alice)


def reader(author: Actor, address: str = "erin@site.example") -> Subscriber:
    """Somebody who asked and confirmed it."""
    asked = subscribers.ask_for_letters(author, address=address)
    assert asked is not None
    return subscribers.confirm(asked.token)


def worker_writes() -> None:
    """The worker sends what is due."""
    worker_says(FakeOutbound())
    letters.send_letters(letters.take_up_letters())


class Refusing(BaseEmailBackend):
    """A mail server that takes nothing, for this reason."""

    def __init__(self, failure: Exception) -> None:
        super().__init__()
        self.failure = failure

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:  # noqa: ARG002 - whatever they are
        raise self.failure


def test_who_asked_and_confirmed_gets_it_with_the_way_to_leave(alice: Actor, place: Elsewhere) -> None:
    erin = reader(alice)
    waiting = subscribers.ask_for_letters(alice, address="frank@site.example")
    assert waiting is not None
    said = publish_post(
        alice,
        words=Words("It *is* spring.\n\n<script>alert(1)</script>", title="Spring\u2028Bcc: all@site.example"),
        audience=Audience(Reach.PUBLIC, also_at=(place.pk,)),
    )
    worker_writes()
    worker_writes()
    (sent,) = mail.outbox
    assert sent.to == ["erin@site.example"]
    assert "\n" not in sent.subject
    assert sent.from_email == '"Alice (Speak for Yourself)" <speak@home.example>'
    leave_url = f"https://home.example/letters/leave/{erin.token}"
    assert sent.extra_headers["List-Unsubscribe"] == f"<{leave_url}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    html = str(sent.alternatives[0][0])  # type: ignore[attr-defined] # it has them
    for words in (str(sent.body), html):
        assert "Alice, @alice@home.example" in words
        assert said.url in words
        assert leave_url in words
    assert "It is spring." in sent.body
    assert "<em>is</em>" in html
    assert "<script" not in html
    assert not Letter.objects.exists()


def test_nothing_is_sent_that_was_not_chosen_or_is_taken_back_in_time(alice: Actor, place: Elsewhere) -> None:
    reader(alice)
    say_at(alice, words="Only here.")
    taken_back = say_at(alice, place, words="Or not.")
    worker_says(FakeOutbound())
    withdraw_post(alice, post=taken_back)
    worker_writes()
    assert mail.outbox == []
    assert not Letter.objects.exists()


def test_an_address_is_asked_once_a_day_and_by_few(alice: Actor, bob: Actor, place: Elsewhere) -> None:
    assert subscribers.ask_for_letters(alice, address="Erin@site.example") is not None
    assert subscribers.ask_for_letters(alice, address="erin@site.example") is None
    with clock.moved(dt.timedelta(days=2)):
        again = subscribers.ask_for_letters(alice, address="erin@site.example")
        assert again is not None
        letters.ask_whether_it_is_them(again)
    (question,) = mail.outbox
    assert f"https://home.example/letters/yes/{again.token}" in question.body
    assert question.to == ["erin@site.example"]
    subscribers.confirm(again.token)
    assert subscribers.ask_for_letters(alice, address="erin@site.example") is None
    assert Subscriber.objects.count() == 1
    with pytest.raises(NotFound):
        subscribers.ask_for_letters(bob, address="erin@site.example")
    with pytest.raises(Invalid):
        subscribers.ask_for_letters(alice, address="erin@site.example\nbcc: all@site.example")


def test_who_leaves_is_forgotten_at_once(alice: Actor, place: Elsewhere) -> None:
    erin = reader(alice)
    say_at(alice, place)
    worker_says(FakeOutbound())
    subscribers.leave(erin.token)
    subscribers.leave(erin.token)
    worker_writes()
    assert not Subscriber.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("failure", "is_over"),
    [
        (OSError("no route"), False),
        (smtplib.SMTPRecipientsRefused({"erin@site.example": (450, b"later")}), False),
        (smtplib.SMTPRecipientsRefused({"erin@site.example": (550, b"nobody")}), True),
    ],
)
def test_what_is_not_taken_is_tried_again_or_given_up(
    alice: Actor, place: Elsewhere, failure: Exception, *, is_over: bool
) -> None:
    erin = reader(alice)
    say_at(alice, place)
    worker_says(FakeOutbound())
    letters.send_letters(letters.take_up_letters(), connection=Refusing(failure))
    assert Letter.objects.exists() != is_over
    erin.refresh_from_db()
    assert (erin.failed_at is not None) == is_over


class TakenOver(Refusing):
    """A mail server that takes so long to refuse that another worker took the letters up meanwhile."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        Letter.objects.update(due_at=clock.now() + dt.timedelta(hours=12), attempts=7)
        return super().send_messages(email_messages)


def test_a_letter_that_somebody_else_took_up_meanwhile_stays_as_they_planned_it(alice: Actor, place: Elsewhere) -> None:
    reader(alice)
    say_at(alice, place)
    worker_says(FakeOutbound())
    letters.send_letters(letters.take_up_letters(), connection=TakenOver(OSError("no route")))
    letter = Letter.objects.get()
    assert letter.attempts == 7
    assert letter.due_at > clock.now() + dt.timedelta(hours=11)


def test_a_letter_is_given_up_after_three_days(alice: Actor, place: Elsewhere) -> None:
    erin = reader(alice)
    say_at(alice, place)
    worker_says(FakeOutbound())
    for days, is_kept in ((2, True), (4, False)):
        with clock.moved(dt.timedelta(days=days)):
            letters.send_letters(letters.take_up_letters(), connection=Refusing(OSError("no route")))
        assert Letter.objects.exists() == is_kept
    erin.refresh_from_db()
    assert erin.failed_at is not None


def test_without_mail_it_is_not_offered(alice: Actor, place: Elsewhere, settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    with pytest.raises(NotAllowed):
        keeping.offer_letters(alice)
    assert not subscribers.sends_letters(alice)


def test_unconfirmed_addresses_and_those_of_who_stops_are_forgotten(alice: Actor, place: Elsewhere) -> None:
    subscribers.ask_for_letters(alice, address="frank@site.example")
    with clock.moved(dt.timedelta(days=8)):
        subscribers.forget_unconfirmed()
    assert not Subscriber.objects.exists()
    reader(alice)
    keeping.remove(alice, place.pk)
    assert not Subscriber.objects.exists()
    assert ElsewhereKind.MAIL not in alice.elsewhere.values_list("kind", flat=True)
    assert not Post.objects.exists()
