"""What a feed says, whatever it is written in: plain values, cut to what is kept. Pure."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from speak.federation.webmention.page import web_address
from speak.voice.sanitize import plain_text, sanitize

MAX_ENTRIES = 100  # the first of a document are read; feeds begin with the newest
MAX_URL = 1024  # bytes, of the address of a feed
MAX_KEY, MAX_NAME, MAX_TITLE, MAX_ABOUT = 2000, 200, 300, 5_000
MAX_HTML = 100_000  # characters; of what is longer its beginning is shown
MAX_TAGS, MAX_TAG, MAX_PICTURES = 10, 100, 4
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,2}")


@dataclass(frozen=True, slots=True)
class FeedPicture:
    """A picture, film or sound that an entry shows; `url` is absolute."""

    url: str
    media_type: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class FeedAuthor:
    """Somebody whom a feed names as writing in it; `picture_url` is absolute, or empty."""

    name: str
    picture_url: str = ""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One thing that a site says. `key` tells it from the site's others; `html` is sanitized, with absolute links."""

    key: str
    url: str = ""
    title: str = ""
    html: str = ""
    said_at: dt.datetime | None = None
    tags: tuple[str, ...] = ()
    pictures: tuple[FeedPicture, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A site and the newest of what it says. `url` is where this was read, in the end; `page_url` what it is for.

    `authors` are those of the feed and of its entries, each once; `hub_urls` and `self_url` what it says of WebSub
    (section 4); `pause` how long it says that it stays as it is.
    """

    url: str
    title: str = ""
    about: str = ""
    page_url: str = ""
    picture_url: str = ""
    entries: tuple[FeedEntry, ...] = ()
    authors: tuple[FeedAuthor, ...] = ()
    hub_urls: tuple[str, ...] = ()
    self_url: str = ""
    pause: dt.timedelta | None = None


def line(words: str, *, most: int) -> str:
    """Plain words on one line."""
    return " ".join(words.replace("\0", "").split())[:most]


def plain_line(html: str, *, most: int) -> str:
    """HTML as plain words on one line."""
    return line(unescape(plain_text(sanitize(html))), most=most)


def address(base: str, said: str) -> str:
    """An address made absolute; empty where it is none that can be kept."""
    url = web_address(base, said)
    return url if len(url.encode()) <= MAX_KEY else ""


def paragraphs(html: str) -> str:
    """Words without markup, which may hold entities: each part that a blank line ends is a paragraph."""
    return "".join(f"<p>{part}</p>" for part in html.split("\n\n") if part.strip())


def words(html: str, *, base: str) -> str:
    """HTML that may be shown, with its links made absolute; of what is too long, how it begins."""
    safe = sanitize(html, base=base)
    if len(safe) <= MAX_HTML:
        return safe
    return sanitize(f"<p>{plain_text(safe)[: MAX_HTML // 20].replace('&', '&amp;').replace('<', '&lt;')} …</p>")


def authors(said: Iterable[str]) -> tuple[FeedAuthor, ...]:
    """Names of those who write, each once."""
    names = (line(name, most=MAX_NAME) for name in said)
    return tuple(FeedAuthor(name) for name in dict.fromkeys(names) if name)


def language(said: str) -> str:
    """A language tag (RFC 5646), or nothing."""
    found = said.strip().lower()
    return found if LANGUAGE.fullmatch(found) and len(found) <= 16 else ""  # noqa: PLR2004 - as long as the column


def tags(said: list[str]) -> tuple[str, ...]:
    """What may be hashtags here: one word each, in lower case."""
    found = (name.strip().lstrip("#").lower() for name in said)
    return tuple(dict.fromkeys(name for name in found if name and len(name) <= MAX_TAG and name.isalnum()))[:MAX_TAGS]
