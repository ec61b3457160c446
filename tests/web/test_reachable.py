"""Every page is reached by links from the front door: whoever does not know an address by heart gets there, too."""

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from speak.identity.models import Actor, User
from tests import makers
from tests.promises.conftest import house
from tests.promises.doors import pages_for, patterns
from tests.promises.house import House
from tests.web.reading import text_of

__all__ = ["house"]

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor | None], Client]
LINK = re.compile(r"<a\b[^>]*\bhref=\"([^\"#?]+)")
# Of pages that differ only in what they are about, these many are looked at.
MOST_OF_A_KIND = 3
# Where one gets by another way than a link.
BY_OTHER_WAYS = {
    "claim": "whoever came into a meeting with a name alone is told of it on every page",
    "welcome": "it opens by itself after one has joined",
    "mirror_notice": "those who are to be told are given its address",
    "guest": "whoever follows, or answers from elsewhere, is led there from what they follow",
}


def of_one_address() -> dict[str, str]:
    """Our own pages whose address has no part that varies, by their names; those to sign in by lead on by letters."""
    ours = (each for each in patterns() if each.callback.__module__.startswith("speak."))
    simple = (each for each in ours if not each.pattern.converters and not each.pattern.regex.groups)
    return {str(each.name): reverse(str(each.name)) for each in simple}


def name_of(path: str) -> str:
    """The name of the page at an address; none where there is none of ours."""
    try:
        return resolve(path, urlconf="speak.web.urls").url_name or ""
    except Resolver404:
        return ""


def reached_by(browser: Client) -> set[str]:
    """The names of the pages to which links lead from the front door, without pressing any button."""
    met: dict[str, set[str]] = {"home": {"/"}}
    waiting = ["/"]
    while waiting:
        path = waiting.pop(0)
        answer = browser.get(path, follow=True)
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        for found in links_on(text_of(answer), at=path):
            name = name_of(found)
            known = met.setdefault(name, set())
            if name and found not in known and len(known) < MOST_OF_A_KIND:
                known.add(found)
                waiting.append(found)
    return set(met)


def links_on(page: str, *, at: str) -> Iterator[str]:
    """The addresses here to which the links of a page lead."""
    for href in LINK.findall(page):
        parts = urlsplit(urljoin(f"http://home.example{at}", href))
        if parts.hostname == "home.example":
            yield parts.path


def opened_to(browser: Client, pages: Mapping[str, str]) -> set[str]:
    """The names of those that open for somebody who types the address."""
    return {name for name, _ in pages_for(browser, pages)}


@pytest.mark.parametrize("who", ["", "bob", "carol", "olga"])
def test_links_lead_to_every_page_that_opens(house: House, who: str, browser_of: Browser) -> None:
    browser = browser_of(getattr(house, who) if who else None)
    lost = opened_to(browser, of_one_address()) - reached_by(browser)
    assert lost <= set(BY_OTHER_WAYS), lost


def test_links_lead_to_every_page_on_a_fresh_server(browser_of: Browser) -> None:
    first = makers.person("alice")
    User.objects.filter(actor=first).update(is_staff=True)
    first.refresh_from_db()
    browser = browser_of(first)
    reached = reached_by(browser)
    assert {"stories", "organisation", "window"} <= reached
    lost = opened_to(browser, of_one_address()) - reached
    assert lost <= set(BY_OTHER_WAYS), lost
