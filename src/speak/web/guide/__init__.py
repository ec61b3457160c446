"""The guide: a short book that comes with the program, in Markdown with a head in TOML."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec

from speak.rooms.catalogue import practice
from speak.rooms.practices import Practice
from speak.voice.text import render

# The order of the book.
ORDER = (
    "what-this-is-instead-of",
    "right-to-be-wary",
    "a-home-of-your-own",
    "first-words",
    "the-other-half",
    "you-go-first",
    "gathering-a-room",
    "who-can-read-it",
    "stories-instead-of-numbers",
    "handing-over",
)
FENCE = "+++\n"
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Source = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class Reader(StrEnum):
    """For whom a chapter is."""

    ALL = "all"
    ALONE = "alone"
    DECIDING = "deciding"
    GATHERING = "gathering"


class _Head(msgspec.Struct, forbid_unknown_fields=True):
    title: Line
    summary: Line
    practice: Line
    sources: Annotated[list[Source], msgspec.Meta(min_length=1)]
    reader: Reader = msgspec.field(name="for")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A screen or two, and the practice it ends in. `html` is its text, `sources` a list of credits; both are safe."""

    name: str
    number: int
    title: str
    summary: str
    reader: Reader
    practice: Practice
    sources: str
    html: str


@cache
def chapters() -> tuple[Chapter, ...]:
    """The whole book, in order."""
    return tuple(
        chapter_from(files(__package__).joinpath(f"{name}.md").read_text("utf-8"), name=name, number=number)
        for number, name in enumerate(ORDER, 1)
    )


def chapter_from(text: str, *, name: str, number: int) -> Chapter:
    """Read one chapter.

    Raises:
        ValueError: it does not begin with a head between two fences, or the head is no TOML or not as it has to be.
        NotFound: it ends in a practice that does not ship.
    """
    before, head_text, body = text.split(FENCE, 2)
    if before:
        raise ValueError(f"{name}.md begins with something else than {FENCE.strip()}")
    head = msgspec.convert(tomllib.loads(head_text), _Head)
    return Chapter(
        name=name,
        number=number,
        title=head.title,
        summary=head.summary,
        reader=head.reader,
        practice=practice(head.practice),
        sources=_html("\n".join(f"- {source}" for source in head.sources)),
        html=_html(body),
    )


def _html(markdown: str) -> str:
    return render(markdown, is_article=True, known={}, tag_url="", here="").html
