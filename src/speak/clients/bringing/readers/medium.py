"""Medium's export: a zip with a page of HTML for each story and each answer, in posts/.

Its marks are microformats (h-entry: e-content, dt-published, p-canonical) and Medium's own classes (graf--title).
"""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from speak.clients.bringing.documents import garbled, whole
from speak.clients.bringing.notes import Notes, Why
from speak.clients.bringing.pages import with_links
from speak.federation.documents.markup import mended
from speak.kernel.times import moment
from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import head
from speak.voice.actions import BroughtPost
from speak.voice.reach import Reach
from speak.voice.sanitize import MOST_TAGS

LARGEST = 8 * 1024 * 1024
PAGE = re.compile(r"(?:(?:^|.*/)posts/)?(?P<name>[^/]+)\.html")
STORY = re.compile(r"https://medium\.com/p/[0-9a-f]+")
SIGNS = (b'class="h-entry"', b"medium.com")


def recognizes(container: Container) -> bool:
    """Whether the first of its pages is one of Medium's."""
    first = next(iter(_pages(container)), "")
    return bool(first) and all(sign in head(container, first, size=LARGEST) for sign in SIGNS)


def read(container: Container, notes: Notes) -> Iterator[BroughtPost]:
    """Each page that was published.

    Raises:
        Garbled: one of them breaks off.
    """
    for name in _pages(container):
        raw = whole(container, name, most=LARGEST)
        if not raw.rstrip().endswith((b"</html>", b"</article>")):
            raise garbled(name)
        if raw.count(b"<") > 4 * MOST_TAGS:
            notes.tell(Why.TOO_LONG, name)
        else:
            yield from _post(BeautifulSoup(mended(raw.decode("utf-8", "replace")), "html.parser"), name, notes)


def _pages(container: Container) -> list[str]:
    """Those in posts/; all, where there is no other folder."""
    pages = [name for name in container.named(".html") if PAGE.fullmatch(name)]
    return [name for name in pages if "posts/" in name] or pages


def _post(page: BeautifulSoup, name: str, notes: Notes) -> Iterator[BroughtPost]:
    published = page.select_one(".dt-published")
    said_at = moment(str(published.get("datetime", ""))) if published else None
    body = page.select_one(".e-content")
    if body is None or (link := _address(page)) == "":
        notes.tell(Why.DRAFT if "draft" in name else Why.SHAPE, name)
    elif said_at is None:
        notes.tell(Why.DRAFT, name)
    else:
        title = _title(body)
        for rule in body.select("hr.section-divider"):
            rule.decompose()
        html, pictures = with_links(body.decode_contents(), notes, place=name)
        yield BroughtPost(
            key=link,
            said_at=said_at,
            was=Reach.PUBLIC,
            title=title,
            html=html,
            pictures=pictures,
        )


def _address(page: BeautifulSoup) -> str:
    """The short address, which stays when a story is renamed; else the one it was given."""
    links = [str(link.get("href", "")) for link in page.select("footer a")]
    canonical = page.select_one("a.p-canonical")
    short = next((link for link in links if STORY.fullmatch(link)), "")
    return short or (str(canonical.get("href", "")) if canonical else "")


def _title(body: Tag) -> str:
    """The heading at its beginning, which leaves the words; an answer has none."""
    heading = body.select_one(".graf--title")
    if heading is None:
        return ""
    words = heading.get_text().strip()
    heading.decompose()
    return words
