"""Choosing to be heard elsewhere too: beside the box, on the post, in the settings."""

import datetime as dt
from collections.abc import Callable
from functools import partial

import mf2py
import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from speak.federation import tasks
from speak.federation.elsewhere import keeping, signing_in
from speak.federation.models import Elsewhere, SaidElsewhere, Subscriber
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.outbound import Answer
from speak.kernel.tasks import do_all
from speak.voice.actions import say_due_drafts
from speak.voice.models import Draft, Post
from speak.voice.reach import Reach
from speak.web.pages.settings import elsewhere
from tests import makers
from tests.fakes import FakeOutbound
from tests.federation.elsewhere.far_mastodon import SERVER, FarMastodon
from tests.federation.elsewhere.places import SLACK, TAKEN, channel, worker_says
from tests.web.reading import latest, say, text_of

Browser = Callable[[Actor | None], Client]


@pytest.fixture
def place(alice: Actor) -> Elsewhere:
    return channel(alice)


def test_a_place_is_ticked_beside_the_box_and_stands_on_the_post(
    alice: Actor, bob: Actor, place: Elsewhere, browser_of: Browser
) -> None:
    browser = browser_of(alice)
    for path in ("/", "/compose"):
        page = text_of(browser.get(path))
        assert "Also in #general of Slack: everyone in that channel can read it." in page
        assert 'name="also_at"' in page
        assert "checked" not in page
    assert say(browser, "Good morning.", also_at=str(place.pk)).status_code == 302
    assert "On its way to #general of Slack." in text_of(browser.get(latest().path))
    worker_says(FakeOutbound({SLACK: TAKEN}))
    assert "Also said in #general of Slack." in text_of(browser.get(latest().path))
    for other in (bob, None):
        page = text_of(browser_of(other).get(latest().path))
        assert "Also said in a channel of Slack." in page
        assert "#general" not in page


def test_nobody_is_offered_the_places_of_another(bob: Actor, place: Elsewhere, browser_of: Browser) -> None:
    browser = browser_of(bob)
    assert "also_at" not in text_of(browser.get("/compose"))
    say(browser, "Good morning.", also_at=str(place.pk))
    assert not SaidElsewhere.objects.exists()


@pytest.mark.parametrize("audience", ["0", "10"])
def test_what_is_for_few_is_refused_and_the_form_says_so(
    alice: Actor, bob: Actor, place: Elsewhere, browser_of: Browser, audience: str
) -> None:
    refused = say(browser_of(alice), "Between us.", audience=audience, named="@bob", also_at=str(place.pk))
    assert refused.status_code == 422
    page = text_of(refused)
    assert "This is for fewer people than read at #general." in page
    assert "Between us." in page
    assert not Post.objects.exists()


def test_an_answer_that_stays_with_others_readers_is_not_offered_a_place(
    alice: Actor, bob: Actor, place: Elsewhere, browser_of: Browser
) -> None:
    asked = makers.post(bob, "Only here.", reach=Reach.HERE)
    browser = browser_of(alice)
    assert "also_at" not in text_of(browser.get(f"/compose?answers={asked.pk}"))
    say(browser, "I see.", in_reply_to=str(asked.pk), audience="30", also_at=str(place.pk))
    assert latest().source == "I see."
    assert not SaidElsewhere.objects.exists()
    public = makers.post(bob, "For all.")
    assert "also_at" in text_of(browser.get(f"/compose?answers={public.pk}"))


def test_held_words_keep_the_choice_until_they_say_themselves(
    alice: Actor, place: Elsewhere, browser_of: Browser
) -> None:
    browser = browser_of(alice)
    say(browser, "In the morning.", also_at=str(place.pk), do="hold")
    draft = Draft.objects.get()
    assert "checked" in text_of(browser.get(f"/compose?draft={draft.pk}"))
    assert not SaidElsewhere.objects.exists()
    Draft.objects.update(held_until=clock.now() - dt.timedelta(minutes=1))
    assert say_due_drafts() == 1
    assert SaidElsewhere.objects.get().place == place


def test_a_channel_is_added_and_its_address_never_shown_again(
    alice: Actor, browser_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = FakeOutbound({SLACK: TAKEN})
    monkeypatch.setattr(elsewhere, "add_chat", partial(keeping.add_chat, ask=there.ask))
    browser = browser_of(alice)
    given = {"webhook": "https://nobody.example/hook", "channel": "#general"}
    refused = browser.post("/settings/elsewhere/channel", given)
    assert refused.status_code == 422
    assert "Nothing could be said there" in text_of(refused)
    assert browser.post("/settings/elsewhere/channel", {**given, "webhook": SLACK}).status_code == 302
    page = text_of(browser.get("/settings/elsewhere"))
    assert "#general of Slack" in page
    assert SLACK not in page
    assert "secret" not in page
    place = Elsewhere.objects.get()
    assert browser.post(f"/settings/elsewhere/{place.pk}/remove").status_code == 302
    assert not Elsewhere.objects.exists()


def test_what_did_not_arrive_says_why_and_is_tried_again(
    alice: Actor, bob: Actor, place: Elsewhere, browser_of: Browser
) -> None:
    browser = browser_of(alice)
    say(browser, "Good morning.", also_at=str(place.pk))
    worker_says(FakeOutbound({SLACK: Answer(413)}))
    assert "It did not get to #general of Slack." in text_of(browser.get(latest().path))
    page = text_of(browser.get("/settings/elsewhere"))
    assert "It is too large for that place. It is not tried again by itself." in page
    again = f"/settings/elsewhere/said/{SaidElsewhere.objects.get().pk}/again"
    assert browser_of(bob).post(again).status_code == 404
    assert browser.post(again).status_code == 302
    outbound = FakeOutbound({SLACK: TAKEN})
    worker_says(outbound)
    assert len(outbound.calls) == 1
    assert "What did not arrive" not in text_of(browser.get("/settings/elsewhere"))


def test_a_draft_says_where_it_goes_before_it_is_said(alice: Actor, place: Elsewhere, browser_of: Browser) -> None:
    browser = browser_of(alice)
    say(browser, "Not yet.", also_at=str(place.pk), audience="0", do="keep")
    draft = Draft.objects.get()
    assert "Also in #general of Slack" in text_of(browser.get("/drafts"))
    assert browser.post(f"/drafts/{draft.pk}", {"do": "say"}).status_code == 422
    Draft.objects.update(reach=Reach.HERE)
    assert browser.post(f"/drafts/{draft.pk}", {"do": "say"}).status_code == 302
    worker_says(FakeOutbound({SLACK: TAKEN}))
    assert "There it stays as it was." in text_of(browser.get(f"/said/{latest().pk}/edit"))
    assert "There it stays: nobody can take it back" in text_of(browser.get(f"/said/{latest().pk}/withdraw"))


def test_nobody_removes_the_place_of_another(bob: Actor, place: Elsewhere, browser_of: Browser) -> None:
    assert browser_of(bob).post(f"/settings/elsewhere/{place.pk}/remove").status_code == 404
    assert Elsewhere.objects.exists()


def test_an_account_is_connected_ticked_and_linked_from_the_post(
    alice: Actor, browser_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = FarMastodon()
    for name in ("begin", "finish", "give_back"):
        monkeypatch.setattr(elsewhere, name, partial(getattr(signing_in, name), ask=there.ask))
    browser = browser_of(alice)
    assert browser.get("/settings/elsewhere/back", {"code": "good", "state": "x"}).status_code == 403
    asked = browser.post("/settings/elsewhere/account", {"server": "mastodon.example"})
    assert f'href="{SERVER}/oauth/authorize?' in text_of(asked)
    state = browser.session["elsewhere_asked"]["state"]
    back = browser.get("/settings/elsewhere/back", {"code": "good", "state": state})
    assert back["Location"] == "/settings/elsewhere"
    assert "Also on @alice@mastodon.example: anyone can read it there." in text_of(browser.get("/"))
    refused = say(browser, "Only for you here.", audience="30", also_at=str(Elsewhere.objects.get().pk))
    assert "This is for fewer people than read at @alice@mastodon.example." in text_of(refused)
    say(browser, "Good morning.", also_at=str(Elsewhere.objects.get().pk))
    worker_says(there)
    page = text_of(browser_of(None).get(latest().path))
    (entry,) = mf2py.parse(page)["items"]
    assert entry["properties"]["syndication"] == [f"{SERVER}/@alice/100"]
    browser.post(f"/settings/elsewhere/{Elsewhere.objects.get().pk}/remove")
    assert there.calls[-1].url == f"{SERVER}/oauth/revoke"
    assert "Also said at" in text_of(browser.get(latest().path))


def test_anyone_asks_for_letters_confirms_and_leaves_without_an_account(
    alice: Actor, bob: Actor, browser_of: Browser, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.EMAIL_HOST = ""
    author, stranger = browser_of(alice), browser_of(None)
    assert author.post("/settings/elsewhere/letters").status_code == 403
    assert stranger.get("/letters/alice").status_code == 404
    settings.EMAIL_HOST = "mail.example"
    assert author.post("/settings/elsewhere/letters").status_code == 302
    assert "Also by e-mail, to those who asked you for it." in text_of(author.get("/"))
    assert 'href="/letters/alice"' in text_of(stranger.get("/@alice"))
    assert stranger.post("/letters/alice", {"address": "nobody"}).status_code == 422
    for _ in range(2):
        asked = stranger.post("/letters/alice", {"address": "erin@site.example"})
        assert "Look into your mail" in text_of(asked)
    do_all()
    (question,) = mailoutbox
    yes = f"/letters/yes/{Subscriber.objects.get().token}"
    assert yes in question.body
    assert "Yes, send them to me" in text_of(stranger.get(yes))
    assert "erin@site.example" not in text_of(author.get("/settings/elsewhere"))
    assert "From now on you get" in text_of(stranger.post(yes))
    assert "erin@site.example" in text_of(author.get("/settings/elsewhere"))
    for page in ("/@alice", "/letters/alice"):
        for browser in (stranger, browser_of(bob)):
            assert "erin@" not in text_of(browser.get(page))
    say(author, "Good morning.", also_at=str(Elsewhere.objects.get().pk))
    tasks.take_up_elsewhere()
    do_all()
    tasks.take_up_elsewhere()
    do_all()
    leave = mailoutbox[-1].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("https://home.example")
    assert "Send me no more" in text_of(stranger.get(leave))
    assert Subscriber.objects.exists()
    program = Client(enforce_csrf_checks=True)
    assert program.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.exists()
    assert "your address is forgotten" in text_of(stranger.get(leave))
    assert "Also sent by e-mail, to those who asked for it." in text_of(stranger.get(latest().path))
