"""Telling devices what awaits somebody: later work, tried anew for some hours."""

import datetime as dt
import logging

import msgspec
from django.utils import translation
from django.utils.translation import gettext as _

from speak.clients.mastodon.entities.notifications import Kind, Notification
from speak.clients.mastodon.shown.notifications import shown_notifications
from speak.clients.models import From, PushSubscription
from speak.clients.push.encryption import Device, Fresh, Message, encrypted, encrypted_as_drafted
from speak.clients.push.keys import authorization, public_key, sealing
from speak.clients.tokens import NoToken, bearer_with
from speak.identity.models import Actor
from speak.identity.queries import follow_between, notifications_of
from speak.kernel import clock
from speak.kernel.outbound import Ask, Call, OutboundFailure, Purpose, ask
from speak.kernel.prepared import Prepared
from speak.kernel.tasks import far_task, later
from speak.voice.sanitize import plain_text

log = logging.getLogger(__name__)
# Tried anew after these; then what was to be told is old news.
AGAIN_AFTER = (dt.timedelta(minutes=1), dt.timedelta(minutes=15), dt.timedelta(hours=2))
KEPT_BY_THE_SERVICE = dt.timedelta(days=2)
LONGEST_BODY = 140
GONE = {404, 410}
HAS_DEVICES = Prepared(lambda actor_id: PushSubscription.objects.filter(actor=actor_id).values_list("pk")[:1])


class Words(msgspec.Struct, kw_only=True):
    """What the app on the device reads, as Mastodon sends it."""

    access_token: str
    preferred_locale: str
    notification_id: int
    notification_type: Kind
    icon: str
    title: str
    body: str


def tell_devices(recipient_id: int, notification_id: int) -> None:
    """Owe each device of somebody a message. For whoever hears that they were told."""
    if HAS_DEVICES.exists(recipient_id):
        for row in PushSubscription.objects.filter(actor=recipient_id):
            push.enqueue(subscription_id=row.pk, notification_id=notification_id)


@far_task
def push(subscription_id: int, notification_id: int, tried: int = 0) -> None:
    """Send one message to one device; what cannot be sent now is tried anew."""
    row = PushSubscription.objects.select_related("actor__user").filter(pk=subscription_id).first()
    if row is not None and not send(row, notification_id) and tried < len(AGAIN_AFTER):
        given = {"subscription_id": subscription_id, "notification_id": notification_id, "tried": tried + 1}
        later(push, after=AGAIN_AFTER[tried], **given)


def send(row: PushSubscription, notification_id: int, *, ask: Ask = ask) -> bool:
    """Whether it is done with: sent, or not to be sent. A device that is gone is forgotten."""
    shown = _still_to_tell(row, notification_id)
    if shown is None:
        return True
    message = _message(row, _words(row, shown))
    headers = {
        **message.headers,
        "Content-Type": "application/octet-stream",
        "TTL": str(int(KEPT_BY_THE_SERVICE.total_seconds())),
        "Urgency": "normal",
    }
    try:
        answer = ask(Call("POST", row.endpoint, Purpose.PUSH, headers, message.body))
    except OutboundFailure as failure:
        log.info("a device was not told: %s", failure)
        return False
    if answer.status in GONE:
        row.delete()
    return answer.status < 300 or (answer.status < 500 and answer.status != 429)  # noqa: PLR2004 - RFC 8030, 5


def _still_to_tell(row: PushSubscription, notification_id: int) -> Notification | None:
    """What awaits them, if it still does, and the app may and wants to know of it at this moment."""
    token = sealing().decrypt(row.sealed_token.encode()).decode()
    try:
        bearer = bearer_with(token)
    except NoToken:
        row.delete()
        return None
    found = notifications_of(row.actor).filter(pk=notification_id).select_related("about").first()
    if found is None or not bearer.reaches("push") or not _is_among(row, found.about):
        return None
    shown = next(iter(shown_notifications(row.actor, [found])), None)
    if shown is None or shown.type not in row.alerts or (shown.status and shown.status.filtered):
        return None
    return shown


def _is_among(row: PushSubscription, about: Actor) -> bool:
    """Whether the device is told of these people."""
    if row.policy == From.FOLLOWED:
        return follow_between(row.actor, about) is not None
    if row.policy == From.FOLLOWER:
        return follow_between(about, row.actor) is not None
    return row.policy == From.ALL


def _words(row: PushSubscription, shown: Notification) -> Words:
    language = row.actor.user.language if row.actor.user else ""
    with translation.override(language or translation.get_language()):
        title = _titles(shown.type) % {"name": shown.account.display_name}
    said = (shown.status.spoiler_text or plain_text(shown.status.content)) if shown.status else shown.account.note
    return Words(
        access_token=sealing().decrypt(row.sealed_token.encode()).decode(),
        preferred_locale=language or "en",
        notification_id=int(shown.id),
        notification_type=shown.type,
        icon=shown.account.avatar_static,
        title=title,
        body=said[:LONGEST_BODY],
    )


def _titles(kind: Kind) -> str:
    return {
        "mention": _("%(name)s speaks to you"),
        "status": _("%(name)s said their first words"),
        "reblog": _("%(name)s passed on what you said"),
        "favourite": _("%(name)s thanks you"),
        "follow": _("%(name)s follows you"),
        "follow_request": _("%(name)s would like to follow you"),
        "quote": _("%(name)s showed your words"),
    }.get(kind, "%(name)s")


def _message(row: PushSubscription, words: Words) -> Message:
    device, said = Device.of(row.device_key, row.device_secret), msgspec.json.encode(words)
    proof = authorization(row.endpoint, at=clock.now())
    if row.is_standard:
        message = encrypted(said, device=device, fresh=Fresh.made())
        return Message(message.body, {**message.headers, "Authorization": f"vapid t={proof}, k={public_key()}"})
    message = encrypted_as_drafted(said, device=device, fresh=Fresh.made())
    keys = f"{message.headers['Crypto-Key']};p256ecdsa={public_key()}"
    return Message(message.body, {**message.headers, "Authorization": f"WebPush {proof}", "Crypto-Key": keys})
