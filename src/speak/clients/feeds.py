"""What a person says to anyone, as a feed: Atom (RFC 4287) and JSON Feed 1.1."""

import hashlib
import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.views.decorators.http import condition

from speak.identity.models import Actor
from speak.identity.queries import actor_called
from speak.kernel import blobs
from speak.kernel.errors import Refusal
from speak.voice.models import Post
from speak.voice.queries import collection_of
from speak.voice.reach import Reach
from speak.voice.sanitize import plain_text

ENTRIES = 20
TITLE_CHARACTERS = 80
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _author(handle: str) -> Actor:
    try:
        actor = actor_called(None, handle)
    except Refusal as refusal:
        raise Http404 from refusal
    if not actor.is_local or actor.user_id is None:
        raise Http404
    return actor


def _entries(author: Actor) -> list[Post]:
    return list(collection_of(None, author).filter(reach=Reach.PUBLIC)[:ENTRIES])


def _version(_request: HttpRequest, handle: str) -> str:
    """Changes with every word, and when one is taken back."""
    author = _author(handle)
    said = ",".join(f"{post.pk}:{post.edited_at}" for post in _entries(author))
    return f'"{hashlib.sha256(f"{author.changed_at} {said}".encode()).hexdigest()[:32]}"'


@condition(etag_func=_version, last_modified_func=None)
def atom(_request: HttpRequest, handle: str) -> HttpResponse:
    """An Atom feed of the public posts of somebody here."""
    author = _author(handle)
    feed = Atom1Feed(
        title=_writable(author.called),
        link=author.url,
        description=_writable(author.aim),
        feed_url=f"{author.url}/feed.atom",
        author_name=_writable(author.called),
        author_link=author.url,
        feed_guid=author.uri,
    )
    for post in _entries(author):
        feed.add_item(
            title=_writable(_title(post)),
            link=post.url,
            description=_writable(post.html),
            unique_id=post.uri,
            author_name=_writable(author.called),
            author_link=author.url,
            pubdate=post.said_at,
            updateddate=post.edited_at or post.said_at,
            categories=[tag.name for tag in post.tags.all()],
            enclosures=[Enclosure(blobs.url_of(item.token), "0", item.media_type) for item in post.media.all()],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@condition(etag_func=_version, last_modified_func=None)
def json_feed(_request: HttpRequest, handle: str) -> JsonResponse:
    """A JSON feed of the same."""
    author = _author(handle)
    person: dict[str, Any] = {"name": author.called, "url": author.url}
    if author.picture_url:
        person["avatar"] = author.picture_url
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": author.called,
        "home_page_url": author.url,
        "feed_url": f"{author.url}/feed.json",
        "description": author.aim or settings.SPEAK_NAME,
        "authors": [person],
        "items": [_item(post) for post in _entries(author)],
    }
    return JsonResponse(feed, content_type="application/feed+json; charset=utf-8")


def _item(post: Post) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": post.uri,
        "url": post.url,
        "content_html": post.html,
        "date_published": post.said_at.isoformat(),
        "tags": [tag.name for tag in post.tags.all()],
    }
    optional = {
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
