"""Of whom somebody wants to be told, and whom they point at."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity import queries
from speak.identity.errors import NotFollowed
from speak.identity.events import Told
from speak.identity.models import Actor, Endorsement, Hearing, LetThrough, Notification, NotificationPolicy
from speak.kernel.errors import TooMuch
from speak.kernel.events import emit

MOST_ENDORSED = 100


def choose_policy(actor: Actor, *, chosen: Mapping[str, Hearing]) -> NotificationPolicy:
    """Be told, not told, or told apart, of people of these kinds, by the names of the policy's fields."""
    policy, _ = NotificationPolicy.objects.update_or_create(actor=actor, defaults=dict(chosen))
    return policy


@transaction.atomic
def let_through(owner: Actor, *, about: Actor) -> None:
    """Be told of somebody from now on, and of what was kept apart."""
    LetThrough.objects.get_or_create(owner=owner, about=about)
    rows = Notification.objects.select_for_update().filter(recipient=owner, about=about, is_filtered=True)
    numbers = list(rows.values_list("pk", flat=True))
    rows.update(is_filtered=False)
    for number in numbers:
        emit(Told(notification_id=number, recipient_id=owner.pk))


def forget_filtered(owner: Actor, *, about: Actor) -> None:
    """Forget what was kept apart of somebody; they go on being kept apart."""
    queries.filtered_of(owner).filter(about=about).delete()


def endorse(owner: Actor, *, about: Actor) -> None:
    """Point at somebody on one's profile.

    Raises:
        NotFollowed: one does not hear them oneself.
        TooMuch: a hundred are enough.
    """
    relation = queries.relations_to(owner, [about])[about.pk]
    if not relation.follows:
        raise NotFollowed(_("You point at people you follow."), hint=_("Follow them first."))
    if not relation.is_endorsed and Endorsement.objects.filter(owner=owner).count() >= MOST_ENDORSED:
        raise TooMuch(
            ngettext("You point at %(most)d person.", "You point at %(most)d people.", MOST_ENDORSED)
            % {"most": MOST_ENDORSED},
            hint=_("Take one off first."),
        )
    Endorsement.objects.get_or_create(owner=owner, about=about)


def endorse_no_more(owner: Actor, *, about: Actor) -> None:
    """No longer."""
    Endorsement.objects.filter(owner=owner, about=about).delete()
