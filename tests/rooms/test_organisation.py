"""The organisation gathers voices and has none of its own; each week somebody else speaks at the window."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from speak.federation.models import Activity, Delivery
from speak.identity.actions import ProfileWords, let_run_server
from speak.identity.models import Actor, Notification
from speak.kernel import clock
from speak.kernel.errors import NotAllowed, Refusal
from speak.rooms.actions import (
    agree_to_be_gathered,
    answer_about_week,
    ask_for_week,
    found_organisation,
    open_window,
    speak_at_window,
)
from speak.rooms.errors import Unfit
from speak.rooms.models import Turn
from speak.rooms.queries import said_at, this_week, turn_now
from speak.voice.actions import Words, publish_post, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Boost, Post
from speak.voice.reach import Reach
from tests import makers
from tests.federation.far import ACTIVITY
from tests.web.reading import text_of

Browser = Callable[[Actor | None], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(alice: Actor) -> Actor:
    """Alice runs this server."""
    let_run_server(alice)
    return alice


@pytest.fixture
def works(operator: Actor) -> Actor:
    """The organisation's actor."""
    words = ProfileWords(name="Harbor Works", aim="We keep boats afloat.")
    return found_organisation(operator, handle="harbor", words=words).actor


def gathered(works: Actor) -> set[int]:
    """What it passes on."""
    return set(Boost.objects.filter(actor=works).values_list("post", flat=True))


def test_it_passes_on_what_those_say_to_anyone_who_agreed(works: Actor, alice: Actor, bob: Actor) -> None:
    agree_to_be_gathered(bob, agrees=True)
    kept = makers.post(bob)
    makers.post(alice)
    makers.answer(bob, makers.post(alice))
    for reach in (Reach.QUIET, Reach.FOLLOWERS, Reach.HERE, Reach.SELF, Reach.ROOM):
        makers.post(bob, reach=reach)
    assert gathered(works) == {kept.pk}


def test_who_agrees_no_more_is_passed_on_no_more(works: Actor, bob: Actor) -> None:
    agree_to_be_gathered(bob, agrees=True)
    makers.post(bob)
    withdrawn = makers.post(bob)
    withdraw_post(bob, post=withdrawn)
    assert len(gathered(works)) == 1
    agree_to_be_gathered(bob, agrees=False)
    makers.post(bob)
    assert gathered(works) == set()


def test_who_follows_it_from_elsewhere_gets_what_it_passes_on(works: Actor, bob: Actor, dora: Actor) -> None:
    makers.follows(dora, works)
    agree_to_be_gathered(bob, agrees=True)
    said = makers.post(bob)
    announce = Activity.objects.get(kind="Announce")
    assert announce.actor == works
    assert said.uri in announce.body
    assert Delivery.objects.filter(activity=announce, inbox_url=dora.best_inbox_url).exists()


def test_it_never_says_anything_itself(works: Actor, alice: Actor) -> None:
    said = makers.post(alice)
    for audience, answered in ((Audience(Reach.PUBLIC), None), (Audience(Reach.QUIET, stays_in_thread=True), said)):
        with pytest.raises(Refusal, match="an organisation has none"):
            publish_post(works, words=Words("We are delighted."), audience=audience, in_reply_to=answered)
    assert not Post.objects.filter(author=works).exists()
    assert works.user is None


def test_only_whoever_runs_the_server_founds_it_and_once(works: Actor, bob: Actor, operator: Actor) -> None:
    words = ProfileWords(name="Other")
    with pytest.raises(NotAllowed):
        found_organisation(bob, handle="other", words=words)
    with pytest.raises(Unfit):
        found_organisation(operator, handle="other", words=words)
    assert Actor.objects.filter(kind="Organization").get() == works


def test_its_page_is_the_sum_of_voices(works: Actor, alice: Actor, bob: Actor, browser_of: Browser) -> None:
    browser_of(bob).post("/organisation/gathered", {"do": "agree"})
    makers.post(bob, "The tide was late today.")
    makers.room(alice, bob, name="Engine room")
    page = text_of(browser_of(None).get("/organisation"))
    for told in ("Harbor Works", "We keep boats afloat.", "The tide was late today.", "@harbor@home.example"):
        assert told in page
    assert "Engine room" not in page
    assert "Engine room" in text_of(browser_of(bob).get("/organisation"))
    assert browser_of(None).get("/@harbor")["Location"] == "/organisation"
    document = browser_of(None).get("/@harbor", headers={"accept": ACTIVITY}).json()
    assert (document["type"], document["id"]) == ("Organization", works.uri)
    found = browser_of(None).get("/.well-known/webfinger?resource=acct:harbor@home.example").json()
    assert found["subject"] == "acct:harbor@home.example"


def test_it_is_founded_from_its_page(operator: Actor, bob: Actor, browser_of: Browser) -> None:
    assert "no page together yet" in text_of(browser_of(bob).get("/organisation"))
    form = {"name": "Harbor Works", "handle": "harbor", "sentence": "Boats."}
    assert browser_of(bob).post("/organisation", form).status_code == 200
    assert not Actor.objects.filter(kind="Organization").exists()
    assert browser_of(operator).post("/organisation", form).status_code == 302
    assert "Harbor Works" in text_of(browser_of(None).get("/organisation"))


# --- The window --------------------------------------------------------------------------------


def test_somebody_speaks_at_the_window_in_their_week_and_nobody_else(
    works: Actor, operator: Actor, bob: Actor, carol: Actor
) -> None:
    window = open_window(operator, name="From the quay", sentence="What we see.")
    with pytest.raises(NotAllowed):
        ask_for_week(carol, window=window, actor=bob, week=this_week())
    turn = ask_for_week(operator, window=window, actor=bob, week=this_week())
    assert Notification.objects.get(recipient=bob).kind == "turn_asked"
    with pytest.raises(NotAllowed):
        speak_at_window(bob, words=Words("Too early."))
    answer_about_week(bob, turn=turn, accepts=True)
    said = speak_at_window(bob, words=Words("The crane moves."))
    assert (said.author, said.reach) == (bob, Reach.PUBLIC)
    assert said_at(None, window) == [said]
    assert gathered(works) == {said.pk}
    for other in (operator, carol):
        with pytest.raises(NotAllowed):
            speak_at_window(other, words=Words("Me, too."))
    turn.refresh_from_db()
    turn.week -= dt.timedelta(weeks=1)
    turn.save()
    with pytest.raises(NotAllowed):
        speak_at_window(bob, words=Words("Too late."))


def test_a_week_is_one_persons_and_may_be_declined(operator: Actor, bob: Actor, carol: Actor) -> None:
    window = open_window(operator, name="From the quay", sentence="")
    turn = ask_for_week(operator, window=window, actor=bob, week=this_week())
    with pytest.raises(Unfit):
        ask_for_week(operator, window=window, actor=carol, week=this_week())
    with pytest.raises(Unfit):
        answer_about_week(carol, turn=turn, accepts=True)
    with pytest.raises(Unfit):
        ask_for_week(operator, window=window, actor=carol, week=this_week() - dt.timedelta(days=1))
    answer_about_week(bob, turn=turn, accepts=False)
    assert not Turn.objects.exists()
    assert ask_for_week(operator, window=window, actor=carol, week=this_week()).actor == carol


def test_the_window_is_asked_for_taken_and_spoken_at_from_its_page(
    operator: Actor, bob: Actor, browser_of: Browser
) -> None:
    browser_of(operator).post("/window", {"do": "open", "name": "From the quay", "sentence": "What we see."})
    browser_of(operator).post("/window", {"do": "ask", "address": "@bob", "week": str(this_week())})
    assert "asks you for the week of" in text_of(browser_of(bob).get("/window"))
    browser_of(bob).post("/window", {"do": "accept", "turn": str(Turn.objects.get().pk)})
    browser_of(bob).post("/window", {"do": "say", "words": "The crane moves."})
    page = text_of(browser_of(None).get("/window"))
    for told in ("From the quay", "This week", "Bob", "The crane moves."):
        assert told in page
    assert "Say it at the window" not in page
    assert browser_of(operator).post("/window", {"do": "say", "words": "Me, too."}).status_code == 422


@pytest.mark.parametrize(("zone", "monday"), [("Pacific/Auckland", 7), ("UTC", 0), ("America/Los_Angeles", 0)])
def test_the_week_turns_over_by_the_clock_where_the_server_is(
    operator: Actor, settings: Settings, zone: str, monday: int
) -> None:
    settings.TIME_ZONE = zone
    sunday = dt.datetime(2031, 6, 1, 13, tzinfo=dt.UTC)  # in Auckland it is one in the night to Monday
    window = open_window(operator, name="From the quay", sentence="")
    with clock.moved(sunday - clock.now()):
        assert this_week() == dt.date(2031, 5, 26) + dt.timedelta(days=monday)
        turn = ask_for_week(operator, window=window, actor=operator, week=dt.date(2031, 6, 2))
        assert (turn_now(window) == turn) == bool(monday)
