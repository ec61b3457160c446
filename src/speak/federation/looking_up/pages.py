"""Pages of strangers, read for whose they are: microformats, JSON-LD, Open Graph, or a title. Pure.

Nothing that is read here is ever shown as HTML: it becomes plain, bounded words (`places.words`) and web addresses.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bs4 import BeautifulSoup
from bs4.element import Tag

from speak.federation.documents.nodes import host_of
from speak.federation.looking_up.cards import read_card
from speak.federation.looking_up.facts import Facts, together
from speak.federation.looking_up.linked_data import read_linked_data
from speak.federation.looking_up.places import (
    MAX_ABOUT,
    MAX_NAME,
    MOST_LINKS,
    MOST_POINTERS,
    Source,
    words,
)
from speak.federation.webmention.page import MOST_OPENINGS, Page, read_page, text_of, title_of, web_address
from speak.kernel.errors import TooMuch
from speak.kernel.outbound import Answer
from speak.kernel.times import moment

FEEDS = frozenset({"application/atom+xml", "application/rss+xml", "application/feed+json"})
ACTOR = "application/activity+json"
# Feeds beside a page that are not of its person's words.
ASIDE = ("comment", "oembed")
MOST_META, MAX_HEAD = 100, 20_000
BODY = re.compile(r"</head|<body", re.IGNORECASE)


def read_html(answer: Answer, *, hosts: frozenset[str] = frozenset()) -> Facts | None:
    """What a page says of its person; nothing where it is not HTML. `hosts`: servers of the person's other places.

    Of a page with more parts than are read, its beginning is: who it is of stands there.

    Raises:
        TooMuch: its beginning, too, is made to hurt.
    """
    text = text_of(answer)
    if text.count("<") > MOST_OPENINGS:
        text = "<".join(text.split("<", MOST_OPENINGS)[:MOST_OPENINGS])
    try:
        page = read_page(_of(answer, text))
    except TooMuch:
        text = text[: _length_of_head(text)]
        page = read_page(_of(answer, text))
    if page is None:
        return None
    found = [read_card(page), read_linked_data(page), _open_graph(page), _plain(page, hosts)]
    return together([*found, Facts(is_cut=len(text) < len(text_of(answer)))])


def _of(answer: Answer, text: str) -> Answer:
    """The same answer with this body."""
    kind = answer.headers.get("content-type", "").partition(";")[0]
    return replace(answer, body=text.encode(), headers={"content-type": f"{kind}; charset=utf-8"})


def _length_of_head(text: str) -> int:
    body = BODY.search(text)
    return min(body.start(), MAX_HEAD) if body else MAX_HEAD


def _meta(soup: BeautifulSoup) -> dict[str, str]:
    """What stands in `<meta>`, the first of each name."""
    found: dict[str, str] = {}
    for element in soup.find_all("meta", limit=MOST_META):
        name = str(element.get("property") or element.get("name") or "").lower()
        given = element.get("content")
        if name and isinstance(given, str):
            found.setdefault(name, given)
    return found


def _open_graph(page: Page) -> Facts:
    """Open Graph (ogp.me). Only what says it is a profile speaks of a person; elsewhere the picture is of the page."""
    meta = _meta(page.soup)
    is_profile = meta.get("og:type", "").strip().lower() == "profile"
    name = f"{meta.get('profile:first_name', '')} {meta.get('profile:last_name', '')}" if is_profile else ""
    says = any(name.startswith("og:") for name in meta)
    time = moment(meta.get("article:published_time", ""))
    return Facts(
        sources=(Source.OPEN_GRAPH,) if says else (),
        name=words(name, most=MAX_NAME),
        heading=words(meta.get("og:title", ""), most=MAX_NAME),
        about=words(meta.get("og:description", ""), most=MAX_ABOUT),
        picture_url=web_address(page.url, meta.get("og:image", "")) if is_profile else "",
        latest_at=time,
    )


def _plain(page: Page, hosts: frozenset[str]) -> Facts:
    """What every page has: a title, a description, links."""
    meta = _meta(page.soup)
    pointers: list[str] = []
    links: list[str] = []
    feeds: list[str] = []
    actors: list[str] = []
    for element, relations, address in _links(page):
        kind = str(element.get("type") or "").partition(";")[0].strip().lower()
        if "me" in relations:
            pointers.append(address)
        elif element.name == "link" and "alternate" in relations:
            if kind in FEEDS and not any(word in address.lower() for word in ASIDE):
                feeds.append(address)
            elif kind == ACTOR:
                actors.append(address)
        elif element.name == "a" and host_of(address) in hosts:
            links.append(address)
    canonical = [address for _, relations, address in _links(page) if "canonical" in relations]
    return Facts(
        sources=(Source.PAGE,),
        heading=words(title_of(page.soup), most=MAX_NAME),
        about=words(meta.get("description", ""), most=MAX_ABOUT),
        also=tuple(address for address in canonical[:1] if host_of(address) == host_of(page.url)),
        points_to=tuple(dict.fromkeys(pointers))[:MOST_POINTERS],
        links_to=tuple(dict.fromkeys(links))[:MOST_LINKS],
        feeds=tuple(feeds[:1]),
        actors=tuple(actors[:1]),
    )


def _links(page: Page) -> Iterator[tuple[Tag, list[str], str]]:
    """Every link: its element, its relations, where it leads."""
    for element in page.soup.find_all(["link", "a", "area"], href=True):
        if isinstance(element, Tag):
            address = web_address(page.url, str(element["href"]))
            if address:
                yield element, [word.lower() for word in element.get_attribute_list("rel") if word], address
