"""Who asks: the actor of another server who signed the request, if any."""

from django.http import HttpRequest

from speak.federation.verification import is_signed, proven_signer
from speak.identity.models import Actor
from speak.kernel.errors import NotAllowed
from speak.kernel.outbound import Ask


def viewer_of(request: HttpRequest, *, ask: Ask) -> Actor | None:
    """The remote actor who signed; nobody where nothing is signed.

    An actor of our own has no business here: people here read pages, where everything that stays
    here is shown to them. Here they are strangers.

    Raises:
        Unproven: there is a signature and it does not hold.
        NotAllowed: they are suspended here.
        OutboundFailure: the key could not be fetched.
    """
    if not is_signed(request):
        return None
    signer = proven_signer(request, ask=ask)
    if signer.suspended_at is not None:
        raise NotAllowed("This server has nothing to do with that actor.")
    return None if signer.is_local else signer
