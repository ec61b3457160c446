"""What awaits somebody."""

from collections.abc import Callable

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from speak.identity.actions import change_preferences, follow
from speak.identity.models import Actor, Follow, FollowState
from speak.voice.actions import boost, like, withdraw_post
from speak.voice.models import Reach
from tests import makers
from tests.web.reading import text_of

Browser = Callable[[Actor | None], Client]


def test_everything_that_happened_stands_there_in_words(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    post = makers.post(alice, "A morning.")
    makers.answer(bob, post, "A good one.")
    makers.post(bob, "Ask @alice about it.")
    like(bob, post=post)
    boost(carol, post=post)
    makers.follows(carol, alice)
    page = text_of(browser_of(alice).get("/notifications"))
    for sentence in ("answered you", "mentioned you", "thanks you", "passed your words on", "follows you"):
        assert sentence in page
    assert "A good one." in page


def test_what_is_new_is_so_once(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    like(bob, post=makers.post(alice))
    browser = browser_of(alice)
    assert "(something new)" in text_of(browser.get("/"))
    assert "New:" in text_of(browser.get("/notifications"))
    assert "New:" not in text_of(browser.get("/notifications"))
    assert "(something new)" not in text_of(browser.get("/"))


def test_somebody_who_asks_to_follow_is_let_in(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    change_preferences(alice, approves_followers=True, is_listed=False)
    follow(bob, target=alice)
    browser = browser_of(alice)
    page = text_of(browser.get("/notifications"))
    assert "They ask to follow you" in page
    assert 'value="accept"' in page
    browser.post("/people/act", {"address": bob.address, "act": "accept", "next": "/notifications"})
    assert Follow.objects.get().state == FollowState.ACCEPTED
    page = text_of(browser.get("/notifications"))
    assert "They ask to follow you" not in page
    assert "follows you" in page


def test_what_was_withdrawn_is_not_told(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    answer = makers.answer(bob, makers.post(alice), "Too much said.")
    withdraw_post(bob, post=answer)
    assert "Too much said." not in text_of(browser_of(alice).get("/notifications"))


def test_nobody_is_told_of_what_they_cannot_read(alice: Actor, bob: Actor, carol: Actor, browser_of: Browser) -> None:
    makers.post(alice, "To myself, about @carol.", reach=Reach.SELF)
    between_two = makers.post(alice, "Between us.", reach=Reach.NAMED, to=(bob,))
    makers.answer(bob, between_two, "What would @carol say?")
    told = text_of(browser_of(carol).get("/notifications"))
    assert "Alice" not in told
    assert "Bob" not in told


def test_notifications_ask_as_often_for_many_as_for_few(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = browser_of(alice)

    def fill(times: int) -> None:
        for _ in range(times):
            post = makers.post(alice)
            like(bob, post=post)
            makers.answer(carol, post)

    fill(1)
    browser.get("/notifications")
    with django_assert_num_queries(NOTIFICATION_QUERIES):
        browser.get("/notifications")
    fill(8)
    with django_assert_num_queries(NOTIFICATION_QUERIES):
        browser.get("/notifications")


NOTIFICATION_QUERIES = 9
