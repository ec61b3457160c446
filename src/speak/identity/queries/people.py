"""Finding people: by address, by id, by name."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from speak.identity.domains.queries import owned_domain
from speak.identity.errors import NoSuchActor
from speak.identity.handles import Address, read_address
from speak.identity.models import Actor, ActorKind, Block, OwnDomain


def actor_called(viewer: Actor | None, text: str) -> Actor:
    """The actor of an address or handle as far as this server knows them; old handles resolve too.

    Raises:
        NoSuchActor: unknown here, suspended, or has blocked the viewer.
        WrongHandle: not an address at all.
    """
    address = read_address(text, here=settings.SPEAK_DOMAIN)
    actor = actor_at(address)
    if actor is None or _is_hidden(viewer, actor):
        raise NoSuchActor(_("Nobody called “%(text)s” is known here.") % {"text": text.strip()[:100]})
    return actor


def actor_with_id(viewer: Actor | None, actor_id: int) -> Actor:
    """Somebody known here, by number.

    Raises:
        NoSuchActor: unknown here, gone, suspended, or has blocked the viewer.
    """
    actor = Actor.objects.filter(pk=actor_id, gone_at=None).first()
    if actor is None or _is_hidden(viewer, actor):
        raise NoSuchActor(_("There is nobody with this id."))
    return actor


def _is_hidden(viewer: Actor | None, actor: Actor) -> bool:
    """Whether somebody is as if they were not there: suspended here, or they blocked the viewer."""
    if actor.suspended_at is not None and actor != viewer:
        return True
    return viewer is not None and Block.objects.filter(blocker=actor, blocked=viewer).exists()


def known_actor(actor_id: int) -> Actor:
    """Somebody known here, by number, also where they have blocked the one who asks: to block or unfollow them.

    Raises:
        NoSuchActor: unknown here.
    """
    actor = Actor.objects.filter(pk=actor_id).first()
    if actor is None:
        raise NoSuchActor(_("There is nobody with this id."))
    return actor


def known_actors(ids: Sequence[int]) -> list[Actor]:
    """Those with these ids, in this order, as far as they are known."""
    found = Actor.objects.in_bulk(ids)
    return [found[actor_id] for actor_id in dict.fromkeys(ids) if actor_id in found]


def actors_shown_to(viewer: Actor | None, ids: Sequence[int]) -> list[Actor]:
    """The same without those who are gone, are suspended, or have blocked the viewer."""
    apart = (
        set(Block.objects.filter(blocked=viewer, blocker__in=ids).values_list("blocker", flat=True)) if viewer else ()
    )
    return [
        actor
        for actor in known_actors(ids)
        if actor.pk not in apart and actor.gone_at is None and (actor.suspended_at is None or actor == viewer)
    ]


def actor_at_address(text: str) -> Actor:
    """Whoever has this address, also where they have blocked the one who asks, or are suspended here.

    To block or unfollow them in turn, or to report them.

    Raises:
        NoSuchActor: unknown here.
        WrongHandle: not an address at all.
    """
    actor = actor_at(read_address(text, here=settings.SPEAK_DOMAIN))
    if actor is None:
        raise NoSuchActor(_("Nobody called “%(text)s” is known here.") % {"text": text.strip()[:100]})
    return actor


def actor_at(address: Address) -> Actor | None:
    """Who has, or once had, this address; whoever here has the domain comes before whoever had it elsewhere."""
    if address.domain:
        return _actor_at_domain(address)
    named = Actor.objects.filter(handle_key=address.handle, domain="").first()
    return named or Actor.objects.filter(former_handles__handle_key=address.handle).first()


def _actor_at_domain(address: Address) -> Actor | None:
    is_elsewhere = Q(domain=address.domain)
    is_here = Q(domain="", handle_domain=address.domain)
    # Nobody's domain comes before all others: whoever is here first.
    named = Actor.objects.filter(is_elsewhere | is_here, handle_key=address.handle).order_by("domain").first()
    return named or owner_called(owned_domain(address.domain), address.handle)


def owner_called(owned: OwnDomain | None, handle: str) -> Actor | None:
    """The owner of a domain, if this is, or was, their handle (in lower case); nobody else has an address there."""
    if owned is None:
        return None
    owner = owned.actor
    is_theirs = owner.handle_key == handle or owner.former_handles.filter(handle_key=handle).exists()
    return owner if is_theirs else None


def actor_by_uri(uri: str) -> Actor | None:
    """The actor with this ActivityPub id, if known."""
    return Actor.objects.filter(uri=uri).first()


def people_here() -> QuerySet[Actor]:
    """Everybody whose home is here and who can sign in."""
    return Actor.objects.filter(domain="", user__isnull=False, gone_at=None)


def people_seen(viewer: Actor | None) -> QuerySet[Actor]:
    """Those here who chose to be seen."""
    seen = people_here().filter(is_listed=True, suspended_at=None, is_silenced=False)
    if viewer:
        seen = seen.exclude(blocks__blocked=viewer)
    return seen.order_by("name", "handle_key")


def people_found(viewer: Actor, text: str, *, limit: int = 20) -> list[Actor]:
    """Known people whose name or handle begins or contains `text`; never those who blocked the viewer.

    Those here who did not choose to be seen are found by their whole handle only.
    """
    words = text.strip().removeprefix("@")[:100]
    if not words:
        return []
    part = Q(handle_key__startswith=words.lower()) | Q(name__icontains=words)
    is_findable = Q(is_listed=True, is_silenced=False) | ~Q(domain="") | Q(pk=viewer.pk) | Q(followers__follower=viewer)
    found = (
        Actor.objects.filter((part & is_findable) | Q(handle_key=words.lower()), gone_at=None, suspended_at=None)
        .exclude(kind=ActorKind.APPLICATION)
        .exclude(blocks__blocked=viewer)
        .distinct()
    )
    return list(found.order_by("domain", "handle_key")[:limit])


def is_on_a_profile(token: str) -> bool:
    """Whether the file of this token is somebody's face, banner or a thing on their shelf: those are for anyone."""
    shown = Q(picture=token) | Q(banner=token) | Q(shelf__picture=token)
    return bool(token) and Actor.objects.filter(shown, domain="").exists()
