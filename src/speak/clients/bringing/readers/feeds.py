"""Feeds as files: Atom (RFC 4287), RSS 2.0 and 1.0, JSON Feed 1.1; also what Blogger gives, which is Atom."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from speak.clients.bringing.authors import own_name
from speak.clients.bringing.documents import elements, json_value
from speak.clients.bringing.notes import Notes, Why
from speak.clients.bringing.pages import as_paragraphs, in_paragraphs, tag_of, with_links
from speak.federation.sites.feeds.atom import ATOM
from speak.federation.sites.feeds.rss import CONTENT, DUBLIN_CORE, RDF
from speak.kernel.times import moment
from speak.kernel.xml import Element
from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import head
from speak.voice.actions import BroughtPost
from speak.voice.reach import Reach
from speak.voice.sanitize import plain_text

THREADING = "http://purl.org/syndication/thread/1.0"
JSON = b"jsonfeed.org/version/"
XML_SIGNS = (b"<feed", b"<rss", b"<rdf:RDF", b":feed ")
# Blogger says in a category what an entry is, and in an element of its own what it is not yet.
KIND, BLOGGER_POST = "http://schemas.google.com/g/2005#kind", "kind#post"
BLOGGER_COMMENT = "kind#comment"
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


class JsonAuthor(msgspec.Struct):
    """Who wrote."""

    name: str | None = None


class JsonItem(msgspec.Struct):
    """An item of a JSON Feed."""

    id: str | int | float = ""
    url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    language: str | None = None
    tags: list[str] | None = None
    authors: list[JsonAuthor] | None = None


class JsonFeed(msgspec.Struct):
    """A JSON Feed."""

    version: str
    items: list[JsonItem]
    language: str | None = None


def recognizes(container: Container) -> bool:
    """Whether it is one file that begins like a feed."""
    name = _only_file(container)
    start = head(container, name) if name else b""
    return _is_json(start) or any(sign in start for sign in XML_SIGNS)


def read(container: Container, notes: Notes) -> Iterator[BroughtPost]:
    """Each entry.

    Raises:
        Garbled: the file breaks off.
        WhoOfThem: several people wrote.
    """
    name = _only_file(container)
    if _is_json(head(container, name)):
        yield from _json(container, name, notes)
        return
    own = own_name((_author(entry) for entry in elements(container, name, "entry", "item")), notes)
    for number, entry in enumerate(elements(container, name, "entry", "item"), 1):
        place = f"{name}[{number}]"
        if own and _author(entry) != own:
            notes.tell(Why.OTHERS, place)
        elif entry.namespace == ATOM:
            yield from _atom(entry, notes, place=place)
        else:
            yield from _rss(entry, notes, place=place)


def _only_file(container: Container) -> str:
    return next(iter(container.sizes)) if len(container.sizes) == 1 else ""


def _is_json(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and JSON in start


def _author(entry: Element) -> str:
    author = entry.first("author", ATOM)
    return author.text_of("name", ATOM) if author is not None else entry.text_of("creator", DUBLIN_CORE)


def _atom(entry: Element, notes: Notes, *, place: str) -> Iterator[BroughtPost]:
    kinds = [each.attributes.get("term", "") for each in entry.all("category") if each.attributes.get("scheme") == KIND]
    if any(kind.endswith(BLOGGER_COMMENT) for kind in kinds):
        notes.tell(Why.OTHERS, place)
        return
    if kinds and not any(kind.endswith(BLOGGER_POST) for kind in kinds):
        notes.tell(Why.NO_POST, place)
        return
    control = entry.first("control")
    if control is not None and control.text_of("draft") == "yes":
        notes.tell(Why.DRAFT, place)
        return
    body = entry.first("content", ATOM) or entry.first("summary", ATOM)
    title = entry.first("title", ATOM)
    answered = entry.first("in-reply-to", THREADING)
    published, updated = (moment(entry.text_of(name, ATOM)) for name in ("published", "updated"))
    tags = [each.attributes for each in entry.all("category", ATOM) if each.attributes.get("scheme") != KIND]
    post = BroughtPost(
        key=entry.text_of("id", ATOM),
        said_at=published or updated or _NEVER,
        was=Reach.PUBLIC,
        title=plain_text(_construct(title)) if title is not None else "",
        html=_construct(body) if body is not None else "",
        language=entry.xml_attribute("lang"),
        answers=answered.attributes.get("ref", "") if answered is not None else "",
        edited_at=updated if published and updated and updated > published else None,
        tags=tuple(tag_of(each.get("term", "")) for each in tags),
    )
    yield from _settled(post, notes, place=place)


def _construct(found: Element) -> str:
    """A text construct as HTML (RFC 4287, 3.1 and 4.1.3.3)."""
    kind = found.attributes.get("type", "text").lower()
    if kind in {"html", "text/html"}:
        return in_paragraphs(found.text())
    if "xhtml" in kind:
        return found.html()
    return as_paragraphs(found.text()) if kind.startswith("text") else ""


def _rss(item: Element, notes: Notes, *, place: str) -> Iterator[BroughtPost]:
    body = item.text_of("encoded", CONTENT) or item.text_of("description")
    about = item.attributes.get(f"{RDF} about", "")
    post = BroughtPost(
        key=item.text_of("guid") or about or item.text_of("link"),
        said_at=moment(item.text_of("pubDate")) or moment(item.text_of("date", DUBLIN_CORE)) or _NEVER,
        was=Reach.PUBLIC,
        title=item.text_of("title"),
        html=in_paragraphs(body),
        language=item.xml_attribute("lang"),
        tags=tuple(tag_of(each.text()) for each in item.all("category")),
    )
    yield from _settled(post, notes, place=place)


def _json(container: Container, name: str, notes: Notes) -> Iterator[BroughtPost]:
    feed = json_value(container, name, JsonFeed)
    own = own_name((_json_author(item) for item in feed.items), notes)
    for number, item in enumerate(feed.items):
        place = f"{name}[{number}]"
        if own and _json_author(item) != own:
            notes.tell(Why.OTHERS, place)
            continue
        published, updated = moment(item.date_published or ""), moment(item.date_modified or "")
        post = BroughtPost(
            key=str(item.id) or item.url or "",
            said_at=published or updated or _NEVER,
            was=Reach.PUBLIC,
            title=item.title or "",
            html=item.content_html or as_paragraphs(item.content_text or ""),
            language=item.language or feed.language or "",
            edited_at=updated if published and updated and updated > published else None,
            tags=tuple(tag_of(tag) for tag in item.tags or ()),
        )
        yield from _settled(post, notes, place=place)


def _settled(post: BroughtPost, notes: Notes, *, place: str) -> Iterator[BroughtPost]:
    if post.said_at == _NEVER:
        notes.tell(Why.NO_TIME, place)
    elif not post.key:
        notes.tell(Why.SHAPE, place)
    else:
        html, pictures = with_links(post.html, notes, place=place)
        yield replace(post, html=html, pictures=pictures)


def _json_author(item: JsonItem) -> str:
    return next((author.name or "" for author in item.authors or ()), "")
