"""Feeds of strangers, read for whose they are and when something was last said. Pure.

Atom (RFC 4287), RSS 2.0 and 1.0, JSON Feed 1.1.
"""

import datetime as dt
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import ParseError, XMLParser

from speak.federation.documents import Malformed, Node, decode
from speak.federation.documents.nodes import is_web_address
from speak.federation.looking_up.facts import Facts
from speak.federation.looking_up.places import MAX_ABOUT, MAX_ADDRESS, MAX_NAME, Source, words
from speak.voice.sanitize import plain_text

XML = frozenset({"application/atom+xml", "application/rss+xml", "application/rdf+xml", "application/xml", "text/xml"})
JSON = frozenset({"application/feed+json", "application/json"})
DEEPEST, MOST_PARTS, MAX_TEXT = 60, 50_000, 4_000
SAID_AT = frozenset({"published", "updated", "pubDate", "date"})
ENTRIES = frozenset({"item", "entry"})
VERSION = "https://jsonfeed.org/version/"


class _Enough(Exception):
    """It is no feed, or one made to hurt."""


def read_feed(body: bytes, *, media_type: str) -> Facts | None:
    """Whose feed it is, and when something was last said in it; nothing where it is none that can be read."""
    if media_type in JSON:
        return _json(body)
    if media_type not in XML or b"<!ENTITY" in body:
        return None
    reader = _Reader()
    # No document type is read, nothing is fetched, and what lies too deep ends it: see `_Reader`.
    parser = XMLParser(target=reader)  # noqa: S314 - see above
    try:
        parser.feed(body)
        parser.close()
    except (ParseError, _Enough, ValueError, LookupError):
        return None
    return reader.facts()


def time_of(text: str) -> dt.datetime | None:
    """An instant as feeds write it (RFC 3339 or RFC 5322)."""
    plain = text.strip()[:60]
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(plain)
            return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


class _Reader:
    """Hears a feed from its beginning to its end, and remembers a few things of it."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._text: list[str] = []
        self._parts = self._length = 0
        self._root = ""
        self._found: dict[str, str] = {}
        self._authors: dict[str, None] = {}
        self._times: list[dt.datetime] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition("}")[2]
        self._root = self._root or name
        self._path.append(name)
        self._parts += 1
        if self._root not in {"feed", "rss", "RDF"} or len(self._path) > DEEPEST or self._parts > MOST_PARTS:
            raise _Enough
        self._text, self._length = [], 0
        relation = attributes.get("rel", "alternate")
        if name == "link" and not self._is_in_entry() and relation == "alternate" and "href" in attributes:
            self._found.setdefault("link", attributes["href"])

    def data(self, text: str) -> None:
        """Some words."""
        if self._length < MAX_TEXT:
            self._text.append(text)
            self._length += len(text)

    def end(self, tag: str) -> None:
        """It ends."""
        name = tag.rpartition("}")[2]
        text, self._text, self._length = "".join(self._text)[:MAX_TEXT].strip(), [], 0
        above = self._path[-2] if len(self._path) > 1 else ""
        self._path.pop()
        if not text:
            return
        if name in SAID_AT and above in ENTRIES:
            self._hear_time(text)
        elif (name == "name" and above == "author") or name == "creator" or (name == "author" and "@" not in text):
            self._authors.setdefault(text)
        elif above in {"feed", "channel"} and name in {"title", "link", "subtitle", "description"}:
            self._found.setdefault(name, text)

    def close(self) -> None:
        """That was all."""

    def facts(self) -> Facts:
        """What was heard."""
        link = self._found.get("link", "")[:MAX_ADDRESS]
        # Several people write there: it is not said whose it is.
        author = next(iter(self._authors)) if len(self._authors) == 1 else ""
        about = plain_text(self._found.get("subtitle") or self._found.get("description") or "")
        return Facts(
            sources=(Source.FEED,),
            name=words(author, most=MAX_NAME),
            heading=words(self._found.get("title", ""), most=MAX_NAME),
            about=words(about, most=MAX_ABOUT),
            latest_at=max(self._times, default=None),
            also=(link,) if is_web_address(link) else (),
        )

    def _is_in_entry(self) -> bool:
        return any(name in ENTRIES for name in self._path)

    def _hear_time(self, text: str) -> None:
        found = time_of(text)
        if found is not None:
            self._times.append(found)


def _json(body: bytes) -> Facts | None:
    """JSON Feed 1.1: https://jsonfeed.org/version/1.1."""
    try:
        node = decode(body)
    except Malformed:
        return None
    if not node.text("version", most=60).startswith(VERSION):
        return None
    author = node.first("authors") or node.first("author") or Node({})
    link = node.uri_or_none("home_page_url")
    times = [item.time("date_published") or item.time("date_modified") for item in node.items("items")]
    return Facts(
        sources=(Source.FEED,),
        name=words(author.text("name", most=MAX_NAME), most=MAX_NAME),
        heading=words(node.text("title", most=MAX_NAME), most=MAX_NAME),
        about=words(node.text("description", most=MAX_ABOUT), most=MAX_ABOUT),
        picture_url=author.uri_or_none("avatar"),
        latest_at=max((time for time in times if time), default=None),
        also=(link,) if link else (),
    )
