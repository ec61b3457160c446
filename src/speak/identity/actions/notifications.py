"""Telling a person that something awaits them."""

from collections.abc import Sequence

from speak.identity import queries
from speak.identity.events import Told
from speak.identity.models import Actor, Notification, NotificationKind
from speak.kernel import clock
from speak.kernel.events import emit


def notify(recipient: Actor, *, kind: NotificationKind, about: Actor, post_id: int = 0, leads_to: str = "") -> None:
    """Tell somebody here, once, and only of those they want to hear."""
    if not recipient.is_local or recipient.pk == about.pk:
        return
    if queries.is_blocked_between(recipient, about) or queries.is_muted_by(recipient, about):
        return
    if about.domain and queries.server_blocks_of(recipient).filter(domain=about.domain).exists():
        return
    if about.suspended_at or (about.is_silenced and not queries.follow_between(recipient, about)):
        return
    told, is_new = Notification.objects.get_or_create(
        recipient=recipient, kind=kind, about=about, post_id=post_id, leads_to=leads_to
    )
    if is_new:
        emit(Told(notification_id=told.pk, recipient_id=recipient.pk))


def tell_anew(recipient: Actor, *, kind: NotificationKind, about: Actor) -> None:
    """Tell somebody here of something that does not depend on whom they want to hear, also if they were told before."""
    Notification.objects.filter(recipient=recipient, kind=kind, about=about, post_id=0).delete()
    told = Notification.objects.create(recipient=recipient, kind=kind, about=about)
    emit(Told(notification_id=told.pk, recipient_id=recipient.pk))


def mark_seen(recipient: Actor) -> None:
    """Everything told so far has been seen."""
    Notification.objects.filter(recipient=recipient, seen_at=None).update(seen_at=clock.now())


def forget_notifications(recipient: Actor, *, kinds: Sequence[str], only: int | None = None) -> None:
    """Forget what was told to somebody, of these kinds; or `only` one of them."""
    told = Notification.objects.filter(recipient=recipient, kind__in=kinds)
    (told if only is None else told.filter(pk=only)).delete()


def forget_about_post(post_id: int, *, kind: NotificationKind | None = None, about: Actor | None = None) -> None:
    """Take back what was told about a post: all of it, or one kind of one actor."""
    rows = Notification.objects.filter(post_id=post_id)
    if kind:
        rows = rows.filter(kind=kind)
    if about:
        rows = rows.filter(about=about)
    rows.delete()


def forget_about_page(leads_to: str, *, recipient: Actor | None = None) -> None:
    """Take back what was told about a page: to everybody, or to one person."""
    rows = Notification.objects.filter(leads_to=leads_to)
    if recipient:
        rows = rows.filter(recipient=recipient)
    rows.delete()
