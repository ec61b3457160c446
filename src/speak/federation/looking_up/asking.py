"""Looking oneself up: asked for, read place by place in the background, for one person, forgotten when they say so."""

import datetime as dt
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from speak.federation.documents.nodes import host_of, is_web_address
from speak.federation.looking_up.places import (
    MAX_ABOUT,
    MAX_ADDRESS,
    MOST_PLACES,
    Place,
    Source,
    key_of,
    packed,
    unpacked,
)
from speak.federation.looking_up.rules import Finding, findings
from speak.federation.models import LookUp
from speak.identity.errors import WrongHandle
from speak.identity.handles import read_address
from speak.identity.models import Actor
from speak.kernel import blobs, clock
from speak.kernel.errors import Invalid, NotFound, TooMuch
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask
from speak.kernel.pictures import print_of
from speak.kernel.tasks import far_task, later
from speak.voice.queries import collection_of

# Nobody's sites are asked more often than this because somebody here is curious about themselves.
REST = dt.timedelta(minutes=1)
# One that has not ended after this long was lost, and may be asked for anew.
PATIENCE = dt.timedelta(minutes=30)
AGAIN_IN = dt.timedelta(seconds=2)
KEPT = 2
# One place is read at a time, so that no server is asked two things at once, and others' errands go on meanwhile.
_turn = threading.BoundedSemaphore(1)


@dataclass(frozen=True, slots=True)
class Look:
    """A look that has ended: the owner's page here first, then their places; and what does not fit together."""

    looked_at: dt.datetime
    places: tuple[Place, ...]
    findings: tuple[Finding, ...]


@transaction.atomic
def look_up(owner: Actor, addresses: Iterable[str]) -> LookUp:
    """Have one's own places read, a dozen at most: web addresses, and handles like @name@server.example.

    Raises:
        Invalid: none, or one that is no address.
        TooMuch: more than a dozen, or one look is under way, or has just been.
    """
    wanted = _checked(owner, addresses)
    last = LookUp.objects.filter(owner=owner).order_by("-pk").first()
    if last is not None and is_under_way(last):
        raise TooMuch(_("Your places are being read already."), hint=_("Come back in a minute."))
    if last is not None and last.asked_at > clock.now() - REST:
        raise TooMuch(
            _("You looked a moment ago."), hint=_("Wait a minute, so that nobody's server is asked too often.")
        )
    LookUp.objects.filter(owner=owner, ended_at=None).delete()
    look = LookUp.objects.create(owner=owner, addresses=wanted)
    read_next_place.enqueue(look_up_id=look.pk)
    return look


@transaction.atomic
def forget_looks(owner: Actor) -> None:
    """Forget everything that was found; what is being read is forgotten as well."""
    LookUp.objects.filter(owner=owner).delete()


def under_way(owner: Actor) -> LookUp | None:
    """The look that has not ended yet, if there is one."""
    look = LookUp.objects.filter(owner=owner, ended_at=None).order_by("-pk").first()
    return look if look is not None and is_under_way(look) else None


def is_under_way(look: LookUp) -> bool:
    """Whether its places are being read, and can still come to an end."""
    return look.ended_at is None and look.asked_at > clock.now() - PATIENCE


def looks_of(owner: Actor) -> list[Look]:
    """The last look that ended, and the one before it. The last is beside the owner's page as it is now."""
    kept = LookUp.objects.filter(owner=owner).exclude(ended_at=None).order_by("-pk")[:KEPT]
    looks = []
    for number, look in enumerate(kept):
        home = home_of(owner) if number == 0 or not look.home else unpacked(look.home)
        places = (home, *(unpacked(place) for place in look.places))
        looked_at = look.ended_at or look.asked_at
        looks.append(Look(looked_at, places, tuple(findings(places, now=looked_at if number else clock.now()))))
    return looks


def kept_looks(owner: Actor) -> QuerySet[LookUp]:
    """All that is kept of somebody's looks, oldest first; for what they take along."""
    return LookUp.objects.filter(owner=owner).order_by("pk")


def addresses_to_begin_with(owner: Actor) -> list[str]:
    """Those of the last look; before the first one, the links on one's profile."""
    last = LookUp.objects.filter(owner=owner).order_by("-pk").first()
    found = last.addresses if last else [link.url for link in owner.links.all() if is_web_address(link.url)]
    return list(found)[:MOST_PLACES]


def picture_url_of(owner: Actor, number: int) -> str:
    """The picture that a place of the last look shows; `number` counts from 0.

    Raises:
        NotFound: no look, no such place, or one without a picture.
    """
    look = LookUp.objects.filter(owner=owner).exclude(ended_at=None).order_by("-pk").first()
    places = look.places if look else []
    url = unpacked(places[number]).picture_url if 0 <= number < len(places) else ""
    if not url:
        raise NotFound(_("There is no such picture."))
    return url


def home_of(owner: Actor) -> Place:
    """The person's page here, as it says who they are."""
    former = (f"{settings.SPEAK_URL}/@{handle.handle_key}" for handle in owner.former_handles.all())
    latest = next(iter(collection_of(None, owner)[:1]), None)
    return Place(
        address=owner.url or owner.uri,
        url=owner.url or owner.uri,
        sources=(Source.PROFILE,),
        name=owner.name,
        heading=owner.handle,
        about=owner.aim[:MAX_ABOUT],
        picture_url=owner.picture_url,
        picture_print=_print_of(owner.picture),
        handle=owner.address.removeprefix("@"),
        latest_at=latest.said_at if latest else None,
        also=(owner.uri, f"{settings.SPEAK_URL}{owner.path}", *former),
        points_to=tuple(link.url for link in owner.links.all() if link.url),
    )


@far_task
def read_next_place(look_up_id: int) -> None:
    """Read one place of a look; the next waits behind whatever else is to be asked of other servers by then."""
    if not _turn.acquire(blocking=False):
        later(read_next_place, after=AGAIN_IN, look_up_id=look_up_id)
        return
    try:
        is_more = read_one(look_up_id)
    finally:
        _turn.release()
    if is_more:
        read_next_place.enqueue(look_up_id=look_up_id)


def read_one(look_up_id: int, *, ask: Ask = real_ask) -> bool:
    """Read the first place of a look that was not read yet; whether there are more. A forgotten look has none."""
    look = LookUp.objects.filter(pk=look_up_id, ended_at=None).first()
    if look is None:
        return False
    number = len(look.places)
    if number < len(look.addresses):
        hosts = frozenset(_host(address) for address in (*look.addresses, settings.SPEAK_URL))
        # What reads pages takes much room; only who reads one has it loaded.
        visiting = import_module("speak.federation.looking_up.visiting")
        _keep(look_up_id, number, visiting.visit(look.addresses[number], ask=ask, hosts=hosts))
    return not _has_ended(look_up_id)


@transaction.atomic
def _keep(look_up_id: int, number: int, place: Place) -> None:
    """Once, also where two have read the same."""
    look = LookUp.objects.select_for_update().filter(pk=look_up_id).first()
    if look is not None and len(look.places) == number:
        look.places = [*look.places, packed(place)]
        look.save(update_fields=["places"])


@transaction.atomic
def _has_ended(look_up_id: int) -> bool:
    """Whether every place was read; then the look has ended, and the one before the last is forgotten."""
    look = LookUp.objects.select_for_update().filter(pk=look_up_id).first()
    if look is None:
        return True
    if len(look.places) < len(look.addresses):
        return False
    look.home, look.ended_at = packed(home_of(look.owner)), clock.now()
    look.save(update_fields=["home", "ended_at"])
    ended = LookUp.objects.filter(owner=look.owner).exclude(ended_at=None).order_by("-pk")
    LookUp.objects.filter(pk__in=list(ended.values_list("pk", flat=True)[KEPT:])).delete()
    return True


def _checked(owner: Actor, addresses: Iterable[str]) -> list[str]:
    """Each once, as it will be asked for; the person's page here is always there, and left out."""
    home = home_of(owner).names
    found: dict[str, str] = {}
    for given in addresses:
        address = _address(given)
        if address and key_of(address) not in home:
            found.setdefault(key_of(address), address)
    if not found:
        raise Invalid(_("Give at least one address elsewhere."), hint=_("Your page here is looked at in any case."))
    if len(found) > MOST_PLACES:
        raise TooMuch(_("That are more than a dozen addresses."), hint=_("Leave some for another time."))
    return list(found.values())


def _address(given: str) -> str:
    """What somebody typed, as an address; empty where they typed nothing."""
    text = given.strip()
    if not text:
        return ""
    is_handle = "@" in text and "/" not in text
    try:
        if is_handle:
            read = read_address(text, here="")
            return f"@{read.handle}@{read.domain}"
        url = text if "://" in text else f"https://{text}"
        if url.startswith("http://") and host_of(url).count(":") == 0:
            url = f"https://{url.removeprefix('http://')}"
        if "." in host_of(url) and is_web_address(url) and len(url) <= MAX_ADDRESS and not any(map(str.isspace, url)):
            return url
    except WrongHandle:
        pass
    raise Invalid(
        _("“%(address)s” is no address.") % {"address": text[:100]},
        hint=_("One looks like https://site.example/me or @name@server.example."),
    )


def _host(address: str) -> str:
    return host_of(address) if "://" in address else address.rpartition("@")[2]


def _print_of(token: str) -> str:
    try:
        return print_of(blobs.path_of(token).read_bytes()) if token else ""
    except (OSError, Invalid, NotFound, TooMuch):
        return ""
