"""Telling a person that something awaits them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from speak.identity import queries
from speak.identity.events import Told
from speak.identity.models import Actor, Hearing, Notification, NotificationKind, NotificationPolicy
from speak.identity.rules import Teller, hearing
from speak.kernel import clock
from speak.kernel.events import emit

# For so long somebody counts as new; the name is Mastodon's.
NEW_FOR = dt.timedelta(days=30)
# What apps know, and can show apart; what only our pages can answer is never kept apart.
OF_APPS = {
    NotificationKind.MENTION,
    NotificationKind.REPLY,
    NotificationKind.SAID,
    NotificationKind.POLL_OVER,
    NotificationKind.LIKE,
    NotificationKind.BOOST,
    NotificationKind.FOLLOW,
    NotificationKind.FOLLOW_ASKED,
    NotificationKind.QUOTED,
}
POLICY = ("for_not_following", "for_not_followers", "for_new_accounts", "for_private_mentions", "for_limited_accounts")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What somebody is told of: a post by number, or a page; and whether words to a few are the reason."""

    post_id: int = 0
    leads_to: str = ""
    is_private: bool = False


NOTHING = Occasion()


def notify(recipient: Actor, *, kind: NotificationKind, about: Actor, occasion: Occasion = NOTHING) -> None:
    """Tell somebody here, once, and only of those they want to hear."""
    is_own = recipient.pk == about.pk and kind != NotificationKind.POLL_OVER
    if not recipient.is_local or is_own or about.suspended_at:
        return
    if queries.is_blocked_between(recipient, about) or queries.is_muted_by(recipient, about):
        return
    if about.domain and queries.server_blocks_of(recipient).filter(domain=about.domain).exists():
        return
    heard = _hearing(recipient, about, is_of_apps=kind in OF_APPS, is_private=occasion.is_private)
    if heard == Hearing.DROP:
        return
    told, is_new = Notification.objects.get_or_create(
        recipient=recipient,
        kind=kind,
        about=about,
        post_id=occasion.post_id,
        leads_to=occasion.leads_to,
        defaults={"is_filtered": heard == Hearing.FILTER},
    )
    if is_new and not told.is_filtered:
        emit(Told(notification_id=told.pk, recipient_id=recipient.pk))


def _hearing(recipient: Actor, about: Actor, *, is_of_apps: bool, is_private: bool) -> Hearing:
    """What becomes of it by the recipient's policy."""
    policy = queries.policy_of(recipient) if is_of_apps else NotificationPolicy()
    if not about.is_silenced and not policy.is_strict:
        return Hearing.ACCEPT
    if queries.is_let_through(recipient, about):
        return Hearing.ACCEPT
    relation = queries.relations_to(recipient, [about])[about.pk]
    teller = Teller(
        is_followed=relation.follows or relation.has_asked,
        is_follower=relation.is_followed,
        is_new=about.created_at > clock.now() - NEW_FOR,
        is_private=is_private,
        is_limited=about.is_silenced,
    )
    return Hearing(hearing({name: getattr(policy, name) for name in POLICY}, teller))


def tell_anew(recipient: Actor, *, kind: NotificationKind, about: Actor, leads_to: str = "") -> None:
    """Tell somebody here of something that does not depend on whom they want to hear, also if they were told before."""
    same = {"recipient": recipient, "kind": kind, "about": about, "leads_to": leads_to}
    Notification.objects.filter(**same, post_id=0).delete()
    told = Notification.objects.create(**same)
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
