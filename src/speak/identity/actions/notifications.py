"""Telling a person that something awaits them."""

from speak.identity import queries
from speak.identity.models import Actor, Notification, NotificationKind
from speak.kernel import clock


def notify(recipient: Actor, *, kind: NotificationKind, about: Actor, post_id: int = 0) -> None:
    """Tell somebody here, once, and only of those they want to hear."""
    if not recipient.is_local or recipient.pk == about.pk:
        return
    if queries.is_blocked_between(recipient, about) or queries.is_muted_by(recipient, about):
        return
    Notification.objects.get_or_create(recipient=recipient, kind=kind, about=about, post_id=post_id)


def mark_seen(recipient: Actor) -> None:
    """Everything told so far has been seen."""
    Notification.objects.filter(recipient=recipient, seen_at=None).update(seen_at=clock.now())


def forget_about_post(post_id: int, *, kind: NotificationKind | None = None, about: Actor | None = None) -> None:
    """Take back what was told about a post: all of it, or one kind of one actor."""
    rows = Notification.objects.filter(post_id=post_id)
    if kind:
        rows = rows.filter(kind=kind)
    if about:
        rows = rows.filter(about=about)
    rows.delete()
