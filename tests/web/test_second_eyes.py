"""A second pair of eyes on the pages, and the step to a smaller place; each one step away from the box."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from speak.identity.models import Actor
from speak.voice.models import Draft, Look, Post, Question
from speak.voice.reach import Reach
from tests import makers

Browser = Callable[[Actor], Client]
WORDS = "We were wrong about the pumps."


def shown(browser: Client, reader: str = "bob") -> Look:
    """Write something and ask one reader first."""
    page = browser.post("/compose", {"words": WORDS, "audience": "30", "do": "show"})
    assert page.status_code == 302
    done = browser.post(page["Location"], {"reader": reader, "wish": "Is it fair?"}, follow=True)
    assert done.status_code == 200, done.content
    return Look.objects.get()


def test_one_step_from_the_box_to_a_reader_and_back_with_their_questions(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    look = shown(browser_of(alice))
    page = browser_of(bob).get(f"/look/{look.pk}").content.decode()
    assert WORDS in page
    assert "Is it fair?" in page
    browser_of(bob).post(f"/look/{look.pk}", {"words": "Which pumps?"})
    beside = browser_of(alice).get(f"/compose?draft={look.draft_id}").content.decode()
    assert "Which pumps?" in beside
    assert "can read this draft, and nobody else" in beside
    assert "can read it now" in browser_of(alice).get("/drafts").content.decode()
    assert f"/look/{look.pk}" in browser_of(bob).get("/notifications").content.decode()
    assert not Post.objects.exists()


def test_the_reader_has_nothing_to_edit_with(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    look = shown(browser_of(alice))
    page = browser_of(bob).get(f"/look/{look.pk}").content.decode()
    fields = re.findall(r"<(?:textarea|input|select)[^>]*name=\"(\w+)\"", page.partition("<main")[2])
    assert set(fields) <= {"csrfmiddlewaretoken", "words"}
    browser = browser_of(bob)
    given = {"draft": str(look.draft_id), "words": "Other words.", "audience": "30"}
    for do in ("say", "keep", "hold", "show"):
        browser.post("/compose", {**given, "do": do})
    browser.post(f"/drafts/{look.draft_id}", {"do": "say"})
    browser.post(f"/drafts/{look.draft_id}/show", {"reader": "alice"})
    browser.post(f"/drafts/{look.draft_id}/take-back")
    assert Draft.objects.get(pk=look.draft_id).source == WORDS
    assert Look.objects.filter(pk=look.pk).exists()
    assert not Post.objects.filter(author=alice).exists()


def test_nobody_else_finds_it(alice: Actor, bob: Actor, carol: Actor, browser_of: Browser) -> None:
    look = shown(browser_of(alice))
    assert browser_of(carol).get(f"/look/{look.pk}").status_code == 404
    assert browser_of(carol).post(f"/look/{look.pk}", {"words": "What?"}).status_code == 404
    assert Client().get(f"/look/{look.pk}").status_code == 302
    assert not Question.objects.exists()


def test_it_is_taken_back_beside_the_draft(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    look = shown(browser_of(alice))
    browser_of(alice).post(f"/drafts/{look.draft_id}/take-back")
    assert browser_of(bob).get(f"/look/{look.pk}").status_code == 404


@pytest.mark.parametrize("reader", ["alice", "nobody-of-this-name", "@dora@far.example", ""])
def test_somebody_who_cannot_be_asked_is_said_so_beside_the_name(
    alice: Actor, bob: Actor, dora: Actor, browser_of: Browser, reader: str
) -> None:
    browser = browser_of(alice)
    page = browser.post("/compose", {"words": WORDS, "audience": "30", "do": "show"})
    assert browser.post(page["Location"], {"reader": reader}).status_code == 422
    assert not Look.objects.exists()


def chosen_in(html: str) -> str:
    """The audience that is chosen in the box."""
    found = re.search(r'<option value="([\w-]+)" selected', html.partition('name="audience"')[2])
    assert found
    return found[1]


def test_a_smaller_place_is_one_step_away_and_loses_nothing(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    given = {"words": WORDS, "title": "Pumps", "summary": "Water", "wants": "questions", "do": "smaller"}
    audience = "60"
    for expected in ("50", "40", "30", "10", "0", "0"):
        html = browser.post("/compose", {**given, "audience": audience}).content.decode()
        audience = chosen_in(html)
        assert audience == expected
        for typed in (WORDS, "Pumps", "Water"):
            assert typed in html
    assert not Post.objects.exists()
    assert not Draft.objects.exists()


def test_a_room_of_ones_own_is_a_smaller_place_than_everyone_here(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    room = makers.room(alice, bob)
    html = browser_of(alice).post("/compose", {"words": WORDS, "audience": "30", "do": "smaller"}).content.decode()
    assert chosen_in(html) == f"room-{room.pk}"


@pytest.mark.parametrize("reach", [Reach.NAMED, Reach.HERE, Reach.FOLLOWERS, Reach.QUIET, Reach.PUBLIC])
def test_in_an_answer_each_step_is_smaller_and_one_that_the_form_offers(
    alice: Actor, bob: Actor, browser_of: Browser, reach: Reach
) -> None:
    makers.room(bob, alice)
    makers.follows(bob, alice)
    said = makers.post(alice, reach=reach, to=(bob,) if reach == Reach.NAMED else ())
    browser = browser_of(bob)
    given = {"words": WORDS, "in_reply_to": str(said.pk), "do": "smaller"}
    audience, steps = str(reach.value) if said.is_open else "thread", [100]
    while audience != "0":
        audience = chosen_in(browser.post("/compose", {**given, "audience": audience}).content.decode())
        assert audience != "thread"
        assert int(audience) < steps[-1]
        steps.append(int(audience))
    assert "no smaller place" in browser.post("/compose", {**given, "audience": "0"}).content.decode()


def test_a_picture_that_is_refused_is_said_so_and_a_good_one_stays(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    browser = browser_of(alice)
    given = {"words": WORDS, "audience": "30", "do": "smaller"}
    good = SimpleUploadedFile("a.png", makers.picture(), content_type="image/png")
    bad = SimpleUploadedFile("b.png", b"no picture", content_type="image/png")
    html = browser.post("/compose", {**given, "picture_0": good, "description_0": "A pump"}).content.decode()
    assert "A pump" in html
    refused = browser.post("/compose", {**given, "picture_0": bad}).content.decode()
    assert "not a picture" in refused
    assert chosen_in(refused) == "10"
