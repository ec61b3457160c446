"""HTML of pages that people wrote elsewhere: what cannot come with it is named, and a link leads to it."""

import re
from html import escape

from bs4 import BeautifulSoup, Tag

from speak.clients.bringing.notes import Notes, Why
from speak.voice.sanitize import MOST_TAGS

# What WordPress writes between square brackets around a picture, and of which nothing is left without it.
CAPTION = re.compile(r"\[/?(?:caption|embed)[^\]\n]{0,500}\]")
SHOWN = ("img", "iframe", "video", "audio", "embed")
BLOCK = re.compile(r"<(?:p|div|ul|ol|h[1-6]|blockquote|pre|table|figure|section|article)\b", re.IGNORECASE)
WORD = re.compile(r"[\w·]+")


def with_links(html: str, notes: Notes, *, place: str) -> str:
    """The same, with a link in place of each picture and film that lies elsewhere; these are told to `notes`."""
    html = CAPTION.sub("", html)
    if not any(f"<{name}" in html for name in SHOWN) or html.count("<") > MOST_TAGS:
        return html
    soup = BeautifulSoup(html, "html.parser")
    for shown in soup.find_all(SHOWN):
        if shown.decomposed:
            continue
        source = shown.find("source")
        address = str(shown.get("src") or (source.get("src", "") if isinstance(source, Tag) else ""))
        notes.tell(Why.PICTURE_ELSEWHERE if shown.name == "img" else Why.NO_PICTURE, f"{place}: {address}")
        words = str(shown.get("alt") or shown.get("title") or address)
        if not address.startswith(("https://", "http://")) or not words.strip():
            shown.decompose()
        elif shown.find_parent("a"):
            shown.replace_with(words)
        else:
            link = soup.new_tag("a", href=address)
            link.string = words
            shown.replace_with(link)
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
