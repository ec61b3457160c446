"""Whose domain is whose."""

from urllib.parse import urlsplit

from django.conf import settings

from speak.identity.models import Actor, OwnDomain
from speak.kernel.prepared import Prepared

OWNERS = Prepared(
    lambda name: (
        OwnDomain.objects.filter(
            name=name, actor__gone_at=None, actor__suspended_at=None, actor__domain="", actor__user__isnull=False
        )
        .exclude(proof="")
        .select_related("actor")[:1]
    )
)


def domain_of(viewer: Actor) -> OwnDomain | None:
    """The domain that somebody brought, proven or not."""
    return OwnDomain.objects.select_related("actor").filter(actor=viewer).first()


def owned_domain(name: str) -> OwnDomain | None:
    """The domain of this name, with its owner, where it is proven and they live here; one query, made in SQL once."""
    return OWNERS.first(name)


def is_held_by_another(owned: OwnDomain) -> bool:
    """Whether somebody else here has the same domain, and can prove it."""
    return OwnDomain.objects.filter(name=owned.name).exclude(proof="").exclude(pk=owned.pk).exists()


def address_here(url: str) -> str:
    """The address on this server of what somebody's own domain shows: their page, their words. Any other as it is."""
    if url.startswith(f"{settings.SPEAK_URL}/"):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme not in {"https", "http"} or "@" in parts.netloc or not parts.hostname:
        return url
    owned = owned_domain(parts.hostname)
    if owned is None:
        return url
    theirs = owned.actor.path
    path = theirs if parts.path in {"", "/"} else parts.path
    if path.lower() != theirs.lower() and not path.lower().startswith(f"{theirs.lower()}/"):
        return url
    return f"{settings.SPEAK_URL}{parts._replace(scheme='', netloc='', path=path).geturl()}"
