"""The pages of practices: each can be done where it stands, and what somebody tried is theirs alone."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from speak.identity.actions import let_run_server
from speak.identity.models import Actor
from speak.kernel import clock
from speak.rooms.actions import choose_programme
from speak.rooms.catalogue import practices
from speak.rooms.models import Step, StepState
from speak.rooms.practices import Tool
from speak.rooms.programmes import shipped
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers
from tests.rooms.test_members import say
from tests.web.reading import latest, text_of

Browser = Callable[[Actor | None], Client]
pytestmark = pytest.mark.django_db
SECRET = "The heron knows."
SLUGS = sorted(practices())
MOVING = re.compile(r'(csrfmiddlewaretoken" value|csrf|nonce|X-CSRFToken)[^>]*')
OPERATION = ("/operators/deliveries", "/safety", "/safety/log", "/metrics")


def with_tool(*tools: Tool) -> list[str]:
    """The practices that are done with these."""
    return [slug for slug in SLUGS if practices()[slug].tool in tools]


# --- Every one of them -----------------------------------------------------------------------


def test_there_are_fifty_three_and_a_list_of_them(alice: Actor, browser_of: Browser) -> None:
    numbers = {practice.number for practice in practices().values()}
    assert set(range(1, 54)) <= numbers
    for browser in (browser_of(None), browser_of(alice)):
        page = browser.get("/practices").content.decode()
        assert all(f'href="/practices/{slug}"' in page for slug in SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_practice_says_what_to_do_and_can_be_done_there(
    alice: Actor, bob: Actor, browser_of: Browser, slug: str
) -> None:
    practice, browser = practices()[slug], browser_of(alice)
    room = makers.room(alice, bob)
    for address in (f"/practices/{slug}", f"/practices/{slug}?room={room.pk}"):
        page = text_of(browser.get(address))
        for told in (practice.title, f"{practice.minutes} minute", practice.origin, *practice.prompt.split("\n")):
            assert told in page
        assert 'class="tool"' in page
        assert (practice.host_note in page) or "room=" not in address
    stranger = text_of(browser_of(None).get(f"/practices/{slug}"))
    assert practice.title in stranger
    assert "Sign in to do it here" in stranger
    browser.post(f"/practices/{slug}", {"do": "tried"})
    assert practice.title in text_of(browser.get("/practices/mine"))
    assert Step.objects.get().state == StepState.TRIED


@pytest.mark.parametrize("slug", SLUGS)
def test_no_paragraph_of_a_practice_breaks_off_within_a_sentence(slug: str) -> None:
    for line in practices()[slug].prompt.strip().splitlines():
        assert line.rstrip()[-1] in ".?!:”"


@pytest.mark.parametrize("slug", [*with_tool(Tool.GO), *with_tool(Tool.TAKE_ALONG)])
def test_the_way_to_where_it_is_done_leads_there(alice: Actor, browser_of: Browser, slug: str) -> None:
    browser = browser_of(alice)
    tool = browser.get(f"/practices/{slug}").content.decode().partition('class="tool"')[2]
    link = re.search(r'class="button main" href="([^"]+)"', tool)
    assert link
    assert browser.get(link[1], follow=True).status_code == 200


@pytest.mark.parametrize("slug", with_tool(Tool.SAY))
def test_what_is_said_with_one_begins_as_it_says_and_goes_where_it_says(
    alice: Actor, bob: Actor, browser_of: Browser, slug: str
) -> None:
    practice, browser, room = practices()[slug], browser_of(alice), makers.room(alice, bob)
    page = text_of(browser.get(f"/practices/{slug}?room={room.pk}"))
    assert practice.opening.strip() in page
    chosen = re.search(r'name="audience".*?<option value="([^"]+)" selected', page, re.DOTALL)
    assert chosen
    form = {"words": "My own words.", "audience": chosen[1], "named": "@bob", "do": "say"}
    browser.post("/compose", form if practice.goes_to == "named" else {**form, "named": ""})
    assert latest().reach == Reach[practice.goes_to.upper()]


# --- What some of them need ------------------------------------------------------------------


def test_places_are_put_on_the_map_and_taken_off(alice: Actor, browser_of: Browser) -> None:
    browser, page = browser_of(alice), "/practices/map-where-you-live-online"
    for name in ("Mail", "A forum"):
        browser.post(page, {"do": "keep", "name": name, "dwells": "8", "works": "2", "moves": "on"})
    assert all(name in text_of(browser.get(page)) for name in ("Mail", "A forum", "to be moved"))
    browser.post(page, {"do": "remove", "place": "0"})
    after = text_of(browser.get(page))
    assert ("Mail" in after.partition("<svg")[2], "A forum" in after) == (False, True)


@pytest.mark.parametrize("typed", [{"name": ""}, {"dwells": "11"}, {"works": "far"}])
def test_what_is_no_place_is_said_beside_the_field(alice: Actor, browser_of: Browser, typed: dict[str, str]) -> None:
    form = {"do": "keep", "name": "Mail", "dwells": "8", "works": "2", **typed}
    assert browser_of(alice).post("/practices/map-where-you-live-online", form).status_code == 422
    assert not Step.objects.exists()


def test_a_name_is_looked_up_elsewhere_and_four_lines_are_kept(alice: Actor, browser_of: Browser) -> None:
    browser, page = browser_of(alice), "/practices/look-yourself-up"
    assert "q=%22Alice%22" in text_of(browser.get(page))
    browser.post(page, {"do": "keep", "name": "Alice Marram", "first": SECRET})
    kept = text_of(browser.get(page))
    assert SECRET in kept
    assert "q=%22Alice+Marram%22" in kept


def test_something_is_put_on_the_shelf_from_the_practice(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    page = text_of(browser.get("/practices/shelf-profile"))
    assert 'action="/settings/shelf"' in page
    browser.post("/settings/shelf", {"title": "A spokeshave", "sentence": "It fits my hand."})
    assert "A spokeshave" in text_of(browser.get("/practices/shelf-profile"))


def test_up_to_five_people_are_answered_there_and_nobody_is_counted(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    room, browser = makers.room(alice, bob), browser_of(alice)
    said = [say(bob, room, f"Word {number}.") for number in range(7)]
    page = text_of(browser.get("/practices/five-a-day"))
    assert page.count('name="in_reply_to"') == 5
    answered = next(post for post in said if f'name="in_reply_to" value="{post.pk}"' in page)
    form = {"words": "I hear you.", "in_reply_to": str(answered.pk), "audience": "thread", "do": "say"}
    browser.post("/compose", form)
    assert latest().room == room.pk
    assert f'value="{answered.pk}"' not in text_of(browser.get("/practices/five-a-day"))


def test_a_letter_is_shut_for_its_writer_too_until_its_day(
    alice: Actor, browser_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, page = browser_of(alice), "/practices/letter-from-later"
    opens_on = (clock.now() + dt.timedelta(days=365)).date()
    browser.post(page, {"do": "keep", "text": SECRET, "opens_on": opens_on.isoformat()})
    shut = text_of(browser.get(page))
    assert "Your letter is shut." in shut
    assert SECRET not in shut
    browser.post(page, {"do": "keep", "text": "Another.", "opens_on": opens_on.isoformat()})
    assert Step.objects.get().paper == {"text": SECRET}
    later = clock.now() + dt.timedelta(days=367)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert SECRET in text_of(browser.get(page))


def test_a_letter_opens_on_a_day_to_come(alice: Actor, browser_of: Browser) -> None:
    form = {"do": "keep", "text": SECRET, "opens_on": "2020-01-01"}
    response = browser_of(alice).post("/practices/letter-from-later", form)
    assert response.status_code == 422
    assert SECRET in text_of(response), "what was typed is not lost"
    assert not Step.objects.exists()


def test_something_is_held_and_a_reader_is_asked_from_the_practice(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    for slug in ("sleep-on-it", "second-pair-of-eyes"):
        assert 'action="/compose"' in browser.get(f"/practices/{slug}").content.decode()
    browser.post("/compose", {"words": SECRET, "audience": "60", "do": "hold"})
    assert SECRET in text_of(browser.get("/drafts"))
    assert not Post.objects.exists()


@pytest.mark.parametrize("slug", with_tool(Tool.WRITE))
def test_a_sheet_is_kept_and_forgotten_with_all_that_is_on_it(alice: Actor, browser_of: Browser, slug: str) -> None:
    browser, page = browser_of(alice), f"/practices/{slug}"
    browser.post(page, {"do": "keep", "text": SECRET})
    assert SECRET in text_of(browser.get(page))
    browser.post(page, {"do": "set_aside"})
    assert SECRET in text_of(browser.get(page))
    browser.post(page, {"do": "forget"})
    assert not Step.objects.exists()


# --- Nobody else -----------------------------------------------------------------------------


def test_what_somebody_tried_and_wrote_is_seen_by_nobody_else(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    room = choose_programme(alice, room=makers.room(alice, bob, carol), programme=shipped()["twelve-weeks"])
    say(bob, room, "Good morning.")
    let_run_server(carol)
    pages = (
        *(f"/rooms/{room.pk}{page}" for page in ("", "/people", "/programme", "/now", "/settings", "/screen")),
        *("/practices", "/practices/mine", "/practices/people-for-my-aim", "/practices/weeknote", "/@bob", "/"),
        *("/notifications", "/programmes", *OPERATION),
    )

    def seen() -> list[tuple[int, str]]:
        """All that a host, another member who runs the server, and a stranger are shown."""
        looks = [browser_of(actor).get(page) for actor in (alice, carol, None) for page in pages]
        pages_only = [look for look, page in zip(looks, pages * 3, strict=True) if page != "/metrics"]
        assert all(SECRET not in text_of(look) for look in looks)
        return [(look.status_code, MOVING.sub("", text_of(look))) for look in pages_only]

    seen()  # whoever has read their notifications has none that are new
    before = seen()
    browser = browser_of(bob)
    browser.post("/practices/people-for-my-aim", {"do": "keep", "text": SECRET})
    browser.post("/practices/weeknote", {"do": "tried"})
    browser.post("/practices/look-yourself-up", {"do": "set_aside"})
    assert Step.objects.filter(actor=bob).count() == 3
    for old, new in zip(before, seen(), strict=True):
        assert new == old


@pytest.mark.parametrize("address", ["/@bob", "/api/v1/accounts/lookup?acct=bob", "/api/v2/search?q=heron"])
def test_no_document_and_no_answer_to_an_app_knows_of_it(bob: Actor, browser_of: Browser, address: str) -> None:
    browser_of(bob).post("/practices/people-for-my-aim", {"do": "keep", "text": SECRET})
    browser_of(bob).post("/practices/weeknote", {"do": "tried"})
    for accepted in ("application/activity+json", "application/json"):
        answer = browser_of(None).get(address, headers={"accept": accepted})
        body = answer.content.decode()
        assert SECRET not in body
        assert "weeknote" not in body


@pytest.mark.parametrize("do", ["tried", "set_aside", "forget", "keep"])
def test_a_stranger_notes_nothing(browser_of: Browser, do: str) -> None:
    assert browser_of(None).post("/practices/weeknote", {"do": do, "text": SECRET}).status_code in {302, 403}
    assert not Step.objects.exists()


def test_a_practice_is_not_done_in_a_room_one_is_not_in(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = makers.room(alice)
    assert browser_of(bob).get(f"/practices/first-sentence?room={room.pk}").status_code == 404
    assert browser_of(bob).get("/practices/unheard-of").status_code == 404


# --- How much it costs -----------------------------------------------------------------------


def test_what_one_has_tried_is_listed_with_as_many_queries_for_fifty_as_for_one(
    alice: Actor, browser_of: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = browser_of(alice)
    browser.get("/practices")
    counted = []
    for slugs in (SLUGS[:1], SLUGS):
        for slug in slugs:
            Step.objects.update_or_create(actor=alice, practice=slug, defaults={"state": StepState.TRIED})
        with django_assert_max_num_queries(12) as made:
            browser.get("/practices/mine")
        counted.append(len(made))
    assert counted[0] == counted[1]
