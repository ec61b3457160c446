"""RSS 2.0 (https://www.rssboard.org/rss-specification), and 1.0, which says the same in other places."""

import datetime as dt
from collections.abc import Iterator
from html import escape

from speak.federation.documents import Malformed
from speak.federation.sites.feeds.atom import ATOM, links_of
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
    authors,
    language,
    paragraphs,
    plain_line,
    tags,
    words,
)
from speak.kernel.times import moment
from speak.kernel.xml import Element

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PLAIN = (
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2",
    "http://blogs.law.harvard.edu/tech/rss",
)
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
PODCAST = "http://www.itunes.com/dtds/podcast-1.0.dtd"
XHTML = "http://www.w3.org/1999/xhtml"
# Where an item may say when it was said, the surest first.
TIMES = (("pubDate", *PLAIN), ("date", DUBLIN_CORE), ("published", ATOM), ("updated", ATOM))
SHOWN = ("image/", "audio/", "video/")
MOST_MINUTES = 24 * 60


def read_rss(root: Element, *, url: str) -> Feed:
    """A feed document.

    Raises:
        Malformed: it is none.
    """
    channel = root.first("channel", *PLAIN)
    if channel is None or (root.name != "rss" and (root.name, root.namespace) != ("RDF", RDF)):
        raise Malformed("", "is not an RSS feed")
    items = [*channel.all("item", *PLAIN), *root.all("item", *PLAIN)][:MAX_ENTRIES]
    page = address(url, channel.text_of("link", *PLAIN))
    image = channel.first("image", *PLAIN) or root.first("image", *PLAIN)
    picture_url = image.text_of("url", *PLAIN) if image is not None else ""
    podcast_picture = channel.first("image", PODCAST)
    if not picture_url and podcast_picture is not None:
        picture_url = podcast_picture.attributes.get("href", "")
    spoken = channel.text_of("language", *PLAIN) or channel.text_of("language", DUBLIN_CORE)
    return Feed(
        url=url,
        title=plain_line(channel.text_of("title", *PLAIN), most=MAX_NAME),
        about=plain_line(channel.text_of("description", *PLAIN), most=MAX_ABOUT),
        page_url=page,
        picture_url=address(url, picture_url),
        entries=tuple(_entry(item, page or url, spoken) for item in items),
        authors=authors(name for each in (channel, *items) for name in _authors(each)),
        hub_urls=links_of(channel, "hub", url),
        self_url=next(iter(links_of(channel, "self", url)), ""),
        pause=_pause(channel.text_of("ttl", *PLAIN)),
    )


def _entry(item: Element, base: str, spoken: str) -> FeedEntry:
    guid = item.first("guid", *PLAIN)
    named = guid.text().strip() if guid is not None else ""
    is_page = guid is not None and guid.attributes.get("isPermaLink", "true").lower() == "true"
    about = item.attributes.get(f"{RDF} about", "")
    page = address(base, item.text_of("link", *PLAIN) or (named if is_page else "") or about)
    body = item.first("body", XHTML)
    html = item.text_of("encoded", CONTENT) or (body.html() if body else "") or item.text_of("description", *PLAIN)
    said = next(filter(None, (item.text_of(name, *spaces) for name, *spaces in TIMES)), "")
    title = plain_line(item.text_of("title", *PLAIN), most=MAX_TITLE)
    return FeedEntry(
        key=(named or about or page or f"{said} {title}".strip())[:MAX_KEY],
        url=page,
        title=title,
        html=words(html if "<" in html else paragraphs(html), base=page or base),
        said_at=moment(said),
        tags=tags([kind.text() for kind in item.all("category", *PLAIN)]),
        pictures=distinct(*_files(item, page or base), *pictures_in(html, base=page or base)),
        language=language(spoken),
    )


def _authors(element: Element) -> Iterator[str]:
    """Names; the author of RSS 2.0 is an address for mail, mostly."""
    yield from (found.text() for found in element.all("creator"))
    yield from (name for found in element.all("author") if "@" not in (name := found.text_of("name") or found.text()))


def _files(item: Element, base: str) -> list[FeedPicture | None]:
    enclosed = [
        picture(found.attributes.get("url", ""), base=base, media_type=found.attributes.get("type", ""))
        for found in item.all("enclosure", *PLAIN)
        if found.attributes.get("type", "").startswith(SHOWN)
    ]
    groups = [item, *item.all("group", MEDIA)]
    shown = [
        picture(found.attributes.get("url", ""), base=base, description=escape(found.text_of("description", MEDIA)))
        for group in groups
        for name in ("content", "thumbnail")
        for found in group.all(name, MEDIA)
        if name == "thumbnail"
        or found.attributes.get("medium") == "image"
        or found.attributes.get("type", "").startswith("image/")
    ]
    return [*enclosed, *shown]


def _pause(ttl: str) -> dt.timedelta | None:
    """For how many minutes it may be kept."""
    is_number = ttl.isascii() and ttl.isdigit() and len(ttl) <= len(str(MOST_MINUTES))
    return dt.timedelta(minutes=min(int(ttl), MOST_MINUTES)) if is_number else None
