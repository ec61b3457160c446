"""A feed as it is written: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1. Each names the hub (WebSub 4)."""

import re
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

from speak.clients.feeds.sources import Source
from speak.identity.models import Actor
from speak.kernel import blobs
from speak.voice.models import Post
from speak.voice.sanitize import plain_text

TITLE_CHARACTERS = 80
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


def hub_url() -> str:
    """Where one subscribes to a feed."""
    return f"{settings.SPEAK_URL}/websub"


class _Atom(Atom1Feed):
    """With the hub."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """As Django writes them, and one more."""
        super().add_root_elements(handler)
        handler.addQuickElement("link", "", {"rel": "hub", "href": hub_url()})


class _Rss(Rss201rev2Feed):
    """With the hub."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """As Django writes them, and one more."""
        super().add_root_elements(handler)
        handler.addQuickElement("atom:link", "", {"rel": "hub", "href": hub_url()})


def as_xml(source: Source, *, kind: str, self_url: str) -> str:
    """Atom or RSS."""
    make: type[SyndicationFeed] = _Atom if kind == "atom" else _Rss
    feed = make(
        title=_writable(source.title),
        link=source.page_url,
        description=_writable(source.description),
        feed_url=self_url,
        feed_guid=source.uid,
        author_name=_writable(source.author.called) if source.author else None,
        author_link=source.author.url if source.author else None,
    )
    for post in source.posts:
        media = [Enclosure(blobs.url_of(item.token), "0", item.media_type) for item in post.media.all()]
        feed.add_item(
            title=_writable(_title(post)),
            link=post.url,
            description=_writable(post.html),
            unique_id=post.uri,
            unique_id_is_permalink=False,
            author_name=_writable(post.author.called),
            author_link=post.author.url,
            pubdate=post.said_at,
            updateddate=post.edited_at or post.said_at,
            categories=[tag.name for tag in post.tags.all()],
            # RSS holds one (2.0, “enclosure”); the others stand on the page.
            enclosures=media if kind == "atom" else media[:1],
        )
    return feed.writeString("utf-8")


def as_json(source: Source, *, self_url: str) -> dict[str, Any]:
    """A JSON feed of the same."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": source.title,
        "home_page_url": source.page_url,
        "feed_url": self_url,
        "description": source.description or settings.SPEAK_NAME,
        "hubs": [{"type": "WebSub", "url": hub_url()}],
        "items": [_item(post, is_of_many=source.author is None) for post in source.posts],
    }
    return {**feed, **({"authors": [_person(source.author)]} if source.author else {})}


def _person(author: Actor) -> dict[str, str]:
    person = {"name": author.called, "url": author.url, "avatar": author.picture_url}
    return {name: value for name, value in person.items() if value}


def _item(post: Post, *, is_of_many: bool) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": post.uri,
        "url": post.url,
        "content_html": post.html,
        "date_published": post.said_at.isoformat(),
        "tags": [tag.name for tag in post.tags.all()],
    }
    optional = {
        "authors": [_person(post.author)] if is_of_many else [],
        "title": post.title,
        "summary": post.summary,
        "language": post.language,
        "date_modified": post.edited_at.isoformat() if post.edited_at else "",
        "attachments": [
            {"url": blobs.url_of(media.token), "mime_type": media.media_type, "title": media.description}
            for media in post.media.all()
        ],
    }
    return {**item, **{name: value for name, value in optional.items() if value}}


def _writable(words: str) -> str:
    """Without the characters that no XML may hold (XML 1.0, 2.2): one of them would make the whole feed unreadable."""
    return NOT_IN_XML.sub("", words)


def _title(post: Post) -> str:
    """Its title, its warning, or how it begins; Atom demands one."""
    words = post.title or post.summary or plain_text(post.html)
    return words if len(words) <= TITLE_CHARACTERS else f"{words[: TITLE_CHARACTERS - 1]}…"
