"""Pages of strangers, read once: which addresses they link to, where they take webmentions, what they say.

They are mended first (`documents/markup.py`) and then read by Python's own parser, which takes time in proportion to
their length only where all that begins also ends; one that follows the whole of HTML's rules takes minutes for others.
"""

import codecs
import datetime as dt
import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import mf2py
import msgspec
import nh3
from bs4 import BeautifulSoup
from bs4.element import Tag

from speak.federation.documents.markup import mended
from speak.federation.documents.nodes import is_web_address
from speak.federation.models.webmention import MentionKind
from speak.kernel.errors import TooMuch
from speak.kernel.outbound import Answer
from speak.kernel.times import instant
from speak.voice.sanitize import ATTRIBUTES, TAGS, plain_text, sanitize

# What a page may cost: its elements, how deep they lie, and how often microformats lie within microformats.
MOST_OPENINGS, DEEPEST, DEEPEST_OBJECTS, DEEPEST_PROPERTIES = 10_000, 200, 6, 12
MOST_ITEMS = 500
MAX_HTML, MAX_NAME, MAX_TITLE = 10_000, 200, 300
HTML = frozenset({"text/html", "application/xhtml+xml"})
EVERYTHING = re.compile("")
LINKING = ("href", "src", "cite", "poster", "data")
META_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?([a-z0-9_-]{1,40})""", re.IGNORECASE)
OBJECT, PROPERTY = re.compile(r"h-[a-z0-9-]+"), re.compile(r"(?:p|u|dt|e)-[a-z0-9-]+")
RESPONSES = {
    "in-reply-to": MentionKind.REPLY,
    "like-of": MentionKind.LIKE,
    "repost-of": MentionKind.REPOST,
    "bookmark-of": MentionKind.BOOKMARK,
}
Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says in answer to another: plain values, `html` sanitized and without classes."""

    kind: MentionKind = MentionKind.MENTION
    author_name: str = ""
    title: str = ""
    html: str = ""
    said_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page. `links` are absolute."""

    url: str
    soup: BeautifulSoup = field(repr=False)
    links: frozenset[str]

    def endpoint(self) -> str | None:
        """The first link with rel=webmention in the order of the document (3.1.2); an empty one is the page itself."""
        for element in self.soup.find_all(["link", "a"], href=True):
            if "webmention" in [word.lower() for word in element.get_attribute_list("rel") if word]:
                return str(element["href"])
        return None

    def said(self, target: str) -> Said:
        """What the page says in answer to `target`, by its microformats; only that it links there where it has none."""
        try:
            items = list(every_item(mf2py.parse(doc=self.soup, url=self.url)["items"]))
        except RecursionError:
            return Said()
        entries = [item for item in items if "h-entry" in item["type"]]
        entry = next((item for item in entries if _kind(item, target)), None) or next(iter(entries), None)
        if entry is None:
            return Said(title=title_of(self.soup))
        authors = [item for item in entry["properties"].get("author", []) if isinstance(item, dict)]
        cards = authors or [item for item in items if "h-card" in item["type"]]
        plain_author = next((name for name in entry["properties"].get("author", []) if isinstance(name, str)), "")
        html = _html(entry)
        title = text_in(entry, "name")[:MAX_TITLE]
        return Said(
            kind=_kind(entry, target) or MentionKind.MENTION,
            author_name=(text_in(cards[0], "name") if cards else plain_author)[:MAX_NAME],
            title="" if title.strip() == plain_text(html)[:MAX_TITLE].strip() else title,
            html=html,
            said_at=instant(text_in(entry, "published")),
        )


def read_page(answer: Answer) -> Page | None:
    """The page that an answer holds; nothing where it is not HTML.

    Raises:
        TooMuch: it is made of more parts than anybody writes.
    """
    if media_type_of(answer) not in HTML:
        return None
    text = text_of(answer)
    if text.count("<") > MOST_OPENINGS:
        raise TooMuch("That page has too many parts.")
    soup = BeautifulSoup(mended(text), "html.parser")
    _check_depth(soup)
    base = soup.find("base", href=True)
    url = answer.url
    if isinstance(base, Tag):
        url = joined(url, str(base["href"])) or url
    found = (
        joined(url, value)
        for element in soup.find_all(EVERYTHING)
        for name in LINKING
        if isinstance(value := element.get(name), str)
    )
    return Page(url, soup, frozenset(link for link in found if link))


def mentions(answer: Answer, target: str) -> bool:
    """Whether a document links to exactly this address, by the rules of its kind (3.2.2).

    Raises:
        TooMuch: it is made of more parts than anybody writes.
    """
    page = read_page(answer)
    if page is not None:
        return target in page.links
    kind = media_type_of(answer)
    if kind == "application/json" or kind.endswith("+json"):
        return _holds(answer.body, target)
    return kind.startswith("text/") and target in text_of(answer)


def media_type_of(answer: Answer) -> str:
    """What it says it is, without parameters, in lower case."""
    return answer.headers.get("content-type", "").partition(";")[0].strip().lower()


def text_of(answer: Answer) -> str:
    """The body as text, by the charset it names, or UTF-8."""
    _, _, named = answer.headers.get("content-type", "").lower().partition("charset=")
    found = META_CHARSET.search(answer.body[:2048])
    for name in (named.split(";")[0].strip("\"' "), found[1].decode() if found else "", "utf-8"):
        try:
            if name and codecs.lookup(name)._is_text_encoding:  # noqa: SLF001 - only such decode to text
                return answer.body.decode(name, errors="replace").replace("\0", "")
        except (LookupError, ValueError):
            continue
    return answer.body.decode(errors="replace").replace("\0", "")


def joined(base: str, address: str) -> str:
    """An address of a page made absolute; empty where it is none."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""


def web_address(base: str, said: str) -> str:
    """The same, of what can be called and kept; empty where nothing is said."""
    url = joined(base, said) if said.strip() else ""
    return url if is_web_address(url) else ""


def _check_depth(soup: BeautifulSoup) -> None:
    """Element by element, so that depth costs no recursion."""
    waiting: list[tuple[Tag, int, int, int]] = [(soup, 0, 0, 0)]
    while waiting:
        element, depth, objects, properties = waiting.pop()
        if depth > DEEPEST or objects > DEEPEST_OBJECTS or properties > DEEPEST_PROPERTIES:
            raise TooMuch("That page is nested too deep.")
        for child in element.children:
            if isinstance(child, Tag):
                names = [name for name in child.get_attribute_list("class") if name]
                has_object = any(OBJECT.fullmatch(name) for name in names)
                has_property = any(PROPERTY.fullmatch(name) for name in names)
                waiting.append((child, depth + 1, objects + has_object, properties + has_property))


def every_item(found: object) -> Iterator[Item]:
    """Every object of microformats, each before those within it."""
    waiting, count = [found], 0
    while waiting and count < MOST_ITEMS:
        here = waiting.pop(0)
        if isinstance(here, list):
            waiting[:0] = here
        elif isinstance(here, dict) and "type" in here and "properties" in here:
            count += 1
            yield here
            waiting[:0] = [here.get("children", []), *here["properties"].values()]


def _kind(entry: Item, target: str) -> MentionKind | None:
    for name, kind in RESPONSES.items():
        for value in entry["properties"].get(name, []):
            addresses = (
                value["properties"].get("url", []) if isinstance(value, dict) and "properties" in value else [value]
            )
            if target in addresses:
                return kind
    return None


def text_in(item: Item, name: str) -> str:
    """The first value of a property as plain words on one line; empty where there is none."""
    for value in item["properties"].get(name, []):
        if isinstance(value, str):
            return " ".join(value.split())
        if isinstance(value, dict) and isinstance(value.get("value"), str):
            return " ".join(value["value"].split())
    return ""


def _html(entry: Item) -> str:
    """Its words, safe to show; what is longer than anybody reads in a thread stands where it was said."""
    content = next((value for value in entry["properties"].get("content", []) if isinstance(value, dict)), None)
    raw = content["html"] if content else entities.escape(text_in(entry, "content") or text_in(entry, "summary"))
    html = nh3.clean(
        sanitize(str(raw)),
        tags=TAGS,
        attributes={tag: names - {"class"} for tag, names in ATTRIBUTES.items()},
        link_rel="nofollow noopener noreferrer",
    )
    if len(html) <= MAX_HTML:
        return html
    return f"<p>{entities.escape(plain_text(html)[: MAX_HTML // 10])} …</p>"


def title_of(soup: BeautifulSoup) -> str:
    """What a page calls itself, on one line; empty where it has no title."""
    title = soup.find("title")
    return " ".join(title.get_text().split())[:MAX_TITLE] if isinstance(title, Tag) else ""


def _holds(body: bytes, target: str) -> bool:
    """Whether a JSON document has exactly this value somewhere."""
    try:
        waiting: list[object] = [msgspec.json.decode(body)]
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return False
    while waiting:
        here = waiting.pop()
        if here == target:
            return True
        if isinstance(here, dict):
            waiting.extend(here.values())
        elif isinstance(here, list):
            waiting.extend(here)
    return False
