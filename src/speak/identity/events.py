"""What has happened to people and between them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonJoined:
    """Somebody has a home here now."""

    actor_id: int


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """Somebody here changed what their profile shows, or their handle."""

    actor_id: int


@dataclass(frozen=True, slots=True)
class LinkVerified:
    """Another place of somebody's points back at them."""

    link_id: int
    actor_id: int


@dataclass(frozen=True, slots=True)
class LinkLost:
    """Another place of somebody's does not point back at them any more."""

    link_id: int
    actor_id: int


@dataclass(frozen=True, slots=True)
class FollowAsked:
    """Somebody asked to follow somebody; it awaits the target's answer."""

    follow_id: int


@dataclass(frozen=True, slots=True)
class FollowAccepted:
    """A follow holds from now on."""

    follow_id: int


@dataclass(frozen=True, slots=True)
class FollowRefused:
    """The target said no, or ended it. The row is gone; `follow_uri` names the activity that asked."""

    follower_id: int
    target_id: int
    follow_id: int
    follow_uri: str


@dataclass(frozen=True, slots=True)
class FollowEnded:
    """The follower stopped following, or took the request back. The row is gone."""

    follower_id: int
    target_id: int
    follow_id: int
    follow_uri: str


@dataclass(frozen=True, slots=True)
class ActorBlocked:
    """Neither hears the other any more."""

    block_id: int


@dataclass(frozen=True, slots=True)
class ActorUnblocked:
    """A block was taken back. The row is gone."""

    blocker_id: int
    blocked_id: int
    block_id: int
    block_uri: str


@dataclass(frozen=True, slots=True)
class ActorLimited:
    """What an actor may do here, or who hears them, was changed by a decision, or is as before again."""

    actor_id: int


@dataclass(frozen=True, slots=True)
class Told:
    """Something awaits somebody here."""

    notification_id: int
    recipient_id: int


@dataclass(frozen=True, slots=True)
class ActorMoved:
    """Somebody here lives somewhere else from now on; those who follow them are to follow the new one."""

    actor_id: int
    new_id: int


@dataclass(frozen=True, slots=True)
class LeavingBegun:
    """Somebody here is about to delete their home; so far they are who they were. What others wait for goes first."""

    actor_id: int


@dataclass(frozen=True, slots=True)
class PersonLeft:
    """Somebody here deleted their home and all that is theirs. Their keys are there until other servers are told."""

    actor_id: int


@dataclass(frozen=True, slots=True)
class ActorGone:
    """An actor of another server has been deleted there."""

    actor_id: int


@dataclass(frozen=True, slots=True)
class DomainProven:
    """A domain that somebody brought is theirs here from now on."""

    actor_id: int


@dataclass(frozen=True, slots=True)
class DomainLost:
    """Somebody's domain, or that their address is on it, could not be seen for days: it does not hold any more."""

    actor_id: int
