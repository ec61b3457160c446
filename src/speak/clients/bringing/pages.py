"""HTML of pages that people wrote elsewhere: what cannot come with it is named, and a link leads to it."""

import re
from collections.abc import Container
from html import escape

from speak.clients.bringing.notes import Notes, Why
from speak.clients.bringing.pictures import is_elsewhere
from speak.federation.documents.markup import mended
from speak.kernel.soup import is_tag, soup_of
from speak.voice.actions import BroughtPicture
from speak.voice.sanitize import MOST_TAGS

# What WordPress writes between square brackets around a picture, and of which nothing is left without it.
CAPTION = re.compile(r"\[/?(?:caption|embed)[^\]\n]{0,500}\]")
SHOWN = ("img", "iframe", "video", "audio", "embed")
BLOCK = re.compile(r"<(?:p|div|ul|ol|h[1-6]|blockquote|pre|table|figure|section|article)\b", re.IGNORECASE)
WORD = re.compile(r"[\w·]+")


def with_links(html: str, notes: Notes, *, place: str) -> tuple[str, tuple[BroughtPicture, ...]]:
    """The same, with a link in place of each picture and film that lies elsewhere; and the pictures.

    What is neither brought nor led to is told to `notes`.
    """
    html = CAPTION.sub("", html)
    if not any(f"<{name}" in html for name in SHOWN) or html.count("<") > MOST_TAGS:
        return html, ()
    soup = soup_of(mended(html))
    pictures: dict[str, BroughtPicture] = {}
    for shown in soup.find_all(SHOWN):
        if shown.decomposed:
            continue
        source = shown.find("source")
        address = str(shown.get("src") or (source.get("src", "") if is_tag(source) else ""))
        words = str(shown.get("alt") or shown.get("title") or "").strip()
        if not is_elsewhere(address):
            notes.tell(Why.PICTURE_MISSING if shown.name == "img" else Why.NO_PICTURE, f"{place}: {address[:80]}")
            shown.decompose()
            continue
        if shown.name == "img":
            pictures.setdefault(address, BroughtPicture(address, words))
        else:
            notes.tell(Why.NO_PICTURE, f"{place}: {address}")
        if shown.find_parent("a"):
            shown.replace_with(words or address)
        else:
            link = soup.new_tag("a", href=address)
            link.string = words or address
            shown.replace_with(link)
    return str(soup), tuple(pictures.values())


def without_links(html: str, addresses: Container[str]) -> str:
    """The same, without the links to these addresses: what they led to stands below."""
    soup = soup_of(mended(html))
    for link in soup.find_all("a", href=True):
        if not link.decomposed and link["href"] in addresses:
            link.decompose()
    return str(soup)


def in_paragraphs(text: str) -> str:
    """What was written without tags for its paragraphs: a blank line ends one, and a line is a line."""
    if BLOCK.search(text):
        return text
    parts = (part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts if part)


def as_paragraphs(plain: str) -> str:
    """Plain words as HTML."""
    return in_paragraphs(escape(plain, quote=False))


def tag_of(words: str) -> str:
    """What somebody filed a post under, as one word."""
    return "".join(WORD.findall(words))[:100]
