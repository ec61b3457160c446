"""What a feed says, kept: the site as an actor, its entries as posts."""

import datetime as dt
import hashlib
from html import escape
from urllib.parse import urljoin

from django.db import transaction

from speak.federation.documents.nodes import host_of
from speak.federation.models import Site
from speak.federation.sites.feeds import Feed, FeedEntry
from speak.federation.sites.feeds.values import MAX_URL
from speak.identity.actions import IncomingSite, keep_site
from speak.identity.models import FEED, Actor
from speak.kernel import clock
from speak.kernel.outbound import Answer
from speak.safety.actions import put_under_limits
from speak.voice.actions import IncomingMedia, IncomingPost, receive_edit, receive_post
from speak.voice.models import PostKind
from speak.voice.queries import known_among
from speak.voice.reach import Reach

# So many of the newest entries are kept when a site becomes known, and so many new ones of one reading.
MOST_AT_FIRST, MOST_AT_ONCE = 10, 20
# So many of the first entries are compared with how they were said before.
MOST_COMPARED = 20
MOST_PASSED_OVER = 500
MAX_ETAG, MAX_TIME = 300, 100
DIGITS = 32
# Nothing was said in a feed before this.
EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)


@transaction.atomic
def keep_distributed(site: Site, feed: Feed) -> int:
    """Take over what a hub sent of a site that is known: all of its feed or a part of it; how many entries are new."""
    site = Site.objects.select_for_update().select_related("actor").get(pk=site.pk)
    before = site.passed_over
    news = _take_over(site, site.actor, feed, is_first=False)
    site.passed_over = sorted({*before, *site.passed_over})[:MOST_PASSED_OVER]
    site.save(update_fields=["passed_over"])
    return news


@transaction.atomic
def keep(feed: Feed, *, answer: Answer) -> tuple[Site, int]:
    """Know a site, or know it better, and take over what is new in its feed; how many entries that is."""
    actor = keep_site(_described(feed))
    site, is_new = Site.objects.select_for_update().get_or_create(
        feed_url=feed.url, defaults={"actor": actor, "page_url": _page_of(feed)}
    )
    if is_new:
        put_under_limits(actor)
        actor.refresh_from_db()
    digest = hashlib.sha256(answer.body).hexdigest()
    news = 0 if digest == site.digest else _take_over(site, actor, feed, is_first=is_new)
    site.page_url, site.digest, site.answered_at = _page_of(feed), digest, clock.now()
    site.etag = _kept(answer, "etag", most=MAX_ETAG)
    site.last_modified = _kept(answer, "last-modified", most=MAX_TIME)
    site.save()
    site.actor = actor
    return site, news


def uri_of(site: Site, entry: FeedEntry) -> str:
    """The id of an entry here. It lies below that of its site, so that no feed takes the place of another's words."""
    return f"{FEED}{site.feed_url}#{_digest(entry)}"


def _take_over(site: Site, actor: Actor, feed: Feed, *, is_first: bool) -> int:
    entries = {_digest(entry): entry for entry in reversed(feed.entries) if entry.key}
    newest = list(reversed(entries.values()))
    known = known_among(uri_of(site, entry) for entry in newest)
    unknown = [entry for entry in newest if uri_of(site, entry) not in known]
    fresh = _newest_first([entry for entry in unknown if _digest(entry) not in site.passed_over])
    taken = fresh[: MOST_AT_FIRST if is_first else MOST_AT_ONCE]
    for entry in reversed(taken):
        receive_post(actor, incoming=_incoming(site, actor, entry))
    site.passed_over = sorted({_digest(entry) for entry in unknown} - {_digest(entry) for entry in taken})
    for entry in newest[:MOST_COMPARED]:
        if uri_of(site, entry) in known:
            receive_edit(actor, incoming=_incoming(site, actor, entry))
    return len(taken)


def _newest_first(entries: list[FeedEntry]) -> list[FeedEntry]:
    """By when they were said, where all of them tell; else in the order of the feed."""
    said = [(entry.said_at, entry) for entry in entries if entry.said_at is not None]
    if len(said) < len(entries):
        return entries
    return [entry for _, entry in sorted(said, key=lambda pair: pair[0], reverse=True)]


def _page_of(feed: Feed) -> str:
    """What it is found by, besides its feed."""
    return feed.page_url if len(feed.page_url.encode()) <= MAX_URL else ""


def _described(feed: Feed) -> IncomingSite:
    host = host_of(feed.url)
    return IncomingSite(
        feed_url=feed.url,
        domain=host,
        url=feed.page_url or urljoin(feed.url, "/"),
        name=feed.title or host,
        about_html=f"<p>{escape(feed.about)}</p>" if feed.about else "",
        picture_url=feed.picture_url,
    )


def _incoming(site: Site, actor: Actor, entry: FeedEntry) -> IncomingPost:
    return IncomingPost(
        uri=uri_of(site, entry),
        url=entry.url or actor.url,
        html=entry.html,
        reach=Reach.QUIET,
        said_at=max(entry.said_at, EARLIEST) if entry.said_at else clock.now(),
        kind=PostKind.ARTICLE if entry.title else PostKind.NOTE,
        title=entry.title,
        language=entry.language,
        tags=entry.tags,
        media=[IncomingMedia(shown.url, shown.media_type, shown.description) for shown in entry.pictures],
    )


def _digest(entry: FeedEntry) -> str:
    return hashlib.sha256(entry.key.encode(errors="replace")).hexdigest()[:DIGITS]


def _kept(answer: Answer, header: str, *, most: int) -> str:
    said = answer.headers.get(header, "")
    return said if len(said) <= most and said.isascii() and said.isprintable() else ""
