"""The settings of what reaches one: who is told of, which servers, which tags; and whom one points at."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from speak.identity import actions, queries
from speak.identity.models import Actor, Endorsement, Follow, Hearing, Notification
from speak.voice.queries import names_of_followed_tags, shown_tags_of
from tests import makers
from tests.web.reading import text_of

Browser = Callable[[Actor | None], Client]
ACCEPT_ALL = dict.fromkeys(
    ("for_not_following", "for_not_followers", "for_new_accounts", "for_private_mentions", "for_limited_accounts"),
    "accept",
)


def test_what_is_kept_apart_waits_on_a_page_of_its_own(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    chosen = {**ACCEPT_ALL, "for_not_following": "filter"}
    assert browser.post("/settings/hearing", chosen).status_code == 302
    assert queries.policy_of(alice).for_not_following == Hearing.FILTER
    makers.post(bob, "Good morning, @alice.")
    assert "Good morning" not in text_of(browser.get("/notifications"))
    assert "/people/apart" in text_of(browser.get("/notifications"))
    page = text_of(browser.get("/people/apart"))
    assert "Good morning" in page
    assert 'value="let_through"' in page
    browser.post("/people/act", {"address": "@bob@home.example", "act": "let_through", "next": "/people/apart"})
    assert "Good morning" in text_of(browser.get("/notifications"))
    assert "Nothing is kept apart." in text_of(browser.get("/people/apart"))


def test_what_is_kept_apart_can_be_forgotten(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    actions.choose_policy(alice, chosen={"for_new_accounts": Hearing.FILTER})
    makers.post(bob, "Good morning, @alice.")
    browser = browser_of(alice)
    browser.post("/people/act", {"address": "@bob@home.example", "act": "forget_apart", "next": "/people/apart"})
    assert not Notification.objects.filter(recipient=alice).exists()


def test_a_verdict_that_is_none_is_refused(alice: Actor, browser_of: Browser) -> None:
    assert browser_of(alice).post("/settings/hearing", {**ACCEPT_ALL, "for_new_accounts": "shout"}).status_code == 422


@pytest.mark.parametrize("many", [1, 12])
def test_the_page_of_those_kept_apart_takes_as_many_queries_for_many(
    alice: Actor, browser_of: Browser, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    actions.choose_policy(alice, chosen={"for_new_accounts": Hearing.FILTER})
    browser = browser_of(alice)
    for number in range(many):
        makers.post(makers.person(f"teller{number}"), "Good morning, @alice.")
    browser.get("/people/apart")
    with django_assert_max_num_queries(12):
        assert text_of(browser.get("/people/apart")).count("Good morning") == many


@pytest.mark.parametrize("typed", ["far.example", "@dora@far.example", "https://far.example/@dora", " FAR.example "])
def test_a_server_is_heard_no_more_and_heard_again(alice: Actor, dora: Actor, browser_of: Browser, typed: str) -> None:
    makers.follows(dora, alice)
    browser = browser_of(alice)
    assert browser.post("/settings/servers", {"domain": typed}).status_code == 302
    assert [block.domain for block in queries.server_blocks_of(alice)] == ["far.example"]
    assert not Follow.objects.exists()
    assert "far.example" in text_of(browser.get("/settings/servers"))
    browser.post("/settings/servers/hear", {"domain": "far.example"})
    assert not queries.server_blocks_of(alice).exists()


@pytest.mark.parametrize("typed", ["nowhere", "home.example", "far example.com", "http://[", "https://"])
def test_what_is_no_other_server_comes_back(alice: Actor, browser_of: Browser, typed: str) -> None:
    answer = browser_of(alice).post("/settings/servers", {"domain": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in text_of(answer)
    assert not queries.server_blocks_of(alice).exists()


def test_tags_are_followed_and_shown(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    assert browser.post("/settings/tags", {"act": "follow", "name": "#Tides"}).status_code == 302
    assert browser.post("/settings/tags", {"act": "show", "name": "Boats"}).status_code == 302
    assert names_of_followed_tags(alice) == ("tides",)
    assert "No longer follow this tag" in text_of(browser.get("/tags/Tides"))
    assert 'href="/tags/Boats">#Boats</a>' in text_of(browser_of(None).get("/@alice"))
    back = browser.post("/settings/tags/act", {"act": "unfollow", "name": "tides", "next": "/tags/tides"})
    assert back["Location"] == "/tags/tides"
    browser.post("/settings/tags/act", {"act": "take_off", "name": "Boats"})
    assert names_of_followed_tags(alice) == ()
    assert shown_tags_of(alice) == []


@pytest.mark.parametrize("name", ["two words", "12", "", "x" * 501])
def test_what_is_no_tag_comes_back(alice: Actor, browser_of: Browser, name: str) -> None:
    browser = browser_of(alice)
    answer = browser.post("/settings/tags", {"act": "show", "name": name})
    assert answer.status_code == 422
    assert f'value="{name}"' in text_of(answer) or not name
    assert browser.post("/settings/tags/act", {"act": "follow", "name": name}).status_code == 422


def test_ones_page_points_at_people_one_follows(alice: Actor, bob: Actor, dora: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    act = {"address": "@bob@home.example", "act": "endorse"}
    assert browser.post("/people/act", act).status_code in {403, 422}
    makers.follows(alice, bob)
    makers.follows(alice, dora)
    assert "Point at them on my page" in text_of(browser.get("/@bob"))
    browser.post("/people/act", act)
    browser.post("/people/act", {"address": "@dora@far.example", "act": "endorse"})
    page = text_of(browser_of(None).get("/@alice"))
    assert "Hear these, too:" in page
    assert '<a href="/@bob">Bob</a>' in page
    assert '<a href="/@dora@far.example">' in page
    listed = text_of(browser.get("/people/endorsed"))
    assert listed.index("@dora@far.example") < listed.index("@bob@home.example")
    assert "Hear these, too:" not in text_of(browser.get("/@bob"))
    actions.block(bob, blocked=alice)
    assert '<a href="/@bob">' not in text_of(browser_of(None).get("/@alice"))
    browser.post("/people/act", {"address": "@dora@far.example", "act": "endorse_no_more"})
    assert not Endorsement.objects.filter(about=dora).exists()
