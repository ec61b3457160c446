"""Feeds of strangers, parsed once: Atom, RSS, JSON Feed, or the entries on a page."""

from dataclasses import replace

from speak.federation.documents import Malformed
from speak.federation.sites.feeds.atom import ATOM, read_atom
from speak.federation.sites.feeds.json_feed import read_json
from speak.federation.sites.feeds.rss import read_rss
from speak.federation.sites.feeds.values import Feed, FeedAuthor, FeedEntry, FeedPicture, address
from speak.federation.webmention.discovery import all_linked
from speak.federation.webmention.page import Page, read_page
from speak.kernel.errors import TooMuch
from speak.kernel.outbound import Answer
from speak.kernel.xml import NotXml, read_xml

__all__ = ["Feed", "FeedAuthor", "FeedEntry", "FeedPicture", "Page", "page_in", "read_feed"]

BEGINNING = 1024
HTML_BEGINS = (b"<!doctype html", b"<html")


def read_feed(answer: Answer, *, url: str) -> Feed:
    """The feed that a document is; what its Link headers say of hubs counts before what it says itself (WebSub, 4).

    Raises:
        Malformed: it is none that can be read.
    """
    feed = _read(answer, url)
    header = answer.headers.get("link", "")
    hubs = tuple(filter(None, (address(url, hub) for hub in all_linked(header, rel="hub"))))
    topics = tuple(filter(None, (address(url, topic) for topic in all_linked(header, rel="self"))))
    return replace(feed, hub_urls=hubs or feed.hub_urls, self_url=topics[0] if topics else feed.self_url)


def page_in(answer: Answer) -> Page | None:
    """The HTML page that a document is; nothing where it is none.

    Raises:
        Malformed: it is made of more parts than anybody writes.
    """
    try:
        return read_page(answer)
    except TooMuch as error:
        raise Malformed("", "is too large a page") from error


def _read(answer: Answer, url: str) -> Feed:
    """By what it is rather than by what it is served as: feeds are served as all sorts of things."""
    start = answer.body[:BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return read_json(answer.body, url=url)
    page = None if start.startswith(b"<?xml") and b"<html" not in start.lower() else page_in(answer)
    if page is not None:
        from speak.federation.sites.feeds.pages import read_page_feed  # noqa: PLC0415 - takes memory

        return read_page_feed(page, url=url)
    if start.lower().startswith(HTML_BEGINS):
        raise Malformed("", "is a page")
    try:
        root = read_xml(answer.body, charset=_charset(answer))
    except NotXml as error:
        raise Malformed("", str(error)) from error
    return read_atom(root, url=url) if root.namespace == ATOM else read_rss(root, url=url)


def _charset(answer: Answer) -> str:
    """What it is served as (RFC 7303, 3)."""
    _, _, named = answer.headers.get("content-type", "").lower().partition("charset=")
    return named.split(";")[0].strip("\"' ")
