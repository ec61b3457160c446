"""Search, tags, what one keeps, drafts: lists that show only what the one who looks may read."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from speak.identity.actions import change_preferences
from speak.identity.models import Actor
from speak.voice.actions import keep, like
from speak.voice.models import Draft, Post, Reach
from tests import makers
from tests.web.reading import latest, say, text_of

Browser = Callable[[Actor | None], Client]
# A press opens what the deed means; a second one does it.
PRESSED_TWICE = re.compile(
    r"<details>\s*<summary>Drop it</summary>\s*<form.*?gone for good.*?value=\"drop\"", re.DOTALL
)


def test_words_are_found_by_those_who_may_read_them(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    makers.post(alice, "The marmalade recipe.", reach=Reach.NAMED, to=(bob,))
    assert "The marmalade recipe." in text_of(browser_of(bob).get("/search?q=marmal"))
    assert "The marmalade recipe." not in text_of(browser_of(carol).get("/search?q=marmalade"))
    assert "The marmalade recipe." not in text_of(browser_of(None).get("/search?q=marmalade"))


def test_people_are_found_by_name_and_address(alice: Actor, dora: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    for text in ("Dora", "@dora@far.example", "dora@far.example"):
        page = text_of(browser.get("/search", {"q": text}))
        assert "@dora@far.example" in page.split("<main")[1].replace(f'value="{text}"', "")
        assert 'value="follow"' in page


def test_the_address_of_a_post_leads_to_it(alice: Actor, dora: Actor, browser_of: Browser) -> None:
    post = makers.far_post(dora)
    response = browser_of(alice).get("/search", {"q": post.uri})
    assert response["Location"] == post.path


def test_a_stranger_finds_those_who_chose_to_be_seen(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    change_preferences(alice, approves_followers=False, is_listed=True)
    assert "/@alice" in text_of(browser_of(None).get("/search?q=alice"))
    assert "/@bob" not in text_of(browser_of(None).get("/search?q=bob"))


def test_nothing_found_says_what_to_do(alice: Actor, browser_of: Browser) -> None:
    assert "try fewer words" in text_of(browser_of(alice).get("/search?q=zzz"))


@pytest.mark.parametrize("text", ['"', "' OR 1=1 --", "*", "NEAR(", "@", "https://", "a AND", "%", "\x00", "é" * 500])
def test_odd_words_are_no_trouble(text: str, alice: Actor, browser_of: Browser) -> None:
    makers.post(alice, "Something.")
    assert browser_of(alice).get("/search", {"q": text}).status_code == 200
    assert browser_of(None).get("/search", {"q": text}).status_code == 200


def test_a_tag_gathers_what_is_announced(alice: Actor, browser_of: Browser) -> None:
    for reach in Reach:
        if reach not in {Reach.NAMED, Reach.ROOM}:
            makers.post(alice, f"#Garden for {reach.name}", reach=reach)
    page = text_of(browser_of(None).get("/tags/garden"))
    assert "for PUBLIC" in page
    assert all(f"for {name}" not in page for name in ("QUIET", "FOLLOWERS", "HERE", "SELF"))
    assert browser_of(None).get("/tags/nothing").status_code == 200


def test_kept_and_thanked_are_for_ones_own_eyes(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    kept, thanked = makers.post(alice, "Worth keeping."), makers.post(alice, "Worth thanks.")
    keep(bob, post=kept)
    like(bob, post=thanked)
    assert "Worth keeping." in text_of(browser_of(bob).get("/bookmarks"))
    assert "Worth thanks." in text_of(browser_of(bob).get("/thanked"))
    for path in ("/bookmarks", "/thanked"):
        assert "Worth" not in text_of(browser_of(alice).get(path))
        assert browser_of(None).get(path).status_code == 302


def test_what_one_keeps_pages_over_what_was_withdrawn(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    posts = [makers.post(alice, f"Word {number:02}.") for number in range(30)]
    for post in posts:
        keep(bob, post=post)
    for post in posts[10:20]:
        browser_of(alice).post(f"/said/{post.pk}/withdraw")
    page = text_of(browser_of(bob).get("/bookmarks"))
    assert all(f"Word {number:02}." in page for number in (*range(10), *range(20, 30)))


def test_drafts_are_said_held_and_dropped(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    say(browser, "First thought", audience="0", do="keep")
    draft = Draft.objects.get()
    browser.post(f"/drafts/{draft.pk}", {"do": "hold"})
    draft.refresh_from_db()
    assert draft.held_until is not None
    browser.post(f"/drafts/{draft.pk}", {"do": "say"})
    assert latest().source == "First thought"
    say(browser, "Second thought", do="keep")
    assert PRESSED_TWICE.search(text_of(browser.get("/drafts"))), "one press opens it, and says that it is for good"
    browser.post(f"/drafts/{Draft.objects.get().pk}", {"do": "drop"})
    assert not Draft.objects.exists()
    assert Post.objects.count() == 1


def test_nobody_sees_or_touches_the_drafts_of_another(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    say(browser_of(alice), "Half a secret", do="keep")
    draft = Draft.objects.get()
    assert "Half a secret" not in text_of(browser_of(bob).get("/drafts"))
    assert browser_of(bob).get(f"/compose?draft={draft.pk}").status_code == 404
    for do in ("say", "hold", "drop"):
        assert browser_of(bob).post(f"/drafts/{draft.pk}", {"do": do}).status_code == 404
    assert "Half a secret" not in text_of(say(browser_of(bob), "Mine", draft=str(draft.pk)))
    assert Draft.objects.get().source == "Half a secret"


def test_search_and_thread_ask_as_often_for_many_as_for_few(
    alice: Actor, bob: Actor, browser_of: Browser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = browser_of(alice)
    first = makers.post(alice, "The garden in spring.")

    def fill(times: int) -> None:
        for number in range(times):
            answer = makers.answer(bob, first, f"My garden {number} #green @alice")
            makers.answer(alice, answer, f"And the garden below {number}")

    fill(1)
    for path, queries in ((first.path, THREAD_QUERIES), ("/search?q=garden", SEARCH_QUERIES)):
        browser.get(path)
        with django_assert_num_queries(queries):
            browser.get(path)
    fill(7)
    for path, queries in ((first.path, THREAD_QUERIES), ("/search?q=garden", SEARCH_QUERIES)):
        with django_assert_num_queries(queries):
            browser.get(path)


THREAD_QUERIES, SEARCH_QUERIES = 16, 11
