"""What awaits the person who asks (docs.joinmastodon.org/methods/notifications)."""

import msgspec
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from speak.clients.api.endpoints import Call, Nothing, endpoint
from speak.clients.api.paging import Id, Listed, Page, ends
from speak.clients.mastodon.entities.notifications import Notification
from speak.clients.mastodon.shown.notifications import KINDS, OURS, shown_notifications
from speak.identity import actions
from speak.identity.errors import NoSuchNotification
from speak.identity.models import Actor
from speak.identity.models import Notification as Row
from speak.identity.queries import notification_of, notifications_of
from speak.voice.queries import windowed


class Wanted(Page, kw_only=True):
    """Which kinds, and from whom."""

    types: tuple[str, ...] = ()
    exclude_types: tuple[str, ...] = ()
    account_id: Id | None = None


class Unread(msgspec.Struct, kw_only=True):
    """How many, as far as an app may know: whether there are any."""

    count: int


@endpoint("GET", "/api/v1/notifications", "read:notifications")
def notifications(call: Call, given: Wanted) -> Listed[Notification]:
    """What was told, newest first."""
    found = sorted(windowed(rows_of(call.me, given), given.window(usual=40, most=80)), key=lambda row: -row.pk)
    return Listed(shown_notifications(call.me, found), *ends(found))


@endpoint("GET", "/api/v1/notifications/unread_count", "read:notifications")
def unread_count(call: Call) -> Unread:
    """How many were not seen yet, up to a hundred."""
    return Unread(count=notifications_of(call.me).filter(kind__in=KINDS, seen_at=None)[:100].count())


@endpoint("POST", "/api/v1/notifications/clear", "write:notifications")
def clear(call: Call) -> Nothing:
    """Forget all that apps know of; what only our pages can answer stays."""
    actions.forget_notifications(call.me, kinds=list(KINDS))
    return Nothing()


@endpoint("GET", "/api/v1/notifications/<int:notification_id>", "read:notifications")
def one(call: Call, notification_id: int) -> Notification:
    """One of them."""
    return _shown(call.me, notification_id)


@endpoint("POST", "/api/v1/notifications/<int:notification_id>/dismiss", "write:notifications")
def dismiss(call: Call, notification_id: int) -> Nothing:
    """Forget one."""
    _shown(call.me, notification_id)
    actions.forget_notifications(call.me, kinds=list(KINDS), only=notification_id)
    return Nothing()


def _shown(viewer: Actor, notification_id: int) -> Notification:
    shown = shown_notifications(viewer, [notification_of(viewer, notification_id)])
    if not shown:
        raise NoSuchNotification(_("There is no such notification."))
    return shown[0]


def rows_of(viewer: Actor, wanted: Wanted) -> QuerySet[Row]:
    """What was told to somebody of these kinds, and of this person where one is asked for."""
    rows = notifications_of(viewer).filter(kind__in=wanted_kinds(wanted))
    return rows if wanted.account_id is None else rows.filter(about=wanted.account_id)


def wanted_kinds(wanted: Wanted) -> list[str]:
    """Our names of the kinds that an app wants."""
    shown = set(wanted.types) or set(OURS)
    return [ours for name in shown - set(wanted.exclude_types) for ours in OURS.get(name, [])]
