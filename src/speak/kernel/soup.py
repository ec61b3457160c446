"""HTML of strangers as a tree, and what it says in microformats or Markdown.

The libraries that read it take 10 MB of each process: the first page that is read loads them, and a process that
reads none never does.
"""

from typing import TYPE_CHECKING, Any, TypeGuard

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag


def soup_of(html: str) -> "BeautifulSoup":
    """The tree of a page, or of a piece of one."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - takes memory

    return BeautifulSoup(html, "html.parser")


def is_tag(found: object) -> "TypeGuard[Tag]":
    """Whether it is an element: neither words nor nothing."""
    from bs4 import Tag  # noqa: PLC0415 - takes memory

    return isinstance(found, Tag)


def microformats_in(soup: "BeautifulSoup", *, url: str) -> dict[str, Any]:
    """What a page says in microformats (microformats.org/wiki/microformats2-parsing).

    Raises:
        RecursionError: it is nested too deep.
    """
    import mf2py  # noqa: PLC0415 - takes memory

    return dict(mf2py.parse(doc=soup, url=url))


def markdown_of(html: str) -> str:
    """HTML as Markdown."""
    from markdownify import ATX, markdownify  # noqa: PLC0415 - takes memory

    return str(markdownify(html, heading_style=ATX, bullets="-")).strip()
