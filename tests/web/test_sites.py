"""What pages of other sites say: for whoever they speak to, and below a post once its author shows it."""

from collections.abc import Callable

import mf2py
import pytest
from django.test import Client

from speak.federation.models import MentionKind, MentionState, SiteMention
from speak.identity.models import Actor
from speak.voice.actions import withdraw_post
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests.fakes import FakeOutbound
from tests.federation.webmention.site import SITE, reply_to, sends, worker_reads
from tests.makers import far_post, post

Browser = Callable[[Actor | None], Client]
EVIL = '<img src=x onerror="alert(1)"><script>alert(1)</script>'
ENDPOINT = '<https://home.example/webmention>; rel="webmention"'


@pytest.fixture
def said(alice: Actor) -> Post:
    return post(alice, "What do you think?")


def arrived(said: Post, number: int = 1, *, words: str = "<p>I agree.</p>", name: str = "Erin") -> SiteMention:
    """A reply on site.example that has been read."""
    source = f"{SITE}/{number}"
    assert sends(source, said.url) == 202
    worker_reads(FakeOutbound({source: reply_to(said.url, words=words, name=name)}))
    return SiteMention.objects.get(source_url=source)


def page(browser: Client, path: str) -> str:
    got = browser.get(path)
    assert got.status_code == 200
    return str(got.content.decode())


def acts(browser: Client, act: str, **given: object) -> int:
    return int(browser.post("/settings/sites/act", {"act": act, **given}).status_code)


def test_its_recipient_sees_it_and_nobody_else_until_they_show_it(said: Post, bob: Actor, browser_of: Browser) -> None:
    mention = arrived(said)
    alice = browser_of(said.author)
    assert "I agree." in page(alice, "/settings/sites")
    assert "A page of another site speaks to you" in page(alice, "/notifications")
    for viewer in (None, bob, said.author):
        assert "I agree." not in page(browser_of(viewer), said.path)
    assert "I agree." not in page(browser_of(bob), "/settings/sites")
    assert acts(alice, "show", mention=mention.pk) == 302
    for viewer in (None, bob, said.author):
        assert "I agree." in page(browser_of(viewer), said.path)
    assert acts(alice, "hide", mention=mention.pk) == 302
    assert "I agree." not in page(browser_of(None), said.path)


def test_nobody_decides_for_another(said: Post, bob: Actor, browser_of: Browser) -> None:
    mention = arrived(said)
    for act in ("show", "hide"):
        assert acts(browser_of(bob), act, mention=mention.pk) == 404
        assert acts(browser_of(None), act, mention=mention.pk) == 302
    assert acts(browser_of(bob), "block", host="site.example") == 302
    mention.refresh_from_db()
    assert mention.state == MentionState.HELD
    assert acts(browser_of(bob), "nonsense") == 422
    assert acts(browser_of(bob), "show", mention="x") == 404


def test_a_site_one_wants_to_hear_nothing_of_is_named_and_can_be_heard_again(said: Post, browser_of: Browser) -> None:
    arrived(said)
    alice = browser_of(said.author)
    assert acts(alice, "block", host="site.example") == 302
    shown = page(alice, "/settings/sites")
    assert "You hear nothing of" in shown
    assert "I agree." not in shown
    assert acts(alice, "unblock", host="site.example") == 302
    assert "You hear nothing of" not in page(alice, "/settings/sites")


def test_thanks_of_a_site_are_for_oneself(said: Post, browser_of: Browser) -> None:
    mention = arrived(said)
    SiteMention.objects.filter(pk=mention.pk).update(kind=MentionKind.LIKE)
    alice = browser_of(said.author)
    assert 'value="show"' not in page(alice, "/settings/sites")
    assert acts(alice, "show", mention=mention.pk) == 404


def test_script_in_every_field_runs_nowhere(said: Post, browser_of: Browser) -> None:
    mention = arrived(said, words=f"<p>Hello</p>{EVIL}", name="Erin")
    SiteMention.objects.filter(pk=mention.pk).update(author_name=EVIL, title=EVIL)
    alice = browser_of(said.author)
    acts(alice, "show", mention=mention.pk)
    for path in ("/settings/sites", said.path):
        shown = page(alice, path)
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "&lt;script&gt;" in shown


def test_it_is_read_as_a_citation_and_never_as_words_of_anybody_here(said: Post, browser_of: Browser) -> None:
    mention = arrived(said, words='<p class="h-entry">I <b class="h-card">agree</b>.</p>')
    acts(browser_of(said.author), "show", mention=mention.pk)
    items = mf2py.parse(doc=page(browser_of(None), said.path), url=said.url)["items"]
    assert [item["type"] for item in items] == [["h-entry"], ["h-cite"]]
    (cite,) = [item for item in items if item["type"] == ["h-cite"]]
    assert cite["properties"]["author"] == ["Erin"]
    assert cite["properties"]["url"] == [f"{SITE}/1"]
    assert cite["properties"]["content"][0]["value"].strip() == "I agree."
    assert items[0]["properties"]["author"][0]["properties"]["name"] == ["Alice"]


@pytest.mark.parametrize("reach", [Reach.PUBLIC, Reach.QUIET])
def test_3_1_2_where_webmentions_are_taken_is_said_in_the_header_and_on_the_page(
    alice: Actor, browser_of: Browser, reach: Reach
) -> None:
    said = post(alice, reach=reach)
    for path in (said.path, "/@alice"):
        got = browser_of(None).get(path)
        assert ENDPOINT in got["Link"].split(", ")
        rels = mf2py.parse(doc=got.content.decode(), url=f"https://home.example{path}")["rels"]
        assert rels["webmention"] == ["https://home.example/webmention"]
        assert browser_of(None).head(path)["Link"] == got["Link"]


def test_what_is_not_for_anyone_or_of_others_takes_none(alice: Actor, dora: Actor, browser_of: Browser) -> None:
    alices = browser_of(alice)
    for path in (post(alice, reach=Reach.HERE).path, far_post(dora).path, "/@dora@far.example", "/search"):
        got = alices.get(path)
        assert got.status_code == 200
        assert "Link" not in got
        assert b'rel="webmention"' not in got.content


def test_3_1_5_what_was_withdrawn_answers_gone(said: Post, browser_of: Browser) -> None:
    withdraw_post(said.author, post=said)
    got = browser_of(None).get(said.path)
    assert got.status_code == 410
    assert b"What do you think" not in got.content
