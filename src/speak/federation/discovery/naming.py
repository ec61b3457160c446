"""People whom somebody names while writing: found here, or asked for at their own server."""

from django.conf import settings
from django.utils.translation import gettext as _

from speak.federation.discovery.resolving import resolve
from speak.identity.errors import NoSuchActor
from speak.identity.handles import Address, read_address
from speak.identity.models import Actor
from speak.identity.queries import actor_at, actor_called
from speak.voice.text import spoken_names

MOST_NAMED = 50
MOST_ASKED = 5


def meet_those_named(source: str) -> None:
    """Get to know those of other servers whom the words call by name; whoever is not found stays plain words."""
    unknown = [
        Address(handle, domain)
        for handle, domain in spoken_names(source, here=settings.SPEAK_DOMAIN)
        if domain and actor_at(Address(handle, domain)) is None
    ]
    for address in unknown[:MOST_ASKED]:
        _asked_for(address)


def mentioned_in(source: str) -> list[Actor]:
    """The known people whom the words call by name."""
    spoken = spoken_names(source, here=settings.SPEAK_DOMAIN)[:MOST_NAMED]
    found = (actor_at(Address(handle, domain)) for handle, domain in spoken)
    return [actor for actor in found if actor is not None]


def people_named(viewer: Actor, written: str) -> tuple[Actor, ...]:
    """The people of a list of handles and addresses, spaces or commas between.

    Raises:
        NoSuchActor: one of them is nobody; the sentence says which.
        WrongHandle: one of them is not an address.
    """
    names = written.replace(",", " ").replace(";", " ").split()[:MOST_NAMED]
    return tuple(dict.fromkeys(_named(viewer, name) for name in names))


def _named(viewer: Actor, name: str) -> Actor:
    address = read_address(name, here=settings.SPEAK_DOMAIN)
    if address.domain and actor_at(address) is None:
        _asked_for(address)
    try:
        return actor_called(viewer, name)
    except NoSuchActor as refusal:
        raise NoSuchActor(
            _("Nobody called “%(name)s” was found.") % {"name": name[:100]},
            hint=_("Look at how the name is written; people elsewhere are @name@server.example."),
        ) from refusal


def _asked_for(address: Address) -> None:
    """Their server is asked; whatever goes wrong there, they stay unknown."""
    resolve(None, f"@{address.handle}@{address.domain}")
