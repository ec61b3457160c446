"""Rooms and who is in them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.prepared import Prepared
from speak.rooms.errors import NotInRoom
from speak.rooms.models import Guest, Membership, Room
from speak.rooms.rules import Record
from speak.voice.queries import has_answered_in_a_room, has_somebody_to_answer, has_spoken_in_a_room

UNCLAIMED = Prepared(lambda actor_id: Guest.objects.filter(actor=actor_id, claimed_at=None).values_list("pk")[:1])


def rooms_of(viewer: Actor) -> QuerySet[Room]:
    """The rooms the viewer is in, the newest first; those that are over too."""
    within = Membership.objects.filter(actor=viewer, left_at=None)
    return Room.objects.filter(pk__in=within.values("room")).select_related("host").order_by("-pk")


ROOMS_NOW: Prepared[Room] = Prepared(
    lambda viewer_id, now: rooms_of(Actor(pk=viewer_id)).filter(closed_at=None, paused_at=None, ends_at__gt=now)
)


QUIET = Prepared(
    lambda ids, now: (
        Room.objects.filter(pk__in=ids)
        .filter(Q(closed_at__isnull=False) | Q(paused_at__isnull=False) | Q(ends_at__lte=now))
        .values_list("pk")
    )
)


def rooms_going_on() -> QuerySet[Room, tuple[int]]:
    """The numbers of all rooms in which something can be said now, to ask for what was said in them."""
    return Room.objects.filter(closed_at=None, paused_at=None, ends_at__gt=clock.now()).values_list("pk")


def quiet_among(room_ids: Iterable[int]) -> set[int]:
    """Those of these rooms in which nothing can be said now; where there is none, nothing is asked."""
    ids = tuple(sorted({room_id for room_id in room_ids if room_id}))
    return {pk for (pk,) in QUIET.all(ids, clock.now())}


def rooms_to_speak_in(viewer: Actor) -> list[Room]:
    """The rooms in which the viewer can say something now, the newest first."""
    return ROOMS_NOW.all(viewer.pk, clock.now())


def is_any_room_open() -> bool:
    """Whether there is a room that is not over, in which somebody could say something and be answered."""
    return Room.objects.filter(closed_at=None, ends_at__gt=clock.now()).exists()


def room_for(viewer: Actor | None, room_id: int) -> Room:
    """A room the viewer is in.

    Raises:
        NotInRoom: there is none, or they are not in it, whoever they are (promise 8).
    """
    room = (
        rooms_of(viewer).select_related("host", "asked_to_host", "programme").filter(pk=room_id).first()
        if viewer
        else None
    )
    if room is None:
        raise NotInRoom(_("There is no such room, or you are not in it."))
    return room


def room_with_members(viewer: Actor, room_id: int) -> tuple[Room, list[Membership]]:
    """A room the viewer is in, with everybody who is in it, in one query.

    Raises:
        NotInRoom: as `room_for`.
    """
    within = Membership.objects.filter(room=room_id, left_at=None).select_related("actor", "invited_by", "room__host")
    found = list(within)
    if not any(membership.actor_id == viewer.pk for membership in found):
        raise NotInRoom(_("There is no such room, or you are not in it."))
    return found[0].room, found


def rooms_named(viewer: Actor, room_ids: Iterable[int]) -> dict[int, str]:
    """What those of these rooms are called that the viewer is in, by number."""
    ids = {room_id for room_id in room_ids if room_id}
    return dict(rooms_of(viewer).filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def memberships_of(room: Room) -> QuerySet[Membership]:
    """Everybody who is in a room, in the order they came: exactly those who can read it (promise 8)."""
    return room.memberships.filter(left_at=None).select_related("actor", "invited_by")


def memberships_at(room: Room, moment: datetime) -> QuerySet[Membership]:
    """Everybody who was in a room at a moment."""
    still = Q(left_at=None) | Q(left_at__gte=moment)
    return room.memberships.filter(still, joined_at__lt=moment).order_by("pk")


def members_of(room: Room) -> list[Actor]:
    """The same people, without how they came."""
    return [membership.actor for membership in memberships_of(room)]


def member_of(viewer: Actor, room: Room) -> Membership:
    """How the viewer is in a room.

    Raises:
        NotInRoom: they are not.
    """
    membership = Membership.objects.filter(room=room, actor=viewer, left_at=None).select_related("invited_by").first()
    if membership is None:
        raise NotInRoom(_("There is no such room, or you are not in it."))
    return membership


def room_by_code(spoken: str) -> Room:
    """The room whose meeting is going on under these words, however they were typed.

    Raises:
        NotInRoom: no meeting goes on under these words now.
    """
    code = "-".join("".join(char if char.isalpha() else " " for char in spoken[:100].lower()).split())
    now = clock.now()
    meeting = (
        Room.objects.filter(code=code, code_until__gt=now, ends_at__gt=now, closed_at=None)
        if code
        else Room.objects.none()
    )
    room = meeting.select_related("host").first()
    if room is None:
        raise NotInRoom(
            _("No room opens with these words now."), hint=_("Look at the screen again, or ask whoever hosts.")
        )
    return room


def record_of(actor: Actor) -> Record:
    """What somebody has done in rooms so far (promise 2)."""
    return Record(
        has_profile=bool(actor.name and (actor.aim or actor.picture or actor.shelf.exists())),
        has_spoken=has_spoken_in_a_room(actor),
        has_answered=has_answered_in_a_room(actor),
    )


def has_nobody_to_answer(actor: Actor) -> bool:
    """Whether nobody else has said anything in a room that they could read."""
    return not has_somebody_to_answer(actor)


def guest_of(actor: Actor) -> Guest | None:
    """How somebody came who joined with a name only and has not claimed their home yet."""
    return Guest.objects.filter(actor=actor, claimed_at=None).select_related("room").first()


def guests_in(room: Room) -> set[int]:
    """Those in a room who have a name here and nothing else yet."""
    guests = Guest.objects.filter(claimed_at=None, actor__in=room.memberships.filter(left_at=None).values("actor"))
    return set(guests.values_list("actor", flat=True))


def is_guest(actor: Actor) -> bool:
    """Whether somebody has a name here and no handle and key of their own yet."""
    return UNCLAIMED.exists(actor.pk)
