"""Looking at other places of people when it is due, and planning when to look again."""

import datetime as dt

from django.db.models import Q

from speak.federation.places.addresses import homes_of
from speak.federation.places.pointing import finding_at
from speak.identity.actions import keep_finding
from speak.identity.models import Actor, Link
from speak.kernel import clock
from speak.kernel.due import take_up
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask

AT_ONCE = 50
# While somebody is at it, nobody else takes it up; whoever is killed meanwhile leaves it for later.
LEASE = dt.timedelta(minutes=15)
# Of people elsewhere, so many places are looked at, and no more often than this.
MOST_OF_OTHERS, FRESH_FOR = 4, dt.timedelta(days=7)
SOON = dt.timedelta(minutes=1)


def take_up_due() -> list[int]:
    """The ids of the links to look at by now; each is handed out once, and again only when nobody reports back."""
    return take_up(Link, most=AT_ONCE, lease=LEASE)


def look(link_id: int, *, ask: Ask = real_ask) -> None:
    """Look at a place, and keep what is found."""
    link = Link.objects.select_related("actor").filter(pk=link_id).exclude(due_at=None).exclude(url="").first()
    if link is not None:
        keep_finding(link_id, url=link.url, finding=finding_at(link.url, homes_of(link.actor), ask=ask))


def look_soon_at(actor: Actor) -> None:
    """Somebody elsewhere changed their profile: whoever shows them by their consent looks soon whether it stands."""
    soon = clock.now() + SOON
    shown = Link.objects.filter(needs_proof=True, actor__domain="", url__in=[actor.url, actor.uri])
    shown.filter(Q(due_at=None) | Q(due_at__gt=soon)).update(due_at=soon, looks_in_vain=0)


def want_known(actor: Actor) -> None:
    """Somebody here looks at somebody elsewhere, or follows them: have their places looked at, if not lately."""
    if actor.is_local:
        return
    now = clock.now()
    is_old = Q(looked_at=None) | Q(looked_at__lt=now - FRESH_FOR)
    first = list(Link.objects.filter(actor=actor).exclude(url="").values_list("pk", flat=True)[:MOST_OF_OTHERS])
    if first:
        Link.objects.filter(is_old, pk__in=first, due_at=None).update(due_at=now)
