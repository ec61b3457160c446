"""A site that is followed by its feed, on our pages."""

from collections.abc import Callable

from django.test import Client

from speak.identity.models import Actor
from tests.federation.sites.feeds import BLOG, at_home, blog, entry, followed, found
from tests.web.reading import text_of

Browser = Callable[[Actor | None], Client]


def test_its_address_offers_to_follow_it(alice: Actor, browser_of: Browser) -> None:
    site = found(alice, blog(entry(1)))
    browser = browser_of(alice)
    page = text_of(browser.get("/search", {"q": f"{BLOG}/"}))
    assert "what is new there comes to your home" in page
    assert "given to you alone" in page
    browser.post("/people/act", {"address": site.address, "act": "follow"})
    assert "Entry 1" in text_of(browser.get("/"))
    assert "Words 1." in text_of(browser.get(at_home(alice)[0].path))


def test_its_page_says_what_it_is_and_leads_there(alice: Actor, browser_of: Browser) -> None:
    site = followed(alice, blog(entry(1)))
    page = text_of(browser_of(alice).get(site.path))
    assert "This is a site that says in a feed what is new" in page
    assert "application/activity+json" not in page
    assert f'href="{BLOG}/"' in page
    assert "noindex" in page
    assert "feed:" not in page


def test_it_stands_among_those_one_follows(alice: Actor, browser_of: Browser) -> None:
    followed(alice, blog(entry(1)))
    assert "blog.example" in text_of(browser_of(alice).get("/people/following"))
