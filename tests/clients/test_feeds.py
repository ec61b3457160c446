"""What somebody says to anyone, and nothing else, as feeds that readers understand."""

import json
from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from django.test import Client

from speak.identity.actions import ProfileWords, rename_handle, server_actor, write_profile
from speak.identity.models import Actor
from speak.voice.actions import Words, boost, edit_post, publish_post, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests.makers import answer as answered
from tests.makers import far_person, far_post, follows, person, post

KINDS = ("atom", "rss", "json")
NOT_FOR_ANYONE = (Reach.SELF, Reach.NAMED, Reach.ROOM, Reach.HERE, Reach.FOLLOWERS, Reach.QUIET)


@pytest.fixture
def reader(db: None, browser_of: Callable[[Actor | None], Client]) -> Client:
    """Somebody's feed reader."""
    return browser_of(None)


def entries(reader: Client, kind: str, handle: str = "alice") -> list[Any]:
    """What a reader finds in a feed, by a parser that knows nothing of us."""
    got = reader.get(f"/@{handle}/feed.{kind}")
    assert got.status_code == 200
    if kind == "json":
        return list(json.loads(got.content)["items"])
    parsed = feedparser.parse(got.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return list(parsed.entries)


def test_an_atom_feed_is_read_by_others(reader: Client, alice: Actor) -> None:
    note = post(alice, "Who fed the *cat*? #kitchen")
    article = publish_post(alice, words=Words("Once & for all.", title="A < B"), audience=Audience(Reach.PUBLIC))
    got = reader.get("/@alice/feed.atom")
    assert got["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(got.content)
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert parsed.feed.title == "Alice"
    assert parsed.feed.id == alice.uri
    assert {link["rel"]: link["href"] for link in parsed.feed.links} == {
        "alternate": "https://home.example/@alice",
        "self": "https://home.example/@alice/feed.atom",
        "hub": "https://home.example/websub",
    }
    newest, first = parsed.entries
    assert (newest.id, newest.link, newest.title) == (article.uri, article.url, "A < B")
    assert (first.id, first.link) == (note.uri, note.url)
    assert first.title == "Who fed the *cat*? #kitchen"
    assert first.author == "Alice"
    assert [tag.term for tag in first.tags] == ["kitchen"]
    assert "cat" in first.summary
    assert first.published == note.said_at.isoformat()


def test_a_json_feed_holds_what_the_format_demands(reader: Client, alice: Actor) -> None:
    write_profile(alice, words=ProfileWords("Alice Marram", "Listens."))
    note = post(alice, "Good morning.")
    article = publish_post(
        alice, words=Words("Long.", title="A title", summary="Rain", language="en"), audience=Audience(Reach.PUBLIC)
    )
    got = reader.get("/@alice/feed.json")
    assert got["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(got.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["description"]) == ("Alice Marram", "Listens.")
    assert feed["home_page_url"] == "https://home.example/@alice"
    assert feed["feed_url"] == "https://home.example/@alice/feed.json"
    assert feed["authors"] == [{"name": "Alice Marram", "url": "https://home.example/@alice"}]
    newest, first = feed["items"]
    assert first == {
        "id": note.uri,
        "url": note.url,
        "content_html": "<p>Good morning.</p>",
        "date_published": note.said_at.isoformat(),
        "tags": [],
    }
    assert (newest["id"], newest["title"], newest["summary"]) == (article.uri, "A title", "Rain")
    assert newest["language"] == "en"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reach", NOT_FOR_ANYONE)
def test_what_is_not_announced_to_anyone_is_in_no_feed(
    reader: Client, browser_of: Callable[[Actor | None], Client], alice: Actor, bob: Actor, kind: str, reach: Reach
) -> None:
    follows(bob, alice)
    said = post(alice, "For all of you.")
    post(alice, "Between us.", reach=reach, to=(bob,) if reach in {Reach.NAMED, Reach.ROOM} else ())
    for browser in (reader, browser_of(bob), browser_of(alice)):
        assert [entry["id"] for entry in entries(browser, kind)] == [said.uri]
        assert b"Between us" not in browser.get(f"/@alice/feed.{kind}").content


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_holds_ones_own_words_only(reader: Client, alice: Actor, bob: Actor, dora: Actor, kind: str) -> None:
    said = post(bob, "Mine.")
    boost(alice, post=said)
    boost(alice, post=far_post(dora, "<p>Theirs.</p>"))
    quietly = answered(alice, said, "An answer, not announced.", audience=Audience(Reach.QUIET))
    own = answered(alice, said, "An answer to everybody.", audience=Audience(Reach.PUBLIC))
    assert quietly.reach == Reach.QUIET, "it is there, and not in the feed"
    assert [entry["id"] for entry in entries(reader, kind)] == [own.uri]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_back_is_gone_from_the_feed(reader: Client, alice: Actor, kind: str) -> None:
    said, kept = post(alice, "Never mind."), post(alice, "This stays.")
    withdraw_post(alice, post=said)
    assert [entry["id"] for entry in entries(reader, kind)] == [kept.uri]


@pytest.mark.parametrize("kind", KINDS)
def test_the_newest_twenty_come_first(reader: Client, alice: Actor, kind: str) -> None:
    said = [post(alice, f"Number {number}").uri for number in range(23)]
    assert [entry["id"] for entry in entries(reader, kind)] == said[:2:-1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_that_has_it_all_gets_nothing_twice(reader: Client, alice: Actor, kind: str) -> None:
    said = post(alice, "Good morning.")
    path = f"/@alice/feed.{kind}"
    known = reader.get(path)["ETag"]

    def asked(tag: str) -> Any:  # noqa: ANN401 - the test client's answer
        return reader.get(path, headers={"if-none-match": tag})

    again = asked(known)
    assert (again.status_code, again.content) == (304, b"")
    post(alice, "Only for here.", reach=Reach.HERE)
    assert asked(known).status_code == 304, "what is not in it does not change it"
    for change in (
        lambda: edit_post(alice, post=said, words=Words("Good evening.")),
        lambda: post(alice, "And more."),
        lambda: write_profile(alice, words=ProfileWords("Alice M.", "")),
        lambda: withdraw_post(alice, post=Post.objects.get(pk=said.pk)),
    ):
        change()
        changed = asked(known)
        assert changed.status_code == 200
        assert changed["ETag"] != known
        known = changed["ETag"]


@pytest.mark.parametrize("kind", ["atom", "json"])
def test_an_edited_post_says_when(reader: Client, alice: Actor, kind: str) -> None:
    said = post(alice, "Good morning.")
    edited = edit_post(alice, post=said, words=Words("Good evening."))
    assert edited.edited_at is not None
    entry = entries(reader, kind)[0]
    assert entry["date_modified" if kind == "json" else "updated"] == edited.edited_at.isoformat()


@pytest.mark.parametrize("kind", KINDS)
def test_only_people_here_have_feeds(reader: Client, alice: Actor, dora: Actor, kind: str) -> None:
    far_post(dora)
    server = server_actor()
    for handle in ("nobody", "dora", "dora@far.example", "@", "a b", server.handle, "alice@home.example@x"):
        assert reader.get(f"/@{handle}/feed.{kind}").status_code == 404, handle
    assert reader.get(f"/@alice/feed.{kind}").status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_goes_on_under_the_old_handle(reader: Client, alice: Actor, kind: str) -> None:
    said = post(alice)
    rename_handle(alice, handle="alma")
    for handle in ("alice", "ALICE", "alma"):
        assert [entry["id"] for entry in entries(reader, kind, handle)] == [said.uri]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", ["a\x0bb \x1b[0m \ufffe c", "<script>alert(1)</script> & ]]> ☃", "😀 🜁"])
def test_odd_characters_break_no_feed(reader: Client, kind: str, words: str) -> None:
    oddly = person("odd", name="O\x08dd & <Co>")
    post(oddly, words)
    got = reader.get(f"/@odd/feed.{kind}")
    assert got.status_code == 200
    assert len(entries(reader, kind, "odd")) == 1
    assert b"<script" not in got.content


def test_a_warning_stands_for_the_words_in_the_title(reader: Client, alice: Actor) -> None:
    words = Words("It was the gardener.", summary="How it ends")
    publish_post(alice, words=words, audience=Audience(Reach.PUBLIC))
    post(alice, "w" * 200)
    long, warned = entries(reader, "atom")
    assert warned["title"] == "How it ends"
    assert long["title"] == "w" * 79 + "…"


def test_somebody_elsewhere_with_the_same_handle_changes_nothing(reader: Client, alice: Actor) -> None:
    said = post(alice)
    far_post(far_person("alice"))
    assert [entry["id"] for entry in entries(reader, "json")] == [said.uri]
