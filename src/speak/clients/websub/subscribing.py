"""Taking subscriptions, verifying that they are meant, and ending them (WebSub 5)."""

import datetime as dt
import hmac
import secrets
from urllib.parse import urlencode, urlsplit

from django.db import transaction

from speak.clients.models import Subscription, Wish
from speak.clients.websub.topics import content_at
from speak.federation.documents.nodes import host_of, is_web_address
from speak.kernel import clock
from speak.kernel.errors import Invalid, TooMuch
from speak.kernel.outbound import Ask, Call, OutboundFailure, Purpose
from speak.kernel.outbound import ask as real_ask
from speak.safety.queries import is_refused

SHORTEST, USUAL, LONGEST = dt.timedelta(hours=1), dt.timedelta(days=10), dt.timedelta(days=30)
MAX_URL, MAX_SECRET = 1024, 199
MOST_OF_A_HOST = 1_000
# So many wishes at most wait to be verified.
MOST_UNVERIFIED = 5_000
SUCCESS = range(200, 300)
# What nobody verified in this time is forgotten.
UNVERIFIED_LIFE = dt.timedelta(days=1)


@transaction.atomic
def ask_for(mode: str, *, topic: str, callback: str, secret: str = "", lease: str = "") -> Subscription:
    """Keep a wish to subscribe or to unsubscribe, to be verified; what holds already goes on until then (5.1).

    Raises:
        Invalid: something in the request cannot be used as it is.
        TooMuch: too many of one place.
    """
    if mode not in {Wish.SUBSCRIBE, Wish.UNSUBSCRIBE}:
        raise Invalid("hub.mode has to be subscribe or unsubscribe.")
    if not is_web_address(callback) or len(callback.encode()) > MAX_URL or is_refused(host_of(callback)):
        raise Invalid("hub.callback has to be an http or https address that may be called.")
    if len(topic) > MAX_URL or content_at(topic) is None:
        raise Invalid("hub.topic is no feed of this server.")
    if len(secret.encode()) > MAX_SECRET:
        raise Invalid("hub.secret has to be shorter than 200 bytes.")
    host = host_of(callback)
    if not Subscription.objects.filter(topic=topic, callback=callback).exists():
        _check_room(host)
    row, _ = Subscription.objects.select_for_update().get_or_create(
        topic=topic, callback=callback, defaults={"host": host}
    )
    row.wish, row.wished_secret, row.wished_seconds = Wish(mode), secret, _seconds(lease)
    row.wished_at = clock.now()
    row.save()
    return row


def verify(subscription_id: int, *, ask: Ask = real_ask) -> None:
    """Ask at the callback whether it was meant, and do it if the challenge comes back (5.3)."""
    row = Subscription.objects.filter(pk=subscription_id).exclude(wish=Wish.NOTHING).first()
    if row is None:
        return
    if content_at(row.topic) is None and row.wish == Wish.SUBSCRIBE:
        _deny(row, ask)
        return
    challenge = secrets.token_urlsafe(32)
    said = {"hub.mode": str(row.wish), "hub.topic": row.topic, "hub.challenge": challenge}
    if row.wish == Wish.SUBSCRIBE:
        said["hub.lease_seconds"] = str(row.wished_seconds)
    try:
        answer = ask(Call("GET", _with(row.callback, said), Purpose.DOCUMENT))
    except OutboundFailure:
        is_meant = False
    else:
        is_meant = answer.status in SUCCESS and hmac.compare_digest(answer.body.strip(), challenge.encode())
    _settle(row, is_meant=is_meant)


def end_leases() -> int:
    """Forget subscriptions whose lease is over, and what nobody verified; returns how many."""
    now = clock.now()
    over = Subscription.objects.filter(lease_until__lte=now)
    never = Subscription.objects.filter(lease_until=None, wished_at__lte=now - UNVERIFIED_LIFE)
    return over.delete()[0] + never.delete()[0]


def _check_room(host: str) -> None:
    if Subscription.objects.filter(lease_until=None).count() >= MOST_UNVERIFIED:
        raise TooMuch("Too many subscriptions wait here at present.")
    if Subscription.objects.filter(host=host).count() >= MOST_OF_A_HOST:
        raise TooMuch("There are too many subscriptions of this place.")


@transaction.atomic
def _settle(asked: Subscription, *, is_meant: bool) -> None:
    row = Subscription.objects.select_for_update().filter(pk=asked.pk, wished_at=asked.wished_at).first()
    if row is None:
        return
    if is_meant and row.wish == Wish.UNSUBSCRIBE:
        row.delete()
        return
    if is_meant:
        row.secret = row.wished_secret
        row.lease_until = clock.now() + dt.timedelta(seconds=row.wished_seconds)
    elif row.lease_until is None:
        row.delete()
        return
    row.wish, row.wished_secret = Wish.NOTHING, ""
    row.save()


def _deny(row: Subscription, ask: Ask) -> None:
    """Say at the callback that there is nothing to subscribe to (5.2)."""
    said = {"hub.mode": "denied", "hub.topic": row.topic, "hub.reason": "This feed is not there any more."}
    row.delete()
    try:
        ask(Call("GET", _with(row.callback, said), Purpose.DELIVER))
    except OutboundFailure:
        return


def _seconds(lease: str) -> int:
    """How long it will hold: as long as was asked for, within our bounds (5.1.1)."""
    is_number = lease.isascii() and lease.isdigit() and len(lease) < len(str(MAX_URL)) * 4
    wished = dt.timedelta(seconds=min(int(lease), int(LONGEST.total_seconds()))) if is_number else USUAL
    return int(max(wished, SHORTEST).total_seconds())


def _with(callback: str, said: dict[str, str]) -> str:
    """The callback with more in its query; what stands there already stays (5.3)."""
    parts = urlsplit(callback)
    query = "&".join(part for part in (parts.query, urlencode(said)) if part)
    return parts._replace(query=query, fragment="").geturl()
