"""At a domain of somebody's own: what a stranger may read of them, and nothing else."""

from collections.abc import Callable
from urllib.parse import unquote

import feedparser
import mf2py
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from speak.identity.actions import give_up_domain
from speak.identity.models import Actor, OwnDomain
from speak.voice.actions import boost, withdraw_post
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers

Browser = Callable[[Actor | None], Client]
NAME, HERE = "annas.garden", "https://home.example"
CLOSED = (Reach.SELF, Reach.NAMED, Reach.ROOM, Reach.HERE, Reach.FOLLOWERS)


@pytest.fixture
def owned(alice: Actor) -> OwnDomain:
    return makers.own_domain(alice, NAME)


@pytest.fixture
def said(alice: Actor, owned: OwnDomain) -> Post:
    return makers.post(alice, "The peas are up. #garden")


def at(name: str = NAME, **headers: str) -> Client:
    client = Client(headers={"host": name, **headers})
    client.defaults["wsgi.url_scheme"] = "https"
    return client


def test_their_page_and_their_words_are_there(said: Post) -> None:
    page = at().get("/")
    assert page.status_code == 200
    assert "The peas are up." in page.text
    one = at().get(said.path)
    assert one.status_code == 200
    assert "The peas are up." in one.text
    assert at("ANNAS.garden:443").get("/").status_code == 200


def test_the_page_is_their_h_card_with_the_domain_as_its_address(said: Post, alice: Actor) -> None:
    parsed = mf2py.parse(at().get("/").text, url=f"https://{NAME}/")
    card = next(item for item in parsed["items"] if item["type"] == ["h-card"])
    assert card["properties"]["url"][0] == card["properties"]["uid"][0] == f"https://{NAME}/"
    assert parsed["rels"]["canonical"] == [f"https://{NAME}/"]
    assert alice.url in parsed["rels"]["me"]
    feed = next(item for item in parsed["items"] if item["type"] == ["h-feed"])
    assert feed["children"][0]["properties"]["url"] == [f"https://{NAME}{said.path}"]


def test_both_addresses_name_the_same_one_as_the_best(browser_of: Browser, said: Post, alice: Actor) -> None:
    for path, best in ((alice.path, f"https://{NAME}/"), (said.path, f"https://{NAME}{said.path}")):
        parsed = mf2py.parse(browser_of(None).get(path).text, url=f"{HERE}{path}")
        assert parsed["rels"]["canonical"] == [best]
    there = mf2py.parse(at().get(said.path).text, url=f"https://{NAME}{said.path}")
    assert there["rels"]["canonical"] == [f"https://{NAME}{said.path}"]


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_their_feeds_are_there(said: Post, kind: str) -> None:
    found = mf2py.parse(at().get("/").text, url=f"https://{NAME}/")["rels"]["alternate"]
    assert f"https://{NAME}/feed.{kind}" in found
    answer = at().get(f"/feed.{kind}")
    assert "The peas are up." in answer.text
    if kind != "json":
        assert feedparser.parse(answer.content).entries[0].link == said.url


def test_everything_else_is_at_this_server(said: Post, bob: Actor) -> None:
    for path in (
        "/@bob",
        f"/@bob/{said.pk}",
        "/search?q=peas",
        "/account/login/",
        "/settings",
        "/nothing",
        "/%2Ffar.example/",
    ):
        answer = at().get(path)
        assert answer.status_code == 302
        assert answer["Location"] == f"{HERE}{unquote(path)}"
    assert at().get("/@Alice")["Location"] == "/"


def test_ways_lead_to_this_server_and_no_form_asks_anything(said: Post) -> None:
    for path in ("/", said.path):
        page = at().get(path).text
        assert "<form" not in page
        assert "csrf" not in page
        assert f'href="{HERE}/tags/garden"' in page or f"{HERE}/guide" in page
        assert f'href="{HERE}/.well-known/oauth-authorization-server"' in page or path != "/"


@pytest.mark.parametrize("reach", CLOSED)
def test_nobody_reads_there_what_a_stranger_may_not(
    browser_of: Browser, alice: Actor, bob: Actor, owned: OwnDomain, reach: Reach
) -> None:
    makers.follows(bob, alice)
    hidden = makers.post(
        alice, "Between us only.", reach=reach, to=(bob,) if reach in {Reach.NAMED, Reach.ROOM} else ()
    )
    pages = ("/", hidden.path, f"/@alice/{hidden.pk}/earlier", "/feed.atom", "/feed.json")
    for reader in (None, alice, bob):
        for path in pages:
            assert "Between us" not in browser_of(reader).get(path, headers={"host": NAME}).text


def test_whoever_is_signed_in_is_a_stranger_there_and_gets_no_cookie(
    browser_of: Browser, alice: Actor, said: Post
) -> None:
    browser = browser_of(alice)
    page = browser.get("/", headers={"host": NAME})
    assert "Sign out" not in page.text
    assert not page.cookies
    assert "Strict-Transport-Security" not in page.headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", ["/", "/inbox", "/account/login/", "/said/1/withdraw"])
def test_nothing_is_taken_there(owned: OwnDomain, method: str, path: str) -> None:
    assert getattr(at(), method)(path).status_code == 405


@pytest.mark.parametrize(
    "name", ["www.annas.garden", "far.example", "192.0.2.7", "", "a b", "annas.garden@home.example", "*"]
)
def test_any_other_name_gets_nothing(said: Post, name: str) -> None:
    for path in ("/", said.path, "/account/login/", "/.well-known/webfinger", "/health"):
        answer = at(name).get(path)
        assert answer.status_code == 421
        assert "peas" not in answer.text


def test_a_name_that_somebody_only_claims_to_come_by_is_not_believed(said: Post, settings: Settings) -> None:
    spoofed = {"x-forwarded-host": NAME, "forwarded": f"host={NAME}"}
    assert "peas" not in at("far.example", **spoofed).get("/").text
    assert at("home.example", **spoofed).get("/search").status_code == 200
    settings.USE_X_FORWARDED_HOST = True
    assert "peas" in at("127.0.0.1", **spoofed).get("/").text
    assert at(NAME, **{"x-forwarded-host": f"{NAME}, home.example"}).get("/").status_code == 421


def test_a_domain_that_is_given_up_or_whose_owner_may_not_speak_shows_nothing(
    said: Post, alice: Actor, bob: Actor
) -> None:
    Actor.objects.filter(pk=alice.pk).update(suspended_at=said.said_at)
    assert at().get("/").status_code == 421
    Actor.objects.filter(pk=alice.pk).update(suspended_at=None)
    assert at().get("/").status_code == 200
    give_up_domain(alice)
    for path in ("/", said.path, "/feed.atom"):
        assert at().get(path).status_code == 421


def test_what_was_taken_back_is_gone_there_too(said: Post, alice: Actor) -> None:
    withdraw_post(alice, post=said)
    assert at().get(said.path).status_code == 410


def test_words_of_others_lead_to_where_they_are(alice: Actor, bob: Actor, owned: OwnDomain) -> None:
    others = makers.post(bob, "Who has seeds?")
    boost(alice, post=others)
    assert "Who has seeds?" in at().get("/").text
    assert at().get(others.path)["Location"] == f"{HERE}{others.path}"
    assert at().get(f"/@alice/{others.pk}", follow=False)["Location"] == others.path


def test_servers_are_led_to_the_documents(said: Post, alice: Actor) -> None:
    asking = at(accept="application/activity+json")
    assert asking.get("/")["Location"] == alice.uri
    assert asking.get(said.path)["Location"] == said.uri
    assert "Accept" in at().get("/")["Vary"]


def test_this_servers_own_name_costs_no_query(said: Post, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        at("home.example").get("/.well-known/host-meta")
    with django_assert_num_queries(1):
        at().get("/.well-known/host-meta")
    with django_assert_num_queries(1):
        at("far.example").get("/")
