"""When two addresses mean the same place. Pure but for whose homes are where."""

from urllib.parse import urlsplit

from django.conf import settings

from speak.federation.documents.nodes import as_compared, host_of
from speak.identity.models import Actor, ActorKind
from speak.rooms.models import Organisation


def homes_of(actor: Actor) -> frozenset[str]:
    """Every address that means this actor, as `as_compared` writes it: their page, id, own domain, earlier handles."""
    found = [actor.url, actor.uri, actor.home_url]
    if actor.is_local:
        found += [f"{settings.SPEAK_URL}/@{former.handle_key}" for former in actor.former_handles.all()]
        if actor.kind == ActorKind.ORGANIZATION:
            found.append(f"{settings.SPEAK_URL}{Organisation.path}")
    return frozenset(filter(None, map(as_compared, found)))


def is_same_site(url: str, other: str) -> bool:
    """Whether both are on one site: the same host, with or without “www.”."""
    return bool(host_of(url)) and host_of(url).removeprefix("www.") == host_of(other).removeprefix("www.")


def to_call(url: str) -> str:
    """The address to ask: by https, unless it names a port of its own (only development has such)."""
    parts = urlsplit(url)
    if parts.scheme == "http" and parts.port is None:
        return parts._replace(scheme="https").geturl()
    return url
