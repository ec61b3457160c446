"""Rooms and invitations as templates show them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from speak.identity.models import Actor
from speak.kernel import clock
from speak.rooms.models import Invitation, Membership, Room
from speak.web.shown.people import ShownPerson, shown_person


@dataclass(frozen=True, slots=True)
class ShownRoom:
    """A room. `state` is open, resting, last_round or over.

    `is_closed`: it is over for good; otherwise it can be handed over after its end, too. `has_last_round`: it began.
    """

    id: int
    name: str
    purpose: str
    url: str
    host: ShownPerson
    is_host: bool
    state: str
    ends_at: dt.datetime
    meets: bool
    is_closed: bool
    has_last_round: bool


@dataclass(frozen=True, slots=True)
class ShownMember:
    """Somebody in a room; `invited_by` is the name of who asked them, empty for who opened it."""

    person: ShownPerson
    invited_by: str
    is_host: bool
    is_viewer: bool


@dataclass(frozen=True, slots=True)
class ShownInvitation:
    """Somebody who is asked, or who asks, with the reason."""

    id: int
    name: str
    reason: str
    by: ShownPerson
    room_name: str
    url: str
    expires_at: dt.datetime


def shown_room(viewer: Actor | None, room: Room) -> ShownRoom:
    """One room."""
    now = clock.now()
    state = "open"
    if room.is_over(now):
        state = "over"
    elif room.paused_at:
        state = "resting"
    elif room.hand_over_at:
        state = "last_round"
    return ShownRoom(
        id=room.pk,
        name=room.name,
        purpose=room.purpose,
        url=room.path,
        host=shown_person(room.host),
        is_host=viewer is not None and room.host_id == viewer.pk,
        state=state,
        ends_at=room.ends_at,
        meets=bool(room.code and room.code_until and room.code_until > now and state != "over"),
        is_closed=room.closed_at is not None,
        has_last_round=room.hand_over_at is not None,
    )


def shown_members(viewer: Actor | None, room: Room, memberships: Iterable[Membership]) -> list[ShownMember]:
    """Everybody in a room, in the order they came."""
    return [
        ShownMember(
            person=shown_person(membership.actor),
            invited_by=membership.invited_by.called if membership.invited_by else "",
            is_host=membership.actor_id == room.host_id,
            is_viewer=viewer is not None and membership.actor_id == viewer.pk,
        )
        for membership in memberships
    ]


def shown_invitation(invitation: Invitation) -> ShownInvitation:
    """One invitation; its page is for whoever it names."""
    return ShownInvitation(
        id=invitation.pk,
        name=invitation.name,
        reason=invitation.reason,
        by=shown_person(invitation.invited_by),
        room_name=invitation.room.name,
        url=f"/invitations/{invitation.pk}",
        expires_at=invitation.expires_at,
    )
