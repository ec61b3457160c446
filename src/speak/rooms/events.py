"""What has happened in rooms."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoomOpened:
    """There is a new room."""

    room_id: int


@dataclass(frozen=True, slots=True)
class RoomChanged:
    """It is called otherwise, rests, goes on, or shows another practice."""

    room_id: int


@dataclass(frozen=True, slots=True)
class RoomEntered:
    """Somebody is in a room now."""

    room_id: int
    actor_id: int


@dataclass(frozen=True, slots=True)
class RoomLeft:
    """Somebody is not in a room any more."""

    room_id: int
    actor_id: int


@dataclass(frozen=True, slots=True)
class HostAsked:
    """Somebody is asked to host a room."""

    room_id: int
    actor_id: int


@dataclass(frozen=True, slots=True)
class HostChanged:
    """Another person hosts a room; whoever did is a member like all others."""

    room_id: int
    before_id: int
    host_id: int


@dataclass(frozen=True, slots=True)
class LastRoundBegan:
    """Each says what they take along now. Its host began it; 0 where it began by itself, since the end is near."""

    room_id: int
    began_by_id: int


@dataclass(frozen=True, slots=True)
class RoomClosed:
    """Nothing more is said in a room; those who are in it can read it."""

    room_id: int


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody was asked into a room by name."""

    invitation_id: int


@dataclass(frozen=True, slots=True)
class InvitationAnswered:
    """It was accepted, declined or taken back."""

    invitation_id: int


@dataclass(frozen=True, slots=True)
class PracticeOpened:
    """A host, having gone first, opened a practice to a room."""

    room_id: int
    practice: str


@dataclass(frozen=True, slots=True)
class HomeClaimed:
    """Somebody who joined with a name only has a handle and a key of their own now."""

    actor_id: int
