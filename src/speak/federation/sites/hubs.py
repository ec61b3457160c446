"""Subscribing at the hubs that sites name, so that what is new comes at once: W3C WebSub, https://www.w3.org/TR/websub/.

Each subscription has a callback and a secret of its own. It is renewed by a new one, which takes the place of the old
once the hub has verified it. Numbers in brackets are sections.
"""

import datetime as dt
import secrets
from collections.abc import Iterable
from urllib.parse import urlencode, urljoin, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from speak.federation.documents.nodes import host_of, is_web_address
from speak.federation.models import HubState, HubSubscription, Site
from speak.federation.ours import is_ours
from speak.federation.sites.feeds import Feed
from speak.federation.sites.feeds.values import MAX_URL
from speak.kernel import clock
from speak.kernel.outbound import Ask, Call, OutboundFailure, Purpose
from speak.kernel.outbound import ask as real_ask
from speak.safety.queries import is_refused

WISHED = dt.timedelta(days=10)
# A hub that does not ask back in this time is asked again; each time it is left alone twice as long.
PATIENCE, LONGEST_PATIENCE = dt.timedelta(hours=1), dt.timedelta(days=7)
# Denied, a site is read by itself for so long.
DENIED_FOR = dt.timedelta(days=30)
SHORTEST_LEASE, LONGEST_LEASE = dt.timedelta(minutes=5), dt.timedelta(days=365)
LEAVING_ATTEMPTS = 5
AT_ONCE, MOST_HUBS = 100, 3
REDIRECTS, MOST_REDIRECTS = {301, 302, 307, 308}, 3
SUCCESS = range(200, 300)


def look_at(site: Site, feed: Feed) -> None:
    """Subscribe where a feed names a hub and itself (4), or again where that is due; leave those it names no more."""
    hubs = [url for url in map(_favored, feed.hub_urls[:MOST_HUBS]) if _may_be_asked(url)]
    topic = feed.self_url if len(feed.self_url.encode()) <= MAX_URL else ""
    with transaction.atomic():
        rows = list(HubSubscription.objects.select_for_update().filter(site=site).exclude(state=HubState.LEAVING))
        named = [row for row in rows if row.hub_url in hubs and row.topic_url == topic]
        leave(row for row in rows if row not in named and row.state != HubState.DENIED)
        if not topic or any(_is_good(row) for row in named):
            return
        tried = {row.hub_url for row in named if row.state == HubState.DENIED}
        hub = next((url for url in hubs if url not in tried), "")
        if hub:
            _begin(site, hub, topic)


def has_live_hub(site: Site) -> bool:
    """Whether a hub tells of a site."""
    return _live(site).exists()


def is_to_be_renewed(site: Site) -> bool:
    """Whether the topic has to be asked for whole, since who tells of it may have changed (6.1)."""
    return _live(site).filter(due_at__lte=clock.now() + PATIENCE).exists()


def leave_all(site: Site) -> None:
    """Nobody follows a site any more: its hubs are told."""
    leave(HubSubscription.objects.filter(site=site).exclude(state=HubState.LEAVING))


def leave(rows: Iterable[HubSubscription]) -> None:
    """Take nothing by these any more, and say so to their hubs."""
    ids = [row.pk for row in rows]
    HubSubscription.objects.filter(pk__in=ids).update(state=HubState.LEAVING, due_at=clock.now(), attempts=0)


def take_up_due() -> list[int]:
    """The ids of subscriptions that are to be asked for, or left, by now. What is to be renewed is read first (6.1)."""
    now = clock.now()
    end_leases()
    due = HubSubscription.objects.filter(due_at__lte=now).order_by("due_at")[:AT_ONCE]
    taken = []
    for row in due:
        held = HubSubscription.objects.filter(pk=row.pk, due_at__lte=now)
        if not held.update(due_at=now + PATIENCE):
            continue
        if row.state == HubState.HELD:
            Site.objects.filter(pk=row.site_id).exclude(due_at=None).update(due_at=now)
        elif row.state in {HubState.ASKED, HubState.LEAVING}:
            taken.append(row.pk)
    return taken


def end_leases() -> None:
    """Forget what holds no more: leases that are over, hubs that denied it long ago or do not hear that one leaves."""
    now = clock.now()
    is_over = Q(state=HubState.HELD, lease_until__lte=now) | Q(state=HubState.DENIED, due_at__lte=now)
    has_left = Q(state=HubState.LEAVING) & (Q(lease_until__lte=now) | Q(attempts__gte=LEAVING_ATTEMPTS))
    HubSubscription.objects.filter(is_over | has_left).delete()


def request(subscription_id: int, *, ask: Ask = real_ask) -> None:
    """Ask a hub to subscribe or to unsubscribe (5.1). It asks back at the callback before anything holds."""
    row = HubSubscription.objects.filter(pk=subscription_id).first()
    if row is None or row.state not in {HubState.ASKED, HubState.LEAVING}:
        return
    attempts = min(row.attempts + 1, 1000)
    doublings: int = 2 ** min(attempts - 1, 10)
    due_at = clock.now() + min(PATIENCE * doublings, LONGEST_PATIENCE)
    HubSubscription.objects.filter(pk=row.pk).update(attempts=attempts, due_at=due_at)
    try:
        _post(row, ask)
    except OutboundFailure:
        return


def callback_of(row: HubSubscription) -> str:
    """Where the hub asks back, and tells (5.1.1)."""
    return f"{settings.SPEAK_URL}/sites/told/{row.token}"


def _post(row: HubSubscription, ask: Ask) -> None:
    """Other hubs that this one leads to are asked instead (5.1.2)."""
    is_leaving = row.state == HubState.LEAVING
    said = {
        "hub.mode": "unsubscribe" if is_leaving else "subscribe",
        "hub.topic": row.topic_url,
        "hub.callback": callback_of(row),
    }
    if not is_leaving:
        said["hub.lease_seconds"] = str(int(WISHED.total_seconds()))
        if row.secret:
            said["hub.secret"] = row.secret
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    url = row.hub_url
    for _ in range(MOST_REDIRECTS + 1):
        if not _may_be_asked(url) or (row.secret and not url.startswith("https://")):
            return
        call = Call("POST", url, Purpose.DELIVER, headers, urlencode(said).encode(), follows_redirects=False)
        answer = ask(call)
        location = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not location:
            return
        url = urljoin(url, location)


def _begin(site: Site, hub: str, topic: str) -> None:
    """A secret only where nobody can read it on its way (5.1)."""
    HubSubscription.objects.create(
        site=site,
        hub_url=hub,
        topic_url=topic,
        token=secrets.token_urlsafe(32),
        secret=secrets.token_urlsafe(32) if hub.startswith("https://") else "",
        due_at=clock.now(),
    )


def _is_good(row: HubSubscription) -> bool:
    """Whether no other has to be asked for: it is asked for, or holds and need not be renewed yet."""
    if row.state == HubState.HELD:
        return row.due_at is not None and row.due_at > clock.now() + PATIENCE
    return row.state == HubState.ASKED


def _live(site: Site) -> QuerySet[HubSubscription]:
    return HubSubscription.objects.filter(site=site, state=HubState.HELD, lease_until__gt=clock.now())


def _favored(url: str) -> str:
    """The hub over https, also where it is named without (8.2)."""
    parts = urlsplit(url)
    return url if parts.scheme == "https" or parts.port else parts._replace(scheme="https").geturl()


def _may_be_asked(url: str) -> bool:
    return is_web_address(url) and len(url.encode()) <= MAX_URL and not is_ours(url) and not is_refused(host_of(url))
