"""From the address that somebody typed to a site that can be followed."""

import time

from django.db import IntegrityError
from django.db.models import Q

from speak.federation.documents import Malformed
from speak.federation.models import Site
from speak.federation.sites.asking import NoFeed, get
from speak.federation.sites.feeds import Feed, page_in, read_feed
from speak.federation.sites.feeds.pages import feeds_named_in
from speak.federation.sites.feeds.values import MAX_URL
from speak.federation.sites.keeping import keep
from speak.identity.models import Actor
from speak.kernel.outbound import Answer, Ask, OutboundFailure
from speak.kernel.outbound import ask as real_ask

OK = 200
# Somebody waits for it: after so long no other feed is tried.
PATIENCE_SECONDS = 5.0


def known_site(url: str) -> Actor | None:
    """The site with this page, or this feed, if it is known."""
    site = Site.objects.filter(Q(feed_url=url) | Q(page_url=url)).select_related("actor").order_by("pk").first()
    return site.actor if site else None


def find_site(url: str, *, ask: Ask = real_ask) -> Actor:
    """The site that this address is of: the first feed its page names that can be read, or its own entries.

    It is kept with the newest of what it says, so that whoever looks sees what they would follow.

    Raises:
        NoFeed: nothing there says what is new.
        OutboundFailure: there was no answer.
    """
    known = known_site(url)
    if known is not None:
        return known
    answer = get(url, ask=ask)
    if answer.status != OK:
        raise NoFeed(f"That server answered {answer.status}.")
    feed, read = _feed_at(answer, ask)
    try:
        site, _ = keep(feed, answer=read)
    except IntegrityError:  # somebody else has just looked for it, too
        site = Site.objects.select_related("actor").get(feed_url=feed.url)
    return site.actor


def _feed_at(answer: Answer, ask: Ask) -> tuple[Feed, Answer]:
    """The feed, and the document that it was read from."""
    try:
        page = page_in(answer)
    except Malformed as error:
        raise NoFeed("That page is too large to be read.") from error
    began = time.monotonic()
    for named in feeds_named_in(page) if page else ():
        if time.monotonic() - began > PATIENCE_SECONDS:
            break
        try:
            found = get(named, ask=ask)
            if found.status == OK:
                return read_feed(found, url=_where(found)), found
        except (NoFeed, Malformed, OutboundFailure):
            continue
    try:
        return read_feed(answer, url=_where(answer)), answer
    except Malformed as error:
        raise NoFeed("Nothing there says what is new.") from error


def _where(answer: Answer) -> str:
    url = answer.url.partition("#")[0]
    if len(url.encode()) > MAX_URL:
        raise NoFeed("That address is too long.")
    return url
