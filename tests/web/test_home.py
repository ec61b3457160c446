"""Home: those who wait, the place to write, what is said."""

from collections.abc import Callable

import mf2py
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from speak.identity.actions import mute
from speak.identity.models import Actor
from speak.voice.actions import boost, like
from speak.voice.models import Reach
from tests import makers
from tests.web.reading import text_of

Browser = Callable[[Actor | None], Client]


def test_answering_comes_before_writing_comes_before_reading(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    post = makers.post(alice, "A thing I said.")
    makers.answer(bob, post, "And what about the garden?")
    page = text_of(browser_of(alice).get("/"))
    assert page.index("Waiting for an answer") < page.index("And what about the garden?")
    assert page.index("And what about the garden?") < page.index("What would you like to say?")
    assert page.index("What would you like to say?") < page.index("A thing I said.")


def test_whoever_was_answered_waits_no_more(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    asked = makers.answer(bob, makers.post(alice), "And you?")
    makers.answer(alice, asked, "Me too.")
    assert "Waiting for an answer" not in text_of(browser_of(alice).get("/"))


def test_the_muted_are_not_heard(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    makers.post(bob, "To the house.", reach=Reach.HERE)
    assert "To the house." in text_of(browser_of(alice).get("/"))
    mute(alice, muted=bob)
    assert "To the house." not in text_of(browser_of(alice).get("/"))


def test_what_is_passed_on_says_by_whom(alice: Actor, bob: Actor, carol: Actor, browser_of: Browser) -> None:
    makers.follows(alice, bob)
    boost(bob, post=makers.post(carol, "Said by Carol."))
    page = text_of(browser_of(alice).get("/"))
    assert 'Passed on by <a href="/@bob">Bob</a>' in page
    assert "Said by Carol." in page


def test_home_pages_back_and_forth(alice: Actor, browser_of: Browser) -> None:
    posts = [makers.post(alice, f"Word {number:02}.") for number in range(45)]
    browser = browser_of(alice)
    seen: list[str] = []
    page = browser.get("/")
    while True:
        seen += [line for line in (f"Word {number:02}." for number in reversed(range(45))) if line in text_of(page)]
        older = page.context["older_url"]
        if not older:
            break
        page = browser.get(older)
    assert seen == [f"Word {number:02}." for number in reversed(range(45))]
    assert "What would you like to say?" not in text_of(page)
    back = browser.get(browser.get(page.context["newer_url"]).context["newer_url"])
    assert f"post-{posts[-1].pk}" in text_of(back)
    assert "What would you like to say?" in text_of(back)


@pytest.mark.parametrize("query", ["before=x", "after=-1", "before=99999999999999999999", "before=0", "after=0"])
def test_odd_addresses_are_no_trouble(query: str, alice: Actor, browser_of: Browser) -> None:
    makers.post(alice)
    assert browser_of(alice).get(f"/?{query}").status_code == 200


def test_home_is_a_feed(alice: Actor, browser_of: Browser) -> None:
    makers.post(alice, "One.")
    makers.post(alice, "Two.")
    parsed = mf2py.parse(doc=text_of(browser_of(alice).get("/")), url="https://home.example/")
    feed = next(item for item in parsed["items"] if item["type"] == ["h-feed"])
    assert [entry["properties"]["content"][0]["value"] for entry in feed["children"]] == ["Two.", "One."]


def test_home_asks_as_often_for_many_as_for_few(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    makers.follows(alice, bob)
    browser = browser_of(alice)

    def fill(times: int) -> None:
        for number in range(times):
            said = makers.post(bob, f"Number {number} for @alice #tag", reach=Reach.NAMED, to=(alice, carol))
            like(alice, post=said)
            boost(bob, post=makers.post(carol, f"Passed on {number}"))
            makers.answer(bob, makers.post(alice, "Asked."), "Answered.")

    fill(1)
    browser.get("/")
    with django_assert_num_queries(HOME_QUERIES):
        browser.get("/")
    fill(7)
    with django_assert_num_queries(HOME_QUERIES):
        browser.get("/")


HOME_QUERIES = 25
