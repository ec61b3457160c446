"""WordPress's own export, WXR: RSS 2.0 with what WordPress adds (wp-admin/includes/export.php, versions 1.0 to 1.2).

One file, or a zip with several. Of comments, which are others' words mostly, nothing is brought.
"""

from collections.abc import Iterator

from speak.clients.bringing.authors import own_name
from speak.clients.bringing.documents import elements
from speak.clients.bringing.notes import Notes, Why
from speak.clients.bringing.pages import in_paragraphs, tag_of, with_links
from speak.federation.sites.feeds.rss import CONTENT, DUBLIN_CORE
from speak.kernel.times import moment
from speak.kernel.xml import Element
from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import head
from speak.voice.actions import BroughtPost
from speak.voice.reach import Reach

# Each version has a namespace of its own below this; no other module has elements of the same names.
WP = "http://wordpress.org/export/"
WAS = {"publish": Reach.PUBLIC, "private": Reach.SELF}


def recognizes(container: Container) -> bool:
    """Whether one of its files says so at its beginning."""
    return any(WP.encode() in head(container, name) for name in container.named(".xml"))


def read(container: Container, notes: Notes) -> Iterator[BroughtPost]:
    """Each post that was published, also for few.

    Raises:
        Garbled: a file breaks off.
        WhoOfThem: several people wrote.
    """
    files = [name for name in container.named(".xml") if WP.encode() in head(container, name)]
    items = (item for name in files for item in elements(container, name, "item"))
    own = own_name((_author(item) for item in items if _kind(item) == "post"), notes)
    for name in files:
        for number, item in enumerate(elements(container, name, "item"), 1):
            yield from _post(item, notes, place=f"{name}[{number}]", own=own)


def _post(item: Element, notes: Notes, *, place: str, own: str) -> Iterator[BroughtPost]:
    status = item.text_of("status")
    said_at = moment(item.text_of("post_date_gmt")) or moment(item.text_of("pubDate"))
    for _ in item.all("comment"):
        notes.tell(Why.OTHERS, place)
    if _kind(item) != "post":
        notes.tell(Why.NO_POST, place)
    elif status not in WAS:
        notes.tell(Why.DRAFT, place)
    elif own and _author(item) != own:
        notes.tell(Why.OTHERS, place)
    elif said_at is None:
        notes.tell(Why.NO_TIME, place)
    else:
        edited_at = moment(item.text_of("post_modified_gmt"))
        body = item.first("encoded", CONTENT)
        html, pictures = with_links(in_paragraphs(body.text()) if body is not None else "", notes, place=place)
        yield BroughtPost(
            key=item.text_of("guid") or item.text_of("link"),
            said_at=said_at,
            was=Reach.SELF if item.text_of("post_password") else WAS[status],
            title=item.text_of("title"),
            html=html,
            pictures=pictures,
            edited_at=edited_at if edited_at and edited_at > said_at else None,
            tags=tuple(tag_of(each.text()) for each in item.all("category") if _is_tag(each)),
        )


def _kind(item: Element) -> str:
    return item.text_of("post_type")


def _author(item: Element) -> str:
    return item.text_of("creator", DUBLIN_CORE)


def _is_tag(category: Element) -> bool:
    return category.attributes.get("domain") in {"post_tag", "category"} and (
        category.attributes.get("nicename") != "uncategorized"
    )
