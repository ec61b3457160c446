"""Answering as a guest: by a page of one's own, for the author first."""

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client

from speak.clients.guests import signing_in
from speak.federation.models import MentionState, SiteMention
from speak.federation.webmention import keeping
from speak.identity.models import Actor
from speak.safety.models import Limit, LimitKind
from speak.voice.models import Post
from speak.voice.reach import Reach
from speak.web.pages import guest
from tests.clients.guests.test_signing_in import AUTH, ISSUER, ME, METADATA, metadata, page, redeemed
from tests.fakes import FakeOutbound
from tests.federation.webmention.site import sends, worker_reads
from tests.makers import far_post, post

Browser = Callable[[Actor | None], Client]


@pytest.fixture
def said(alice: Actor) -> Post:
    return post(alice, "What do you think?")


@pytest.fixture
def outbound(monkeypatch: pytest.MonkeyPatch) -> FakeOutbound:
    """Erin's page and her server, behind a door of the test's."""
    there = FakeOutbound(
        {
            ME: page(f'<link rel="indieauth-metadata" href="{METADATA}">'),
            METADATA: metadata(),
            AUTH: redeemed(profile={"name": "Erin <b>E.</b>"}),
        }
    )
    monkeypatch.setattr(guest, "begin", partial(signing_in.begin, ask=there.ask))
    monkeypatch.setattr(guest, "finish", partial(signing_in.finish, ask=there.ask))
    return there


@pytest.fixture
def erin(browser_of: Browser, said: Post, outbound: FakeOutbound) -> Client:
    """Erin's browser, after she has shown that her page is hers."""
    browser = browser_of(None)
    asked = browser.post("/guest", {"post": said.pk, "page": "erin.example"})
    assert asked.status_code == 200
    assert AUTH in asked.content.decode()
    state = browser.session["guest_asked"]["state"]
    came = browser.get("/guest/back", {"code": "c", "state": state, "iss": ISSUER})
    assert (came.status_code, came["Location"]) == (302, f"{said.path}#guest")
    return browser


def answers(browser: Client, said: Post, words: str = "I agree.", act: str = "say") -> int:
    return int(browser.post(f"/guest/{said.pk}", {"words": words, "act": act}).status_code)


def test_a_guest_answers_and_the_author_reads_it_first(erin: Client, said: Post, browser_of: Browser) -> None:
    assert "In the name of https://erin.example/" in erin.get(said.path).content.decode()
    assert answers(erin, said, "I agree.\n<script>alert(1)</script>") == 302
    for browser in (erin, browser_of(None)):
        assert b"I agree." not in browser.get(said.path).content
    waiting = browser_of(said.author).get("/settings/sites").content.decode()
    assert "I agree." in waiting
    assert "erin.example" in waiting
    keeping.show(said.author, SiteMention.objects.get().pk)
    shown = browser_of(None).get(said.path).content.decode()
    assert "I agree." in shown
    assert "<script>alert" not in shown
    assert "<b>E." not in shown


def test_a_second_answer_takes_the_place_of_the_first_and_waits_anew(erin: Client, said: Post) -> None:
    answers(erin, said)
    keeping.show(said.author, SiteMention.objects.get().pk)
    answers(erin, said, "Or not.")
    mention = SiteMention.objects.get()
    assert (mention.html, mention.state) == ("<p>Or not.</p>", MentionState.HELD)


def test_a_guest_takes_it_back_and_leaves(erin: Client, said: Post) -> None:
    answers(erin, said)
    assert answers(erin, said, act="take_back") == 302
    assert not SiteMention.objects.exists()
    assert answers(erin, said, act="leave") == 302
    assert answers(erin, said) == 403


def test_nobody_else_ends_it_by_a_webmention_in_its_name(erin: Client, said: Post) -> None:
    answers(erin, said)
    source = SiteMention.objects.get().source_url
    sends(source, said.url)
    worker_reads(FakeOutbound({source: page()}))
    assert SiteMention.objects.get().html == "<p>I agree.</p>"


def test_who_has_shown_no_page_answers_nothing(browser_of: Browser, said: Post) -> None:
    browser = browser_of(None)
    assert answers(browser, said) == 403
    assert browser.get("/guest/back", {"code": "c", "state": "s"}).status_code == 403
    assert not SiteMention.objects.exists()


def test_somebody_elses_answer_to_the_question_is_none(browser_of: Browser, said: Post, outbound: FakeOutbound) -> None:
    browser = browser_of(None)
    browser.post("/guest", {"post": said.pk, "page": "erin.example"})
    assert browser.get("/guest/back", {"code": "c", "state": "forged", "iss": ISSUER}).status_code == 403
    assert answers(browser, said) == 403


@pytest.mark.parametrize("reach", [Reach.SELF, Reach.HERE, Reach.FOLLOWERS])
def test_what_is_not_for_anyone_takes_no_guests(erin: Client, alice: Actor, reach: Reach) -> None:
    hidden = post(alice, reach=reach)
    assert answers(erin, hidden) == 404
    assert erin.get("/guest", {"post": hidden.pk}).status_code == 404


def test_words_of_another_server_take_no_guests(erin: Client, dora: Actor) -> None:
    assert answers(erin, far_post(dora)) == 404


def test_a_blocked_or_suspended_page_is_not_heard(erin: Client, said: Post) -> None:
    keeping.block_site(said.author, "erin.example")
    assert answers(erin, said) == 302
    assert not SiteMention.objects.exists()
    keeping.unblock_site(said.author, "erin.example")
    Limit.objects.create(domain="erin.example", kind=LimitKind.SUSPENDED, reason="Spam.")
    assert answers(erin, said) == 422


@pytest.mark.parametrize(("words", "status"), [("", 422), ("  \n", 422), ("w" * 5_001, 429)])
def test_words_have_bounds(erin: Client, said: Post, words: str, status: int) -> None:
    assert answers(erin, said, words) == status


def test_what_is_wrong_with_a_page_is_said_beside_it(browser_of: Browser, said: Post, outbound: FakeOutbound) -> None:
    got = browser_of(None).post("/guest", {"post": said.pk, "page": '"><script>alert(1)</script>'})
    assert got.status_code == 422
    assert b"<script>alert" not in got.content
    assert "That is not the address of a page." in got.content.decode()


def test_a_stranger_finds_the_way_and_somebody_with_a_home_needs_none(
    said: Post, bob: Actor, browser_of: Browser
) -> None:
    stranger = browser_of(None).get(said.path)
    assert f"/guest?post={said.pk}" in stranger.content.decode()
    assert not stranger.cookies
    assert "/guest" not in browser_of(bob).get(said.path).content.decode()
    assert browser_of(None).get("/guest", {"post": said.pk}).status_code == 200


def test_this_server_says_who_it_is_as_a_client(browser_of: Browser, db: None) -> None:
    got = browser_of(None).get("/guest/client")
    assert got["Content-Type"] == "application/json"
    assert got.json()["client_id"] == "https://home.example/guest/client"
