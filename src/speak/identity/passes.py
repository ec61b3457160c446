"""A pass: an address that shows somebody a file as if they were signed in, for apps that ask for pictures bare.

Whoever holds it sees what its person may see at that moment, nothing else, and for a week.
"""

import datetime as dt

from django.core import signing
from django.http import HttpRequest

from speak.identity.models import Actor

LASTS = dt.timedelta(days=7)
PARAMETER = "pass"
signer = signing.TimestampSigner(salt="speak.identity.passes")


def with_pass(actor: Actor, address: str) -> str:
    """The same address, opened for this person."""
    path = address.partition("?")[0]
    signed = signer.sign_object([actor.pk, path[path.find("/media/") :]])
    return f"{address}{'&' if '?' in address else '?'}{PARAMETER}={signed}"


def holder_of(request: HttpRequest) -> Actor | None:
    """Whose pass a request shows, if it is good and for this very address."""
    try:
        actor_id, path = signer.unsign_object(request.GET.get(PARAMETER, ""), max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return None
    if path != request.path:
        return None
    return Actor.objects.filter(pk=actor_id, gone_at=None, suspended_at=None).first()
