"""The tags of a stranger's page, read in one pass whose time grows with its length and with nothing else. Pure.

Python's own parser needs minutes for a hundred kilobytes that are made to hurt it, such as “<a/” again and again. Only
as much of HTML (WHATWG HTML, 13.2.5) is understood here as it takes to tell a tag from what merely looks like one: in
a comment, in a script, in the value of an attribute.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MOST_TAGS = 100_000
# What stands in these is text, up to their own closing tag. Python's parser knows the first two.
SCRIPTS = frozenset({"script", "style"})
TEXT_ONLY = SCRIPTS | {"textarea", "title", "xmp", "iframe", "noembed", "noframes", "template"}
NEXT = re.compile(r"<(?:!--|(?=[a-z]))", re.IGNORECASE | re.ASCII)
CLOSES = re.compile(r"<(?:/(?=[a-z])|[!?/])", re.IGNORECASE | re.ASCII)
# Every quantifier is possessive: what was read is never read again.
NAME, VALUE = r"[^\s/>][^\s/>=]*+", r"""(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)"""
TAG = re.compile(rf"<([a-z][^\s/>]*+)((?:[\s/]++|{NAME}(?:\s*+=\s*+{VALUE})?+)*+)>", re.IGNORECASE | re.ASCII)
ATTRIBUTES = re.compile(rf"({NAME})(?:\s*+=\s*+({VALUE}))?+")
END, COMMENT_END = re.compile(">"), re.compile(r"--!?>")


@dataclass(frozen=True, slots=True)
class OpeningTag:
    """A tag that opens. Its name and those of its attributes are in lower case, the values as they are meant."""

    name: str
    attributes: Mapping[str, str]

    def words(self, name: str) -> list[str]:
        """An attribute that holds several words, such as rel, in lower case."""
        return self.attributes.get(name, "").lower().split()


def tags_in(text: str, *, named: frozenset[str]) -> Iterator[OpeningTag]:
    """The opening tags with these names, in order; of a page with more tags than anybody writes, only the first."""
    at = 0
    for _ in range(MOST_TAGS):
        begun = NEXT.search(text, at)
        end = _end(text, begun.start()) if begun else None
        if begun is None or end is None:
            return  # the rest of the page is plain, or one comment or tag without end
        at = end.end()
        if begun[0] == "<!--":
            continue
        name = end[1].lower()
        if name in TEXT_ONLY:
            at = _text_end(text, name, at)
        elif name in named:
            yield OpeningTag(name, _attributes(end[2]))


def mended(text: str) -> str:
    """The same page, such that Python's parser takes as long for it as for any other: all that begins in it also ends.

    It has no comments and no declarations, what only looks like a tag is text, and what never ends is left out. Each
    “<” takes a step, so that the caller bounds how many there are.
    """
    parts: list[str] = []
    at = 0
    while (start := text.find("<", at)) >= 0:
        parts.append(text[at:start])
        if NEXT.match(text, start):
            end = _end(text, start)
        elif CLOSES.match(text, start):
            end = END.search(text, start)
        else:
            parts.append("&lt;")
            at = start + 1
            continue
        if end is None:
            return "".join(parts)
        at = end.end()
        if text[start + 1] in "!?":
            continue
        parts.append(text[start:at])
        name = end[1].lower() if text[start + 1] != "/" else ""
        if name in TEXT_ONLY:
            until = _text_end(text, name, at)
            parts.append(_inert(text[at:until], name))
            at = until
    return "".join([*parts, text[at:]])


def _end(text: str, start: int) -> re.Match[str] | None:
    """The end of the comment that begins there, or the whole of the tag."""
    is_comment = text.startswith("<!--", start)
    return COMMENT_END.search(text, start + 2) if is_comment else TAG.match(text, start)


def _text_end(text: str, name: str, at: int) -> int:
    """Where the closing tag of an element begins that holds text alone."""
    closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII).search(text, at)
    return closing.start() if closing else len(text)


def _inert(text: str, name: str) -> str:
    """Text of such an element, in which nothing looks like a closing tag; a script means the same by it."""
    return text.replace("</", r"<\/") if name in SCRIPTS else text.replace("<", "&lt;")


def _attributes(text: str) -> dict[str, str]:
    """By name; of two with one name the first counts."""
    found: dict[str, str] = {}
    for match in ATTRIBUTES.finditer(text):
        value = match[2] or ""
        plain = value[1:-1] if value[:1] in {'"', "'"} else value
        found.setdefault(match[1].lower(), html.unescape(plain))
    return found
