"""What awaits one, several as one (docs.joinmastodon.org/methods/grouped_notifications)."""

from dataclasses import replace

from django.utils.translation import gettext

from speak.clients.api.endpoints import Call, Nothing, endpoint
from speak.clients.api.paging import ListedWithin, ends
from speak.clients.mastodon.entities.accounts import Account
from speak.clients.mastodon.entities.notifications import GroupedNotifications
from speak.clients.mastodon.notifications import Unread, Wanted, rows_of, wanted_kinds
from speak.clients.mastodon.shown.notification_groups import first_groups, grouped, shown_groups
from speak.clients.mastodon.shown.notifications import GROUPED, KINDS, OURS, key_of
from speak.clients.mastodon.shown.people import shown_accounts
from speak.identity import actions
from speak.identity.errors import NoSuchNotification
from speak.identity.models import Actor, Notification
from speak.identity.queries import notifications_of
from speak.voice.queries import windowed

# Groups are made of so many times as many rows as groups are wanted, so that a page of few groups is rare.
ROWS_FOR_A_GROUP = 4
MOST_IN_A_GROUP = 200


class WantedGroups(Wanted, kw_only=True):
    """Which, which of them as one, and how much of the people in them."""

    grouped_types: tuple[str, ...] = ()
    expand_accounts: str = "full"
    include_filtered: bool = False


@endpoint("GET", "/api/v2/notifications", "read:notifications")
def groups(call: Call, given: WantedGroups) -> ListedWithin[GroupedNotifications]:
    """What was told, newest first, several who did the same as one."""
    window = given.window(usual=40, most=80)
    kinds = frozenset(given.grouped_types) or GROUPED
    wide = replace(window, limit=window.limit * ROWS_FOR_A_GROUP)
    found = first_groups(windowed(rows_of(call.me, given), wide), kinds=kinds, limit=window.limit)
    rows = sorted(found, key=lambda row: -row.pk)
    shown = shown_groups(call.me, grouped(rows, kinds=kinds), partly=given.expand_accounts == "partial_avatars")
    return ListedWithin(shown, *ends(rows))  # type: ignore[arg-type]


@endpoint("GET", "/api/v2/notifications/unread_count", "read:notifications")
def unread_count(call: Call, given: WantedGroups) -> Unread:
    """How many groups were not seen yet, up to a hundred."""
    rows = notifications_of(call.me).filter(kind__in=wanted_kinds(given), seen_at=None)[
        : min(given.limit or 100, 1_000)
    ]
    return Unread(count=len(grouped(rows, kinds=frozenset(given.grouped_types) or GROUPED)))


@endpoint("GET", "/api/v2/notifications/<str:key>", "read:notifications")
def one(call: Call, key: str) -> GroupedNotifications:
    """One group."""
    return shown_groups(call.me, {key: _rows(call.me, key)})


@endpoint("GET", "/api/v2/notifications/<str:key>/accounts", "read:notifications")
def accounts(call: Call, key: str) -> list[Account]:
    """Everybody in it."""
    return shown_accounts(row.about for row in _rows(call.me, key))


@endpoint("POST", "/api/v2/notifications/<str:key>/dismiss", "write:notifications")
def dismiss(call: Call, key: str) -> Nothing:
    """Forget all of it."""
    for row in _rows(call.me, key):
        actions.forget_notifications(call.me, kinds=list(KINDS), only=row.pk)
    return Nothing()


def _rows(viewer: Actor, key: str) -> list[Notification]:
    """The rows of a group, newest first.

    Raises:
        NoSuchNotification: there is none by this key that is theirs.
    """
    kind, _, number = key.rpartition("-")
    rows = notifications_of(viewer)
    found: list[Notification] = []
    if number.isascii() and number.isdigit() and len(number) < 20:  # noqa: PLR2004 - digits of 64 bits
        if kind == "ungrouped":
            found = list(rows.filter(pk=number, kind__in=KINDS))
        elif kind in GROUPED:
            of_post = rows.filter(kind__in=OURS[kind], post_id=number if kind != "follow" else 0)
            found = [row for row in of_post[:MOST_IN_A_GROUP] if key_of(row) == key]
    if not found:
        raise NoSuchNotification(gettext("There is no such notification."))
    return found
