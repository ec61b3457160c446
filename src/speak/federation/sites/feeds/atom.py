"""Atom: RFC 4287, with xml:base (section 2) and links to hubs (W3C WebSub, 4)."""

from speak.federation.documents import Malformed
from speak.federation.documents.nodes import is_web_address
from speak.federation.sites.feeds.pictures import distinct, picture, pictures_in
from speak.federation.sites.feeds.values import (
    MAX_ABOUT,
    MAX_ENTRIES,
    MAX_KEY,
    MAX_NAME,
    MAX_TITLE,
    Feed,
    FeedEntry,
    address,
    authors,
    language,
    line,
    paragraphs,
    plain_line,
    tags,
    words,
)
from speak.kernel.times import moment
from speak.kernel.xml import Element

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "http://search.yahoo.com/mrss/"
SHOWN = ("image/", "audio/", "video/")


def read_atom(root: Element, *, url: str) -> Feed:
    """A feed document.

    Raises:
        Malformed: it is none.
    """
    if (root.namespace, root.name) != (ATOM, "feed"):
        raise Malformed("", "is not an Atom feed")
    base = _base(root, url)
    spoken = root.xml_attribute("lang")
    entries = root.all("entry", ATOM)[:MAX_ENTRIES]
    return Feed(
        url=url,
        title=_plain(root, "title", most=MAX_NAME),
        about=_plain(root, "subtitle", most=MAX_ABOUT),
        page_url=_link(root, "alternate", base),
        picture_url=address(base, root.text_of("icon", ATOM) or root.text_of("logo", ATOM)),
        entries=tuple(_entry(entry, base, spoken) for entry in entries),
        authors=authors(
            author.text_of("name", ATOM) for each in (root, *entries) for author in each.all("author", ATOM)
        ),
        hub_urls=links_of(root, "hub", base),
        self_url=_link(root, "self", base),
    )


def links_of(element: Element, rel: str, base: str) -> tuple[str, ...]:
    """The addresses of its atom:links with this relation, in order; a link without any is an alternate (4.2.7.2)."""
    found = (
        address(base, link.attributes["href"])
        for link in element.all("link", ATOM)
        if link.attributes.get("rel", "alternate") == rel and link.attributes.get("href")
    )
    return tuple(url for url in found if url)


def _link(element: Element, rel: str, base: str) -> str:
    return next(iter(links_of(element, rel, base)), "")


def _base(element: Element, base: str) -> str:
    said = element.xml_attribute("base")
    return address(base, said) or base if said else base


def _plain(element: Element, name: str, *, most: int) -> str:
    """A text construct (3.1) as plain words."""
    found = element.first(name, ATOM)
    if found is None:
        return ""
    kind = found.attributes.get("type", "text")
    return line(found.text(), most=most) if kind == "text" else plain_line(_html(found), most=most)


def _html(construct: Element) -> str:
    """A text construct, or a content, as HTML that is not safe yet (3.1.1, 4.1.3.3)."""
    kind = construct.attributes.get("type", "text").lower()
    if kind in {"html", "text/html"}:
        return construct.text()
    if kind in {"xhtml", "application/xhtml+xml"}:
        return construct.html()
    if kind.startswith("text"):
        return paragraphs(construct.html())
    return ""


def _entry(entry: Element, base: str, spoken: str) -> FeedEntry:
    base = _base(entry, base)
    content = entry.first("content", ATOM)
    body = content if content is not None and not content.attributes.get("src") else entry.first("summary", ATOM)
    html = _html(body) if body is not None else ""
    base_of_html = _base(body, base) if body is not None else base
    named = entry.text_of("id", ATOM)
    elsewhere = content.attributes.get("src", "") if content is not None else ""
    page = _link(entry, "alternate", base) or address(base, elsewhere) or (named if is_web_address(named) else "")
    published = entry.text_of("published", ATOM) or entry.text_of("updated", ATOM)
    return FeedEntry(
        key=(named or page or published)[:MAX_KEY],
        url=page,
        title=_plain(entry, "title", most=MAX_TITLE),
        html=words(html, base=base_of_html),
        said_at=moment(published),
        tags=tags([item.attributes.get("term", "") for item in entry.all("category", ATOM)]),
        pictures=distinct(
            *(
                picture(item.attributes["href"], base=base, media_type=item.attributes.get("type", ""))
                for item in entry.all("link", ATOM)
                if item.attributes.get("rel") == "enclosure"
                and item.attributes.get("href")
                and item.attributes.get("type", "").startswith(SHOWN)
            ),
            *(picture(item.attributes.get("url", ""), base=base) for item in entry.all("thumbnail", MEDIA)),
            *pictures_in(html, base=base_of_html),
        ),
        language=language(entry.xml_attribute("lang") or spoken),
    )
