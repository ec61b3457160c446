"""A letter in the morning when somebody waits: asked for, planned, ended."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from speak.identity import queries
from speak.identity.errors import NoMailAddress
from speak.identity.models import Actor, MorningLetter
from speak.kernel import clock, zones
from speak.kernel.due import take_up

# By the clock where its reader lives.
HOUR = 8
LEASE = dt.timedelta(minutes=10)
MOST_AT_ONCE = 50


@transaction.atomic
def ask_for_morning_letters(actor: Actor) -> None:
    """Get one from tomorrow on, each morning on which somebody new waits.

    Raises:
        NoMailAddress: there is no address that they confirmed.
    """
    if not queries.mail_address_of(actor):
        raise NoMailAddress(
            _("There is no e-mail address of yours that could get it."),
            hint=_("Add one under Settings, E-mail, and confirm it by what is sent there."),
        )
    MorningLetter.objects.get_or_create(
        actor=actor,
        defaults={
            "token": secrets.token_urlsafe(32),
            "told_until": queries.last_told(actor),
            "due_at": next_morning(actor),
        },
    )


def end_morning_letters(actor: Actor) -> None:
    """Get no more of them."""
    MorningLetter.objects.filter(actor=actor).delete()


def end_morning_letters_of(token: str) -> None:
    """The same for whoever has the letter in hand, signed in or not."""
    MorningLetter.objects.filter(token=token).delete()


@transaction.atomic
def take_up_mornings() -> list[MorningLetter]:
    """Those whose morning has come; each is handed out once, and again only when nobody planned the next one."""
    ids = take_up(MorningLetter, most=MOST_AT_ONCE, lease=LEASE)
    return list(MorningLetter.objects.select_related("actor__user").filter(pk__in=ids))


def plan_next_morning(letter: MorningLetter, *, told_until: int) -> None:
    """This one is told of up to here; tomorrow it is looked again."""
    MorningLetter.objects.filter(pk=letter.pk).update(told_until=told_until, due_at=next_morning(letter.actor))


def next_morning(actor: Actor) -> dt.datetime:
    """When it is eight next, by the clock where somebody lives."""
    zone = zones.named(actor.user.time_zone if actor.user else "") or timezone.get_default_timezone()
    now = clock.now().astimezone(zone)
    morning = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return (morning if morning > now else morning + dt.timedelta(days=1)).astimezone(dt.UTC)
