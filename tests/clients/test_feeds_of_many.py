"""Feeds of tags and of conversations, and RSS: what anyone may read of people here, and nothing else."""

import json
from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from django.test import Client

from speak.identity.models import Actor
from speak.voice.actions import Words, publish_post, withdraw_post
from speak.voice.audience import Audience
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
