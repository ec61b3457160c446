"""By which name a request came: this server's, or a domain of somebody's own."""

from django.http import HttpRequest

from speak.identity.models import OwnDomain

ARRIVED_BY = "own_domain"


def arrive(request: HttpRequest, owned: OwnDomain) -> None:
    """Note by whose domain a request came."""
    setattr(request, ARRIVED_BY, owned)


def arrived_by(request: HttpRequest) -> OwnDomain | None:
    """The domain by which it came; none where it came by this server's own name."""
    owned = getattr(request, ARRIVED_BY, None)
    return owned if isinstance(owned, OwnDomain) else None
