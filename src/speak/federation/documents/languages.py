"""Words that may come in several languages. Pure."""

import html
import re

from speak.federation.documents.nodes import Node

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,2}", re.IGNORECASE | re.ASCII)
# Up to the next “<” only: thousands of them that are never closed would be looked at again and again.
MARKUP = re.compile(r"<[^<>]*>")
NO_WORDS = re.compile(r"<(?:script|style)\b[^<>]*>[^<]*", re.IGNORECASE)


def words_in(node: Node, name: str, *, most: int) -> str:
    """`name`, or where it is empty the first of `nameMap`, at most `most` characters."""
    found = node.text(name, most=most)
    return found or next((words[:most] for _, words in _map(node, name)), "")


def plain_in(node: Node, name: str, *, most: int) -> str:
    """The same as one line of plain words: markup that does not belong there is taken out."""
    return plain(words_in(node, name, most=most * 4))[:most]


def plain(words: str) -> str:
    """Words without markup, on one line."""
    return " ".join(html.unescape(MARKUP.sub("", NO_WORDS.sub("", words))).replace("\0", "").split())


def language_of(node: Node, name: str) -> str:
    """The language in which the words of `name` are, as far as `nameMap` or the context tells; else empty."""
    words = node.text(name, most=1_000_000)
    found = _map(node, name)
    for language, same in found:
        if same == words or not words:
            return language
    return found[0][0] if len(found) == 1 else ""


def _map(node: Node, name: str) -> list[tuple[str, str]]:
    words = node.first(f"{name}Map")
    if words is None or not isinstance(words.value, dict):
        return []
    return [
        (language.lower()[:16], text.replace("\0", ""))
        for language, text in words.value.items()
        if isinstance(text, str) and isinstance(language, str) and LANGUAGE.fullmatch(language)
    ]
