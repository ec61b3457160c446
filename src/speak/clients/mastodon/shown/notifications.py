"""What awaits somebody, as an app sees it. What only our pages can answer, such as an invitation, stays on them."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from speak.clients.mastodon.entities.notifications import Kind, Notification
from speak.clients.mastodon.shown.people import shown_account
from speak.clients.mastodon.shown.statuses import shown_posts
from speak.identity.models import Actor, NotificationKind
from speak.identity.models import Notification as Row
from speak.voice.queries import readable_by

KINDS: dict[str, Kind] = {
    NotificationKind.MENTION: "mention",
    NotificationKind.REPLY: "mention",
    NotificationKind.FIRST_WORDS: "status",
    NotificationKind.LIKE: "favourite",
    NotificationKind.BOOST: "reblog",
    NotificationKind.FOLLOW: "follow",
    NotificationKind.FOLLOW_ASKED: "follow_request",
    NotificationKind.QUOTED: "quote",
}
OURS: dict[str, list[str]] = {
    shown: [ours for ours, name in KINDS.items() if name == shown] for shown in set(KINDS.values())
}


def shown_notifications(viewer: Actor, rows: Sequence[Row]) -> list[Notification]:
    """What apps know, in order; what is about a post that the viewer may not read any more is left out."""
    known = [row for row in rows if row.kind in KINDS]
    ids = {row.post_id for row in known if row.post_id}
    posts = list(readable_by(viewer).filter(pk__in=ids).select_related("author")) if ids else []
    statuses = {status.id: status for status in shown_posts(viewer, posts)}
    prefetch_related_objects([row.about for row in known], "links")
    return [
        Notification(
            id=str(row.pk),
            type=KINDS[row.kind],
            group_key=f"ungrouped-{row.pk}",
            created_at=row.created_at,
            account=shown_account(row.about),
            status=statuses.get(str(row.post_id)),
        )
        for row in known
        if not row.post_id or str(row.post_id) in statuses
    ]
