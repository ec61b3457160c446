"""Looking at domains that people brought: when somebody asks for it, and by the clock."""

import datetime as dt

from django.utils.translation import gettext as _

from speak.identity.actions.domains import weigh_evidence
from speak.identity.domains.evidence import gather
from speak.identity.domains.queries import domain_of
from speak.identity.errors import NoDomain
from speak.identity.models import Actor, OwnDomain
from speak.kernel import clock
from speak.kernel.due import take_up
from speak.kernel.errors import TooMuch
from speak.kernel.outbound import Ask, LookUpTexts

AGAIN_AFTER = dt.timedelta(seconds=20)
LEASE = dt.timedelta(minutes=10)
AT_ONCE = 100


def look_now(actor: Actor, *, ask: Ask, look_up: LookUpTexts) -> OwnDomain | None:
    """Look at one's own domain at once, since one asked for it.

    Raises:
        NoDomain: one brought none.
        TooMuch: it was looked at a moment ago.
    """
    owned = domain_of(actor)
    if owned is None:
        raise NoDomain(_("You have not brought a domain."))
    now = clock.now()
    rested = OwnDomain.objects.filter(pk=owned.pk).exclude(checked_at__gt=now - AGAIN_AFTER)
    if not rested.update(checked_at=now):
        raise TooMuch(_("It was looked at a moment ago."), hint=_("Wait half a minute, then look again."))
    return look(owned, ask=ask, look_up=look_up)


def look(owned: OwnDomain, *, ask: Ask, look_up: LookUpTexts) -> OwnDomain | None:
    """Ask the domain, and take over what it says; None where it was given up meanwhile."""
    return weigh_evidence(owned.pk, evidence=gather(owned, ask=ask, look_up=look_up))


def take_up_due() -> list[int]:
    """The ids of those to be looked at by now; each is handed out once, and again only when nobody reports back."""
    return take_up(OwnDomain, most=AT_ONCE, lease=LEASE)
