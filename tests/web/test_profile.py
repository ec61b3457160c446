"""The page of a person."""

from collections.abc import Callable

import mf2py
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from speak.identity import actions
from speak.identity.actions import ProfileWords
from speak.identity.models import Actor
from speak.voice.actions import boost, like
from speak.voice.reach import Reach
from tests import makers

Browser = Callable[[Actor | None], Client]


@pytest.fixture
def furnished(alice: Actor) -> Actor:
    """Alice with an aim, two links, a thing on the shelf and two posts."""
    actions.write_profile(alice, words=ProfileWords("Alice Adams", "Building a boat"))
    actions.replace_links(alice, links=[("Blog", "https://alice.example/"), ("Work", "https://work.example/a")])
    actions.put_on_shelf(alice, title="A spokeshave", sentence="My grandfather's.")
    makers.post(alice, "First.")
    makers.post(alice, "Second.")
    return alice


def test_a_stranger_reads_who_somebody_is_and_what_they_say(browser_of: Browser, furnished: Actor) -> None:
    answer = browser_of(None).get("/@alice")
    assert answer.status_code == 200
    for said in ("Alice Adams", "@alice@home.example", "Building a boat", "A spokeshave", "My grandfather", "Second."):
        assert said in answer.text
    assert "Accept" in answer.headers["Vary"]


def test_the_page_is_an_h_card_and_an_h_feed(browser_of: Browser, furnished: Actor) -> None:
    html = browser_of(None).get("/@alice").text
    parsed = mf2py.parse(html, url="https://home.example/@alice")
    card = next(item for item in parsed["items"] if item["type"] == ["h-card"])
    assert card["properties"]["name"] == ["Alice Adams"]
    assert card["properties"]["uid"] == ["https://home.example/@alice"]
    assert "https://alice.example/" in card["properties"]["url"]
    assert card["properties"]["note"] == ["Building a boat"]
    feed = next(item for item in parsed["items"] if item["type"] == ["h-feed"])
    entries = [entry for entry in feed["children"] if entry["type"] == ["h-entry"]]
    assert [entry["properties"]["content"][0]["value"] for entry in entries] == ["Second.", "First."]
    assert entries[0]["properties"]["author"][0]["properties"]["url"] == ["https://home.example/@alice"]
    assert set(parsed["rels"]["me"]) >= {"https://alice.example/", "https://work.example/a"}
    assert parsed["rels"]["canonical"] == ["https://home.example/@alice"]


def test_programs_find_the_other_forms_of_the_page(browser_of: Browser, furnished: Actor) -> None:
    html = browser_of(None).get("/@alice").text
    alternates = mf2py.parse(html, url="https://home.example/@alice")["rel-urls"]
    kinds = {about["type"]: url for url, about in alternates.items() if "alternate" in about["rels"]}
    assert kinds == {
        "application/activity+json": furnished.uri,
        "application/atom+xml": "https://home.example/@alice/feed.atom",
        "application/rss+xml": "https://home.example/@alice/feed.rss",
        "application/feed+json": "https://home.example/@alice/feed.json",
    }
    assert '<meta property="og:title" content="Alice Adams">' in html
    assert '<meta property="og:description" content="Building a boat">' in html


def test_a_server_gets_the_document_at_the_same_address(browser_of: Browser, alice: Actor) -> None:
    answer = browser_of(None).get("/@alice", headers={"accept": "application/activity+json"})
    assert answer.headers["Content-Type"].startswith("application/activity+json")
    assert answer.json()["id"] == alice.uri


def test_followers_thanks_and_boosts_leave_no_trace_on_it(
    browser_of: Browser, alice: Actor, bob: Actor, carol: Actor
) -> None:
    post = makers.post(alice, "Good morning.")
    before = browser_of(None).get("/@alice").text
    for other in (bob, carol):
        makers.follows(other, alice)
        boost(other, post=post)
        like(other, post=post)
    assert browser_of(None).get("/@alice").text == before


def test_a_former_handle_another_case_and_the_whole_address_lead_to_the_page(browser_of: Browser, alice: Actor) -> None:
    actions.rename_handle(alice, handle="Alicia")
    for address in ("alice", "alicia", "Alicia@home.example", "ALICE@home.example"):
        answer = browser_of(None).get(f"/@{address}")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/@Alicia")
    assert browser_of(None).get("/@Alicia").status_code == 200


def test_somebody_elsewhere_is_shown_as_known_here(browser_of: Browser, dora: Actor, alice: Actor) -> None:
    dora.about_html = "<p>I keep bees.</p>"
    dora.save()
    answer = browser_of(alice).get("/@dora@far.example")
    assert answer.status_code == 200
    assert "I keep bees." in answer.text
    assert 'href="https://far.example/@dora"' in answer.text
    assert 'name="robots" content="noindex"' in answer.text
    assert "feed.atom" not in answer.text
    assert "me" not in mf2py.parse(answer.text)["rels"]


def test_somebody_unknown_is_not_found(browser_of: Browser, db: None) -> None:
    answer = browser_of(None).get("/@nobody_here")
    assert answer.status_code == 404
    assert "is known here" in answer.text


def test_a_viewer_reads_there_only_what_they_may(browser_of: Browser, alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(bob, alice)
    makers.post(alice, "For my followers.", reach=Reach.FOLLOWERS)
    makers.post(alice, "For me.", reach=Reach.SELF)
    seen = {who: browser_of(viewer).get("/@alice").text for who, viewer in (("bob", bob), ("carol", carol), ("", None))}
    assert "For my followers." in seen["bob"]
    assert "For my followers." not in seen["carol"] + seen[""]
    assert "For me." not in "".join(seen.values())


def test_older_posts_are_a_page_away(browser_of: Browser, alice: Actor) -> None:
    for number in range(25):
        makers.post(alice, f"Number {number}.")
    browser = browser_of(None)
    first = browser.get("/@alice").text
    rels = mf2py.parse(first, url="https://home.example/@alice")["rels"]
    assert "Number 24." in first
    assert "Number 4." not in first
    second = browser.get(rels["next"][0].removeprefix("https://home.example")).text
    assert "Number 4." in second
    assert "Number 24." not in second


@pytest.mark.parametrize(
    ("act", "says"),
    [("follow", "You follow Bob now"), ("mute", "do not hear them"), ("block", "Take the block back")],
)
def test_the_buttons_fit_how_one_stands_to_somebody(
    browser_of: Browser, alice: Actor, bob: Actor, act: str, says: str
) -> None:
    browser = browser_of(alice)
    answer = browser.post("/people/act", {"address": bob.address, "act": act, "next": "/@bob"}, follow=True)
    assert answer.redirect_chain == [("/@bob", 302)]
    assert says in answer.text


def test_whoever_asks_to_follow_is_answered_on_their_page(browser_of: Browser, alice: Actor, bob: Actor) -> None:
    actions.change_preferences(alice, approves_followers=True, is_listed=False)
    actions.follow(bob, target=alice)
    assert "asks to follow you" in browser_of(alice).get("/@bob").text


def test_whoever_is_blocked_finds_nobody_there(browser_of: Browser, alice: Actor, bob: Actor) -> None:
    actions.block(alice, blocked=bob)
    assert browser_of(bob).get("/@alice").status_code == 404
    assert browser_of(alice).get("/@bob").status_code == 200


def test_the_servers_own_actor_leads_home(browser_of: Browser, db: None) -> None:
    actions.server_actor()
    assert browser_of(None).get("/@home.example").headers["Location"] == "/"


def test_somebody_gone_is_said_to_have_left(browser_of: Browser, dora: Actor) -> None:
    actions.end_actor(dora)
    answer = browser_of(None).get("/@dora@far.example")
    assert answer.status_code == 410
    assert "has left" in answer.text


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_the_page_takes_as_many_queries_for_many_posts_as_for_two(
    browser_of: Browser,
    furnished: Actor,
    bob: Actor,
    is_signed_in: bool,  # noqa: FBT001 - pytest gives it
    django_assert_num_queries: DjangoAssertNumQueries,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    makers.answer(furnished, makers.post(bob, "Hello?"), "Hello.")
    browser = browser_of(bob if is_signed_in else None)
    browser.get("/@alice")
    with django_assert_max_num_queries(40) as before:
        browser.get("/@alice")
    for number in range(15):
        makers.post(furnished, f"Number {number}, #boats @bob")
    with django_assert_num_queries(len(before)):
        browser.get("/@alice")
