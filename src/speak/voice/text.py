"""Turns what somebody typed into HTML, and finds whom and what it names. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from speak.voice.sanitize import sanitize

MENTION = re.compile(
    r"@(?P<handle>[a-z0-9_](?:[a-z0-9_.-]{0,126}[a-z0-9_])?)"
    r"(?:@(?P<domain>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?))?",
    re.IGNORECASE | re.ASCII,
)
TAG = re.compile(r"#(?P<name>[\w·]{1,100})")
Spoken = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom a text may name: where a link to them leads, and their handle."""

    actor_id: int
    url: str
    handle: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as it is shown, with the ids of the actors and the tags it names, in order."""

    html: str
    actor_ids: tuple[int, ...]
    tags: tuple[str, ...]


@dataclass(slots=True)
class _Finds:
    known: Mapping[Spoken, Named]
    tag_url: str
    actor_ids: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def spoken_names(source: str, *, here: str) -> list[Spoken]:
    """Whom a text calls by @name or @name@domain, as (handle, domain), lower case; no domain means here."""
    found: dict[Spoken, None] = {}
    for match in MENTION.finditer(source):
        if match.start() and (source[match.start() - 1].isalnum() or source[match.start() - 1] in "_/@"):
            continue
        found[_spoken(match, here)] = None
    return list(found)


def render(source: str, *, is_article: bool, known: Mapping[Spoken, Named], tag_url: str, here: str) -> Rendered:
    """Make HTML of `source`: Markdown in an article; in a note only lines, links, names and tags.

    `known` holds the actors that names may refer to; other names stay plain words. `tag_url` is
    the address under which a tag's page lies.
    """
    finds = _Finds(known, tag_url)
    html = (_ARTICLE if is_article else _NOTE).render(source.strip(), {"finds": finds, "here": here})
    return Rendered(sanitize(html), tuple(dict.fromkeys(finds.actor_ids)), tuple(dict.fromkeys(finds.tags)))


def render_plain(source: str, *, links: Sequence[str]) -> str:
    """Make HTML of words in which nothing is looked for: no names, no tags, and no links but these."""
    html = _quoted(source.strip()).replace("\n", "<br>")
    for address in links:
        html = html.replace(_quoted(address), f'<a href="{_quoted(address)}">{_quoted(address)}</a>')
    return sanitize(f"<p>{html}</p>")


@lru_cache(maxsize=1024)
def render_lines(source: str) -> str:
    """HTML of a few lines that name nobody, such as what somebody is about: paragraphs, lines and links."""
    return sanitize(_LINES.render(source.strip())).strip()


def _spoken(match: re.Match[str], here: str) -> Spoken:
    domain = (match["domain"] or "").lower()
    return match["handle"].lower(), "" if domain == here.lower() else domain


def _starts_a_word(state: StateInline) -> bool:
    before = state.src[state.pos - 1] if state.pos else " "
    return not (before.isalnum() or before in "_/@#&") and not state.linkLevel


def _mention(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    match = MENTION.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "@" else None
    if match is None or not _starts_a_word(state):
        return False
    finds: _Finds = state.env["finds"]
    named = finds.known.get(_spoken(match, state.env["here"]))
    if named is None:
        return False
    if not silent:
        finds.actor_ids.append(named.actor_id)
        state.push("html_inline", "", 0).content = (
            f'<span class="h-card"><a href="{_quoted(named.url)}" class="u-url mention">@<span>'
            f"{_quoted(named.handle)}</span></a></span>"
        )
    state.pos = match.end()
    return True


def _hashtag(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    match = TAG.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "#" else None
    if match is None or not _starts_a_word(state) or match["name"].isdigit():
        return False
    if not silent:
        finds: _Finds = state.env["finds"]
        name = match["name"].lower()
        finds.tags.append(name)
        page = _quoted(finds.tag_url + quote(name))
        shown = f'<a href="{page}" class="mention hashtag">#<span>{match["name"]}</span></a>'
        state.push("html_inline", "", 0).content = shown
    state.pos = match.end()
    return True


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _maker(preset: str, enabled: list[str], options: dict[str, Any]) -> MarkdownIt:
    maker = MarkdownIt(preset, {"html": False, "linkify": True, **options}).enable(enabled)
    if maker.linkify is not None:
        maker.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    return maker


def _naming(maker: MarkdownIt) -> MarkdownIt:
    maker.inline.ruler.push("mention", _mention)
    maker.inline.ruler.push("hashtag", _hashtag)
    return maker


_LINES = _maker("zero", ["linkify", "newline"], {"breaks": True})
_NOTE = _naming(_maker("zero", ["linkify", "newline"], {"breaks": True}))
_ARTICLE = _naming(_maker("commonmark", ["linkify", "strikethrough"], {})).disable("image")
