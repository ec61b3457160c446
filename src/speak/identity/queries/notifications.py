"""What was told to somebody, and of whom they want to be told."""

from collections.abc import Iterable, Sequence

from allauth.account.models import EmailAddress
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from speak.identity.errors import NoSuchNotification
from speak.identity.models import Actor, LetThrough, MorningLetter, Notification, NotificationKind, NotificationPolicy
from speak.kernel.prepared import Prepared

# Somebody waits for an answer, or for a yes or no. Thanks, or being followed, wait for nothing.
WAITS = (
    NotificationKind.MENTION,
    NotificationKind.REPLY,
    NotificationKind.FOLLOW_ASKED,
    NotificationKind.INVITATION,
    NotificationKind.FIRST_WORDS,
    NotificationKind.HOST_ASKED,
    NotificationKind.TURN_ASKED,
    NotificationKind.WORDS_ASKED,
    NotificationKind.DRAFT_SHOWN,
    NotificationKind.DRAFT_QUESTION,
    NotificationKind.QUOTE_ASKED,
    NotificationKind.HANDLING,
    NotificationKind.REPORT,
)
UNSEEN = Prepared(
    lambda recipient_id: Notification.objects.filter(
        recipient=recipient_id, seen_at=None, is_filtered=False
    ).values_list("pk")[:1]
)


def notifications_of(recipient: Actor) -> QuerySet[Notification]:
    """What was told to somebody, newest first."""
    told = Notification.objects.filter(recipient=recipient, is_filtered=False)
    return told.select_related("about").order_by("-id")


def notification_of(recipient: Actor, notification_id: int) -> Notification:
    """One of what was told to somebody.

    Raises:
        NoSuchNotification: it is not there, or was told to somebody else.
    """
    found = notifications_of(recipient).filter(pk=notification_id).first()
    if found is None:
        raise NoSuchNotification(_("There is no such notification."))
    return found


def notification_counts(recipient: Actor, like: Iterable[Notification]) -> dict[tuple[str, int], int]:
    """How many told the same as each of these, by kind and post; for the person themselves (promise 6)."""
    wanted = {(row.kind, row.post_id) for row in like if row.post_id}
    if not wanted:
        return {}
    rows = Notification.objects.filter(
        recipient=recipient,
        is_filtered=False,
        kind__in={kind for kind, _ in wanted},
        post_id__in={post for _, post in wanted},
    )
    counted = rows.order_by().values_list("kind", "post_id").annotate(how_many=Count("pk"))
    return {(kind, post_id): how_many for kind, post_id, how_many in counted}


def filtered_of(recipient: Actor) -> QuerySet[Notification]:
    """What was kept apart for somebody by their policy, newest first."""
    return Notification.objects.filter(recipient=recipient, is_filtered=True).select_related("about").order_by("-id")


def kept_apart_of(recipient: Actor) -> QuerySet[Actor]:
    """The people of whom something was kept apart, who did so last first."""
    rows = Notification.objects.filter(recipient=recipient, is_filtered=True)
    last = rows.filter(about=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    return Actor.objects.filter(pk__in=rows.values("about")).order_by(Subquery(last).desc())


def latest_kept_apart(recipient: Actor, *, about: Sequence[Actor]) -> list[Notification]:
    """What was kept apart last of each of these."""
    rows = filtered_of(recipient)
    last = rows.filter(about__in=about).order_by().values("about").annotate(last=Max("pk")).values("last")
    return list(rows.filter(pk__in=last))


def has_unseen(recipient: Actor) -> bool:
    """Whether something was told that has not been looked at. Yes or no, not how many."""
    return UNSEEN.exists(recipient.pk)


def policy_of(actor: Actor) -> NotificationPolicy:
    """Of whom somebody wants to be told."""
    return NotificationPolicy.objects.filter(actor=actor).first() or NotificationPolicy(actor=actor)


def is_let_through(owner: Actor, about: Actor) -> bool:
    """Whether somebody wants to be told of this one whatever their policy says."""
    return LetThrough.objects.filter(owner=owner, about=about).exists()


def mail_address_of(actor: Actor) -> str:
    """Where e-mail reaches somebody: an address they confirmed, the one they use first; empty where there is none."""
    confirmed = EmailAddress.objects.filter(user=actor.user_id, verified=True).order_by("-primary", "pk")
    return confirmed.values_list("email", flat=True).first() or ""


def morning_letter_of(actor: Actor) -> MorningLetter | None:
    """That somebody wants a letter in the morning, if they do."""
    return MorningLetter.objects.filter(actor=actor).first()


def has_morning_letter(token: str) -> bool:
    """Whether whoever has this in hand gets letters in the morning."""
    return MorningLetter.objects.filter(token=token).exists()


def last_told(recipient: Actor) -> int:
    """The number of what was told to somebody last; 0 where nothing was."""
    return Notification.objects.filter(recipient=recipient).aggregate(last=Max("pk"))["last"] or 0


def waiting_since(recipient: Actor, told_until: int, *, most: int) -> list[Notification]:
    """What was told to somebody since then, waits for them, and has not been looked at; the oldest first."""
    rows = notifications_of(recipient).filter(pk__gt=told_until, seen_at=None, kind__in=WAITS)
    return list(rows.order_by("pk")[:most])
