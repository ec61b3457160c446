"""A site that is followed by its feed, on our pages."""

from collections.abc import Callable

import mf2py
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from speak.federation.sites.lists import feeds_in, follow_site
from speak.federation.webmention.page import every_item
from speak.identity.models import Actor
from speak.kernel.xml import read_xml
from tests.clients.apps import app_of
from tests.fakes import FakeOutbound
from tests.federation.sites.feeds import BLOG, FEED, at_home, atom, blog, entry, followed, found, served
from tests.makers import answer
from tests.web.reading import text_of
from tests.web.test_home import HOME_QUERIES

Browser = Callable[[Actor | None], Client]


def test_its_address_offers_to_follow_it(alice: Actor, browser_of: Browser) -> None:
    site = found(alice, blog(entry(1)))
    browser = browser_of(alice)
    page = text_of(browser.get("/search", {"q": f"{BLOG}/"}))
    assert "what is new there comes to your home" in page
    assert "given to you alone" in page
    browser.post("/people/act", {"address": site.address, "act": "follow"})
    assert "Entry 1" in text_of(browser.get("/"))
    page = text_of(browser.get(at_home(alice)[0].path))
    assert "Words 1." in page
    assert f'href="{BLOG}/1"' in page


def test_an_answer_says_which_page_of_the_site_it_answers(alice: Actor, browser_of: Browser) -> None:
    followed(alice, blog(entry(1)))
    said = answer(alice, at_home(alice)[0])
    page = text_of(browser_of(None).get(said.path))
    parsed = mf2py.parse(doc=page, url=said.url)["items"]
    own = next(
        item for item in every_item(parsed) if f"https://home.example{said.path}" in item["properties"].get("url", [])
    )
    assert f"{BLOG}/1" in own["properties"]["in-reply-to"]
    assert f'href="{BLOG}/1"' in page  # which the site looks for before it shows the answer (W3C Webmention, 3.2.2)


def test_its_page_says_what_it_is_and_leads_there(alice: Actor, browser_of: Browser) -> None:
    site = followed(alice, blog(entry(1)))
    page = text_of(browser_of(alice).get(site.path))
    assert "This is a site that says in a feed what is new" in page
    assert "application/activity+json" not in page
    assert f'href="{BLOG}/"' in page
    assert "noindex" in page
    assert "feed:" not in page


def test_it_stands_in_a_list_of_sites(alice: Actor, browser_of: Browser) -> None:
    followed(alice, blog(entry(1)))
    assert "blog.example" in text_of(browser_of(alice).get("/people/sites"))


# --- the same by an app ---


def test_an_app_finds_and_follows_it_and_shows_what_it_says(alice: Actor) -> None:
    site = found(alice, blog(entry(1)))
    app = app_of(alice)
    account = app.get("/api/v2/search", q=f"{BLOG}/", resolve="true")["accounts"][0]
    assert (account["id"], account["acct"], account["bot"]) == (str(site.pk), "feed@blog.example", True)
    assert (account["url"], account["uri"], account["display_name"]) == (f"{BLOG}/", f"{BLOG}/", "A blog")
    followed_now = app.post(f"/api/v1/accounts/{site.pk}/follow")
    assert (followed_now["following"], followed_now["requested"]) == (True, False)
    status = app.get("/api/v1/timelines/home")[0]
    assert (status["url"], status["uri"], status["visibility"]) == (f"{BLOG}/1", f"{BLOG}/1", "unlisted")
    assert status["content"] == "<p><strong>Entry 1</strong></p><p>Words 1.</p>"
    assert status["quote_approval"]["current_user"] == "denied"
    assert app.get("/api/v1/timelines/public") == []
    assert app.post(f"/api/v1/accounts/{site.pk}/unfollow")["following"] is False
    assert app.get("/api/v1/timelines/home") == []


# --- lists of sites (OPML 2.0) ---

LIST = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body><outline text="Boats">
<outline text="A" type="rss" xmlUrl="{feed}"/></outline><outline text="B" xmlurl="https://other.example/feed"/>
<outline text="C" xmlUrl="javascript:alert(1)"/><outline text="D" xmlUrl="{feed}"/></body></opml>"""


def brings(browser: Client, body: str) -> str:
    return text_of(
        browser.post("/people/sites/bring", {"list": SimpleUploadedFile("a.opml", body.encode())}, follow=True)
    )


def test_a_list_is_brought_and_its_sites_are_followed_once_they_are_found(alice: Actor, browser_of: Browser) -> None:
    outbound = blog(entry(1))
    page = brings(browser_of(alice), LIST.format(feed=FEED))
    assert "2 sites are being looked for" in page
    asked = [row.args_kwargs["kwargs"] for row in DBTaskResult.objects.filter(task_path__endswith="follow_site")]
    assert [given["url"] for given in asked] == [FEED, "https://other.example/feed"]
    follow_site(alice, url=FEED, ask=outbound.ask)
    assert [post.title for post in at_home(alice)] == ["Entry 1"]
    assert "A blog" in text_of(browser_of(alice).get("/people/sites"))
    assert "A blog" not in text_of(browser_of(alice).get("/people/following"))


def test_the_list_taken_along_can_be_brought_again(alice: Actor, browser_of: Browser) -> None:
    outbound = FakeOutbound({FEED: served(atom(entry(1), title="Boats &amp; &lt;more&gt; &quot;here&quot;"))})
    followed(alice, outbound, FEED)
    taken = browser_of(alice).get("/people/sites.opml")
    assert 'filename="alice-sites.opml"' in taken["Content-Disposition"]
    assert feeds_in(taken.content) == [FEED]
    assert read_xml(taken.content).first("body").first("outline").attributes["text"] == 'Boats & <more> "here"'  # type: ignore[union-attr] # they are there


@pytest.mark.parametrize(
    "body", ["", "hello", "<opml/>", '<!DOCTYPE o [<!ENTITY a "a">]><opml/>', f"<rss xmlUrl='{FEED}'/>"]
)
def test_what_is_no_list_is_refused_in_words(alice: Actor, browser_of: Browser, body: str) -> None:
    assert "no list of feeds" in brings(browser_of(alice), body) or not body
    assert not DBTaskResult.objects.exists()


def test_a_list_without_end_is_refused(alice: Actor, browser_of: Browser) -> None:
    many = "".join(f'<outline xmlUrl="{BLOG}/{number}"/>' for number in range(301))
    assert "more than 300" in brings(browser_of(alice), f"<opml><body>{many}</body></opml>")
    assert "larger than 1 MB" in brings(browser_of(alice), "x" * 1_100_000)
    assert not DBTaskResult.objects.exists()


def test_home_asks_as_often_with_many_entries_as_with_few(
    alice: Actor, browser_of: Browser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    followed(alice, blog(entry(1)))
    browser = browser_of(alice)
    browser.get("/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/")
    feeds = [f"{BLOG}/{number}.xml" for number in range(4)]
    outbound = FakeOutbound({url: served(atom(*(entry(number) for number in range(9, 0, -1)))) for url in feeds})
    for url in feeds:
        followed(alice, outbound, url)
    with django_assert_num_queries(len(few)):
        assert "Entry 9" in text_of(browser.get("/"))
    assert len(few) <= HOME_QUERIES
