"""What awaits somebody, as an app sees it. What only our pages can answer, such as an invitation, stays on them."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from speak.clients.mastodon.entities.notifications import Kind, Notification
from speak.clients.mastodon.entities.statuses import Status
from speak.clients.mastodon.shown.people import shown_account
from speak.clients.mastodon.shown.statuses import shown_posts
from speak.identity.models import Actor, NotificationKind
from speak.identity.models import Notification as Row
from speak.voice.queries import readable_by

KINDS: dict[str, Kind] = {
    NotificationKind.MENTION: "mention",
    NotificationKind.REPLY: "mention",
    NotificationKind.FIRST_WORDS: "status",
    NotificationKind.SAID: "status",
    NotificationKind.POLL_OVER: "poll",
    NotificationKind.LIKE: "favourite",
    NotificationKind.BOOST: "reblog",
    NotificationKind.FOLLOW: "follow",
    NotificationKind.FOLLOW_ASKED: "follow_request",
    NotificationKind.QUOTED: "quote",
}
OURS: dict[str, list[str]] = {
    shown: [ours for ours, name in KINDS.items() if name == shown] for shown in set(KINDS.values())
}


# What several may do with the same words, and what is told of it as one unless an app wants otherwise.
GROUPED = frozenset({"favourite", "reblog", "follow"})


def key_of(row: Row, *, kinds: frozenset[str] = GROUPED) -> str:
    """The group of a row: what happened to the same words, or who follows, by the day; or it stands by itself."""
    kind = KINDS.get(row.kind, "")
    if kind not in kinds or kind not in GROUPED:
        return f"ungrouped-{row.pk}"
    return f"{kind}-{row.post_id}" if row.post_id else f"{kind}-{row.created_at:%Y%m%d}"


def shown_statuses_of(viewer: Actor, rows: Sequence[Row]) -> dict[str, Status]:
    """The posts that these rows are about and that the viewer may still read, by their ids."""
    ids = {row.post_id for row in rows if row.post_id}
    posts = list(readable_by(viewer).filter(pk__in=ids).select_related("author")) if ids else []
    return {status.id: status for status in shown_posts(viewer, posts)}


def shown_notifications(viewer: Actor, rows: Sequence[Row]) -> list[Notification]:
    """What apps know, in order; what is about a post that the viewer may not read any more is left out."""
    known = [row for row in rows if row.kind in KINDS]
    statuses = shown_statuses_of(viewer, known)
    prefetch_related_objects([row.about for row in known], "links")
    return [
        Notification(
            id=str(row.pk),
            type=KINDS[row.kind],
            group_key=key_of(row),
            created_at=row.created_at,
            account=shown_account(row.about),
            status=statuses.get(str(row.post_id)),
        )
        for row in known
        if not row.post_id or str(row.post_id) in statuses
    ]
