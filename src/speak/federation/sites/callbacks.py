"""What hubs say at a callback: that it holds, that it does not, what is new. W3C WebSub, 5.2 to 7."""

import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Mapping

from django.db import transaction

from speak.federation.documents import Malformed
from speak.federation.models import Distributed, HubState, HubSubscription, Site
from speak.federation.sites import hubs
from speak.federation.sites.feeds import read_feed
from speak.federation.sites.keeping import keep_distributed
from speak.kernel import clock
from speak.kernel.outbound import Answer
from speak.safety.queries import is_refused

ALGORITHMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}
# Printable, and no longer than a hub needs (8.2).
CHALLENGE = re.compile(r"[!-~]{1,512}")
MAX_BODY = 4 * 1024 * 1024
# So much of one subscription waits to be read; of what comes then, the site itself is read.
MOST_WAITING = 5
# Renewed when three quarters of the lease are over.
QUARTERS = 4


@transaction.atomic
def verify(token: str, said: Mapping[str, str]) -> str | None:
    """The challenge to be echoed where the hub asks what we asked for (5.3); nothing where it does not.

    A hub may ask again whether a subscription that holds is meant still. `denied` (5.2) is heard without an echo.
    """
    row = HubSubscription.objects.select_for_update().filter(token=token).first()
    mode, challenge = said.get("hub.mode", ""), said.get("hub.challenge", "")
    if row is None or said.get("hub.topic", "") != row.topic_url:
        return None
    if mode == "denied":
        _deny(row)
        return ""
    if not CHALLENGE.fullmatch(challenge):
        return None
    if mode == "subscribe" and row.state in {HubState.ASKED, HubState.HELD}:
        _hold(row, said.get("hub.lease_seconds", ""))
        return challenge
    if mode == "unsubscribe" and row.state == HubState.LEAVING:
        row.delete()
        return challenge
    return None


def is_taken_by(token: str) -> bool:
    """Whether a subscription takes what is sent to its callback."""
    return HubSubscription.objects.filter(token=token, state=HubState.HELD, lease_until__gt=clock.now()).exists()


@transaction.atomic
def take(token: str, body: bytes, *, media_type: str, signature: str) -> int | None:
    """Keep what a hub sent, to be read by the worker; its number, or nothing where it is ignored (7.1.2).

    Which site it is of, the callback says, and nothing that comes along (7).
    """
    row = HubSubscription.objects.filter(token=token, state=HubState.HELD).first()
    if row is None or not is_signed(body, secret=row.secret, signature=signature):
        return None
    if row.distributed.count() >= MOST_WAITING:
        Site.objects.filter(pk=row.site_id).exclude(due_at=None).update(due_at=clock.now())
        return None
    return Distributed.objects.create(subscription=row, media_type=media_type[:200], body=body).pk


def read(distributed_id: int) -> None:
    """Take over what a hub sent."""
    row = Distributed.objects.select_related("subscription__site__actor").filter(pk=distributed_id).first()
    if row is None:
        return
    site = row.subscription.site
    if site.due_at is not None and site.actor.suspended_at is None and not is_refused(site.actor.domain):
        answer = Answer(200, bytes(row.body), site.feed_url, {"content-type": row.media_type})
        try:
            keep_distributed(site, read_feed(answer, url=site.feed_url))
        except Malformed:
            Site.objects.filter(pk=site.pk).exclude(due_at=None).update(due_at=clock.now())
    row.delete()


def is_signed(body: bytes, *, secret: str, signature: str) -> bool:
    """Whether content is signed with the secret, in a way that is known (7.1); where there is no secret, it is."""
    if not secret:
        return True
    name, _, value = signature.strip().partition("=")
    algorithm = ALGORITHMS.get(name.lower())
    if algorithm is None or not value.isascii():
        return False
    return hmac.compare_digest(hmac.new(secret.encode(), body, algorithm).hexdigest(), value.strip().lower())


def _deny(row: HubSubscription) -> None:
    """From now on the site is read by itself, or another hub is asked (5.2)."""
    if row.state == HubState.LEAVING:
        row.delete()
        return
    row.state, row.lease_until, row.due_at = HubState.DENIED, None, clock.now() + hubs.DENIED_FOR
    row.save()
    Site.objects.filter(pk=row.site_id).exclude(due_at=None).update(due_at=clock.now(), etag="", last_modified="")


def _hold(row: HubSubscription, lease: str) -> None:
    """It holds for as long as the hub says, and takes the place of those before it."""
    is_number = lease.isascii() and lease.isdigit()
    wished = dt.timedelta(seconds=min(int(lease[:9]), int(hubs.LONGEST_LEASE.total_seconds()))) if is_number else None
    length = max(wished or hubs.WISHED, hubs.SHORTEST_LEASE)
    now = clock.now()
    row.state, row.attempts = HubState.HELD, 0
    row.lease_until, row.due_at = now + length, now + length * (QUARTERS - 1) / QUARTERS
    row.save()
    older = HubSubscription.objects.filter(site=row.site_id, pk__lt=row.pk)
    hubs.leave(older.filter(state__in=(HubState.ASKED, HubState.HELD)))
