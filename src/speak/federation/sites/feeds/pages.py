"""Web pages: which feeds they name, and the h-feed that they are themselves (https://microformats.org/wiki/h-feed)."""

from html import escape

import mf2py

from speak.federation.documents import Malformed
from speak.federation.sites.feeds.pictures import distinct, picture, pictures_in
from speak.federation.sites.feeds.values import (
    MAX_ABOUT,
    MAX_ENTRIES,
    MAX_KEY,
    MAX_NAME,
    MAX_TITLE,
    Feed,
    FeedEntry,
    FeedPicture,
    address,
    line,
    tags,
    words,
)
from speak.federation.webmention.page import Item, Page, every_item, text_in, title_of
from speak.kernel.times import moment

FEED_TYPES = frozenset(
    {"application/atom+xml", "application/rss+xml", "application/feed+json", "application/json", "application/rdf+xml"}
)
MOST_NAMED = 4
# All that a link in the head of a page stands in; the last is what the parser calls a whole document.
HEAD = frozenset({"head", "html", "[document]"})


def feeds_named_in(page: Page) -> list[str]:
    """The addresses of the first few feeds that a page names as another form of itself, in its order."""
    found = []
    for link in page.soup.find_all("link", href=True):
        rels = {word.lower() for word in link.get_attribute_list("rel") if word}
        kind = str(link.get("type", "")).partition(";")[0].strip().lower()
        if ("alternate" in rels and kind in FEED_TYPES) or ("feed" in rels and "stylesheet" not in rels):
            found.append(address(page.url, str(link["href"])))
    return list(dict.fromkeys(url for url in found if url))[:MOST_NAMED]


def hubs_named_in(page: Page) -> tuple[tuple[str, ...], str]:
    """What the head of a page says of hubs, and of itself as their topic (W3C WebSub, 4; 8.1: not its body)."""
    named: dict[str, list[str]] = {"hub": [], "self": []}
    for link in page.soup.find_all("link", href=True):
        if any(parent.name not in HEAD for parent in link.parents):
            continue
        for rel in {word.lower() for word in link.get_attribute_list("rel") if word} & set(named):
            named[rel].append(address(page.url, str(link["href"])))
    hubs = tuple(dict.fromkeys(url for url in named["hub"] if url))
    return hubs, next((url for url in named["self"] if url), "")


def read_page_feed(page: Page, *, url: str) -> Feed:
    """The h-feed of a page, or the h-entries that stand on it.

    Raises:
        Malformed: there is none.
    """
    try:
        roots: list[Item] = mf2py.parse(doc=page.soup, url=page.url)["items"]
    except RecursionError as error:
        raise Malformed("", "is nested too deep") from error
    feed = next((item for item in every_item(roots) if "h-feed" in item["type"]), None)
    within = feed.get("children", []) if feed else roots
    entries = [item for item in within if isinstance(item, dict) and "h-entry" in item.get("type", ())]
    if not entries:
        raise Malformed("", "has no entries")
    card = next((item for item in every_item(roots) if "h-card" in item["type"]), None)
    named = (text_in(feed, "name") if feed else "") or title_of(page.soup)
    shown = _picture_url(feed, page.url) if feed else ""
    hubs, topic = hubs_named_in(page)
    return Feed(
        url=url,
        title=line(named, most=MAX_NAME),
        about=line(text_in(feed, "summary"), most=MAX_ABOUT) if feed else "",
        page_url=url,
        picture_url=shown or (_picture_url(card, page.url) if card else ""),
        entries=tuple(_entry(item, page.url) for item in entries[:MAX_ENTRIES]),
        hub_urls=hubs,
        self_url=topic,
    )


def _entry(item: Item, base: str) -> FeedEntry:
    page = address(base, text_in(item, "url"))
    content = next((value for value in item["properties"].get("content", []) if isinstance(value, dict)), None)
    plain = text_in(item, "content") or text_in(item, "summary")
    html = str(content["html"]) if content and "html" in content else escape(plain)
    name = text_in(item, "name")
    # A note has no name of its own; some parsers make one of all its words.
    is_own = bool(name) and not plain.startswith(name[:MAX_TITLE]) and not name.startswith(plain or "\0")
    said = text_in(item, "published") or text_in(item, "updated")
    shown = [value for value in item["properties"].get("photo", []) if isinstance(value, str | dict)]
    return FeedEntry(
        key=(text_in(item, "uid") or page or said or plain)[:MAX_KEY],
        url=page,
        title=line(name, most=MAX_TITLE) if is_own else "",
        html=words(html, base=base),
        said_at=moment(said),
        tags=tags([value for value in item["properties"].get("category", []) if isinstance(value, str)]),
        pictures=distinct(*(_photo(value, base) for value in shown), *pictures_in(html, base=base)),
    )


def _photo(value: object, base: str) -> FeedPicture | None:
    if isinstance(value, dict):
        return picture(str(value.get("value", "")), base=base, description=str(value.get("alt", "")))
    return picture(str(value), base=base)


def _picture_url(item: Item, base: str) -> str:
    found = next(iter(item["properties"].get("photo", [])), "")
    return address(base, str(found.get("value", "")) if isinstance(found, dict) else str(found))
