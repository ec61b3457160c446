"""Asking for somebody's words by mail, and leaving: by the address itself, twice to begin and once to end.

No account is needed. Whoever asks for another's address gets them one letter that asks whether it was them, and no more
for a day. What is answered tells nobody whether an address is known.
"""

import datetime as dt
import secrets

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from speak.federation.models import Elsewhere, ElsewhereKind, Subscriber
from speak.identity.models import Actor
from speak.kernel import clock, mail
from speak.kernel.errors import Invalid, NotFound, TooMuch

MOST_READERS = 2_000
ASKED_AGAIN_AFTER = dt.timedelta(days=1)
# So many who write here may ask one address within that time whether it wants to hear them.
MOST_QUESTIONS = 3
# So many addresses may be asked for one author in an hour, whoever names them.
MOST_AN_HOUR, HOUR = 30, dt.timedelta(hours=1)
UNCONFIRMED_LIFE = dt.timedelta(days=7)


def sends_letters(author: Actor) -> bool:
    """Whether somebody lets others ask for their words by mail."""
    if not author.is_local or author.suspended_at is not None or not mail.is_set_up():
        return False
    return Elsewhere.objects.filter(owner=author, kind=ElsewhereKind.MAIL).exists()


def readers_of_letters(author: Actor) -> list[Subscriber]:
    """Who asked for one's words and confirmed it, in the order of their addresses: for the author alone."""
    return list(Subscriber.objects.filter(author=author).exclude(confirmed_at=None).order_by("address_key"))


@transaction.atomic
def ask_for_letters(author: Actor, *, address: str) -> Subscriber | None:
    """Note that an address wants letters; the reader who has to be asked now whether that is so, if any.

    Raises:
        NotFound: this person sends none.
        Invalid: it is no address.
        TooMuch: so many were asked lately.
    """
    if not sends_letters(author):
        raise NotFound(_("There are no letters to be had here."))
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(_("This is not an e-mail address.")) from error
    if Subscriber.objects.filter(author=author).count() >= MOST_READERS:
        return None
    now, key = clock.now(), address.lower()
    lately = Subscriber.objects.filter(address_key=key, asked_at__gt=now - ASKED_AGAIN_AFTER)
    known = Subscriber.objects.filter(author=author, address_key=key).first()
    if known is not None and (known.confirmed_at or known.asked_at > now - ASKED_AGAIN_AFTER):
        return None
    if lately.filter(confirmed_at=None).count() >= MOST_QUESTIONS:
        return None
    if Subscriber.objects.filter(author=author, asked_at__gt=now - HOUR).count() >= MOST_AN_HOUR:
        raise TooMuch(_("Many people ask for this just now."), hint=_("Try again in an hour."))
    fresh = {"address": address, "token": secrets.token_urlsafe(32), "language": get_language() or "", "asked_at": now}
    reader, _is_new = Subscriber.objects.update_or_create(author=author, address_key=key, defaults=fresh)
    return reader


def reader_with(token: str) -> Subscriber:
    """Whoever got a letter with this in it.

    Raises:
        NotFound: they have left, or waited too long.
    """
    found = Subscriber.objects.select_related("author").filter(token=token).first() if token else None
    if found is None:
        raise NotFound(_("Nothing is sent for this letter any more."), hint=_("You can ask anew on their page."))
    return found


@transaction.atomic
def confirm(token: str) -> Subscriber:
    """It was them, and they want it.

    Raises:
        NotFound: there is nothing to confirm (any more).
    """
    reader = reader_with(token)
    if reader.confirmed_at is None:
        reader.confirmed_at = clock.now()
        reader.save(update_fields=["confirmed_at"])
    return reader


@transaction.atomic
def leave(token: str) -> None:
    """Nothing more is sent, and the address is forgotten. A second time does nothing."""
    if token:
        Subscriber.objects.filter(token=token).delete()


@transaction.atomic
def send_no_more_to(author: Actor, reader_id: int) -> None:
    """The author does not want to write to an address any more; it is forgotten.

    Raises:
        NotFound: it is no reader of theirs.
    """
    deleted, _rows = Subscriber.objects.filter(pk=reader_id, author=author).delete()
    if not deleted:
        raise NotFound(_("There is no such address among yours."))


def forget_unconfirmed() -> None:
    """Addresses whose owners did not answer."""
    Subscriber.objects.filter(confirmed_at=None, asked_at__lt=clock.now() - UNCONFIRMED_LIFE).delete()
