"""Feeds of tags and of conversations, and RSS: what anyone may read of people here, and nothing else."""

import json
from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from speak.identity.actions import ProfileWords, let_run_server
from speak.identity.models import Actor
from speak.rooms.actions import (
    agree_to_be_gathered,
    ask_for_week,
    found_organisation,
    open_window,
    speak_at_window,
)
from speak.voice.actions import Words, publish_post, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests.makers import answer, far_post, follows, post

HERE = "https://home.example"
KINDS = ("atom", "rss", "json")
NOT_FOR_ANYONE = (Reach.SELF, Reach.NAMED, Reach.HERE, Reach.FOLLOWERS)


@pytest.fixture
def reader(db: None, browser_of: Callable[[Actor | None], Client]) -> Client:
    """Somebody's feed reader."""
    return browser_of(None)


def entries(reader: Client, path: str, kind: str) -> list[str]:
    """The ids in a feed, by a parser that knows nothing of us."""
    got = reader.get(f"{path}/feed.{kind}")
    assert got.status_code == 200
    assert got["Link"] == f'<{HERE}/websub>; rel="hub", <{HERE}{path}/feed.{kind}>; rel="self"'
    if kind == "json":
        return [item["id"] for item in json.loads(got.content)["items"]]
    parsed = feedparser.parse(got.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert {link["rel"]: link["href"] for link in parsed.feed.links}["hub"] == f"{HERE}/websub"
    return [entry.id for entry in parsed.entries]


def test_rss_is_read_by_others(reader: Client, alice: Actor) -> None:
    note = post(alice, "Who fed the *cat*? #kitchen")
    article = publish_post(alice, words=Words("Once & for all.", title="A < B"), audience=Audience(Reach.PUBLIC))
    got = reader.get("/@alice/feed.rss")
    assert got["Content-Type"] == "application/rss+xml; charset=utf-8"
    parsed = feedparser.parse(got.content)
    assert (parsed.version, parsed.feed.title, parsed.feed.link) == ("rss20", "Alice", alice.url)
    newest, first = parsed.entries
    assert (newest.id, newest.link, newest.title) == (article.uri, article.url, "A < B")
    assert (first.id, first.link) == (note.uri, note.url)
    assert [tag.term for tag in first.tags] == ["kitchen"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_tag_has_a_feed_of_what_people_here_announce(
    reader: Client, alice: Actor, bob: Actor, dora: Actor, kind: str
) -> None:
    first, second = post(alice, "One #Boats"), post(bob, "Two #boats")
    post(bob, "Three #cats")
    far_post(dora, '<p>Four <a href="https://far.example/tags/boats">#boats</a></p>')
    for reach in (*NOT_FOR_ANYONE, Reach.QUIET):
        post(alice, "Hidden #boats", reach=reach, to=(bob,) if reach == Reach.NAMED else ())
    assert entries(reader, "/tags/boats", kind) == [second.uri, first.uri]
    assert entries(reader, "/tags/nobody-says-this", kind) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_conversation_has_a_feed_of_what_a_stranger_reads_there(
    reader: Client, alice: Actor, bob: Actor, dora: Actor, kind: str
) -> None:
    follows(bob, alice)
    begun = post(alice, "What do you think?")
    said = answer(bob, begun, "I see.")
    hidden = answer(bob, begun, "Between us.", audience=Audience(Reach.NAMED, people=(alice,)))
    gone = answer(bob, begun, "Never mind.")
    withdraw_post(bob, post=gone)
    assert hidden.thread_id == begun.thread_id
    assert entries(reader, begun.path, kind) == [said.uri, begun.uri]


@pytest.mark.parametrize("reach", NOT_FOR_ANYONE)
def test_a_conversation_that_is_not_for_anyone_has_none(
    reader: Client, browser_of: Callable[[Actor | None], Client], alice: Actor, bob: Actor, reach: Reach
) -> None:
    said = post(alice, reach=reach, to=(bob,) if reach == Reach.NAMED else ())
    for browser in (reader, browser_of(bob), browser_of(alice)):
        assert browser.get(f"{said.path}/feed.atom").status_code == 404


def test_a_conversation_that_began_elsewhere_has_none(reader: Client, dora: Actor) -> None:
    assert reader.get(f"{far_post(dora).path}/feed.atom").status_code == 404


def gathered(alice: Actor, bob: Actor) -> tuple[Post, Post]:
    """An organisation with a window, where Alice has said one thing at the window and Bob another at home."""
    let_run_server(alice)
    found_organisation(alice, handle="harbor", words=ProfileWords(name="Harbor", aim="Boats & people."))
    window = open_window(alice, name="From the yard", sentence="Somebody else each week.")
    ask_for_week(alice, window=window, actor=alice, week=timezone.localdate())
    for person in (alice, bob):
        agree_to_be_gathered(person, agrees=True)
    return speak_at_window(alice, words=Words("At the window.")), post(bob, "At home.")


@pytest.mark.parametrize("kind", KINDS)
def test_the_window_and_the_organisation_have_feeds(reader: Client, alice: Actor, bob: Actor, kind: str) -> None:
    for path in ("/window", "/organisation"):
        assert reader.get(f"{path}/feed.{kind}").status_code == 404
    at_window, at_home = gathered(alice, bob)
    for reach in (*NOT_FOR_ANYONE, Reach.QUIET):
        post(bob, "Hidden.", reach=reach, to=(alice,) if reach == Reach.NAMED else ())
    assert entries(reader, "/window", kind) == [at_window.uri]
    assert entries(reader, "/organisation", kind) == [at_home.uri, at_window.uri]
    for path in ("/window", "/organisation"):
        page = reader.get(path).content.decode()
        assert f'href="{path}/feed.{kind}"' in page
        assert "Read this in a reader of feeds" in page
    withdraw_post(alice, post=at_window)
    assert entries(reader, "/window", kind) == []


def test_a_feed_of_many_says_who_says_what_and_whose_place_it_is(reader: Client, alice: Actor, bob: Actor) -> None:
    gathered(alice, bob)
    feed = json.loads(reader.get("/organisation/feed.json").content)
    assert (feed["title"], feed["description"]) == ("Harbor", "Boats & people.")
    assert [item["authors"][0]["name"] for item in feed["items"]] == ["Bob", "Alice"]
    parsed = feedparser.parse(reader.get("/window/feed.rss").content)
    assert (parsed.feed.title, parsed.feed.link) == ("From the yard", f"{HERE}/window")


def test_the_feed_of_an_organisation_asks_as_often_for_many(
    reader: Client, alice: Actor, bob: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    gathered(alice, bob)
    for number in range(10):
        post(bob, f"Word {number}. #tag{number}")
    for path in ("/organisation", "/window"):
        with django_assert_max_num_queries(12):
            assert reader.get(f"{path}/feed.json").status_code == 200


def test_whoever_is_heard_less_stands_in_no_feed_of_many(reader: Client, alice: Actor, bob: Actor) -> None:
    at_window, _at_home = gathered(alice, bob)
    Actor.objects.filter(pk=bob.pk).update(is_silenced=True)
    assert entries(reader, "/organisation", "atom") == [at_window.uri]


@pytest.mark.parametrize("path", ["/tags/cats", "/@alice/{}"])
def test_pages_name_their_feeds(reader: Client, alice: Actor, path: str) -> None:
    said = post(alice, "#cats")
    page: Any = reader.get(path.format(said.pk)).content.decode()
    for kind in KINDS:
        assert f'{path.format(said.pk)}/feed.{kind}"' in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_that_has_it_all_gets_nothing_twice(reader: Client, alice: Actor, kind: str) -> None:
    said = post(alice, "#cats")
    for path in ("/tags/cats", said.path):
        known = reader.get(f"{path}/feed.{kind}")["ETag"]
        again = reader.get(f"{path}/feed.{kind}", headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["a%00b", "%0a", "☃", "a%2Fb", "<script>"])
def test_no_tag_is_a_fault_of_ours(reader: Client, name: str) -> None:
    got = reader.get(f"/tags/{name}/feed.atom")
    assert got.status_code in {200, 404}
    assert b"<script>" not in got.content
