"""The tags of a stranger's page, read in one pass whose time grows with its length and with nothing else.

Python's own parser needs minutes for a hundred kilobytes that are made to hurt it, such as “<a/” again and again. Only
as much of HTML (WHATWG HTML, 13.2.5) is understood here as it takes to tell a tag from what merely looks like one: in
a comment, in a script, in the value of an attribute.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MOST_TAGS = 100_000
# What stands in these is text, up to their own closing tag.
TEXT_ONLY = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "template"})
NEXT = re.compile(r"<(?:!--|(?=[a-z]))", re.IGNORECASE | re.ASCII)
# Every quantifier is possessive: what was read is never read again.
NAME, VALUE = r"[^\s/>][^\s/>=]*+", r"""(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)"""
TAG = re.compile(rf"<([a-z][^\s/>]*+)((?:[\s/]++|{NAME}(?:\s*+=\s*+{VALUE})?+)*+)>", re.IGNORECASE | re.ASCII)
ATTRIBUTES = re.compile(rf"({NAME})(?:\s*+=\s*+({VALUE}))?+")
COMMENT_END = re.compile(r"--!?>")


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
        found = NEXT.search(text, at)
        if found is None:
            return
        is_comment = found[0] == "<!--"
        end = COMMENT_END.search(text, found.start() + 2) if is_comment else TAG.match(text, found.start())
        if end is None:
            return  # the rest of the page is one comment, or one tag, without end
        at = end.end()
        if is_comment:
            continue
        name = end[1].lower()
        if name in TEXT_ONLY:
            at = _after_text(text, name, at)
        elif name in named:
            yield OpeningTag(name, _attributes(end[2]))


def _after_text(text: str, name: str, at: int) -> int:
    closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII).search(text, at)
    return closing.end() if closing else len(text)


def _attributes(text: str) -> dict[str, str]:
    """By name; of two with one name the first counts."""
    found: dict[str, str] = {}
    for match in ATTRIBUTES.finditer(text):
        value = match[2] or ""
        plain = value[1:-1] if value[:1] in {'"', "'"} else value
        found.setdefault(match[1].lower(), html.unescape(plain))
    return found
