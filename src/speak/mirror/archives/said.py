"""What a reader says of an archive, before it is put into tables: its messages, answers, people, places."""

import datetime as dt
from dataclasses import dataclass, field

import msgspec

from speak.mirror.table import Kind, ParentKind, ResponseKind, Visibility

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


class Said(msgspec.Struct, omit_defaults=True, gc=False):
    """One message. Times in microseconds since 1970; `thread` may stay empty if the message stands alone."""

    id: str
    space: str
    who: str
    at: int
    len: int = 0
    thread: str = ""
    parent: str = ""
    how: ParentKind = ParentKind.NONE
    to: int | None = None
    kind: Kind = Kind.HUMAN
    edited: bool = False
    deleted: bool = False
    zone: int | None = None


class Answered(msgspec.Struct, omit_defaults=True, gc=False):
    """A reaction to `msg`, or a mention in it."""

    msg: str
    who: str
    whom: str
    kind: ResponseKind
    at: int | None = None


class Guess(msgspec.Struct, gc=False):
    """A link that nobody stated, how it was guessed, and how often that is right."""

    msg: str
    parent: str
    how: str
    precision: float | None


class Miss(msgspec.Struct, gc=False):
    """Something that was not read: where it stands, and why."""

    place: str
    reason: str


@dataclass
class Who:
    """Somebody as the archive writes them."""

    raw: str
    name: str = ""
    addresses: frozenset[str] = frozenset()
    kind: Kind = Kind.HUMAN
    is_outside: bool | None = None
    joined: int | None = None
    zone: int | None = None


@dataclass
class Space:
    """A channel, list, room or stream; under a former name it stands for the one that goes on."""

    id: str
    name: str = ""
    visibility: Visibility = Visibility.PUBLIC
    members: frozenset[str] = frozenset()
    n_members: int | None = None
    stands_for: str = ""


@dataclass(frozen=True)
class Belonging:
    """Somebody in a group."""

    who: str
    group: str
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True)
class Role:
    """What somebody is there."""

    who: str
    role: str
    since: int | None = None
    until: int | None = None


@dataclass
class Roster:
    """The people and places of an archive; small enough to hold."""

    people: dict[str, Who] = field(default_factory=dict)
    spaces: dict[str, Space] = field(default_factory=dict)
    belongings: set[Belonging] = field(default_factory=set)
    roles: set[Role] = field(default_factory=set)


def micros(moment: dt.datetime) -> int:
    """A moment as microseconds since 1970; without a zone it is taken for UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return (moment - EPOCH) // MICROSECOND


def zone_of(moment: dt.datetime) -> int | None:
    """How far the clock that wrote it was east of UTC, in minutes; nothing if it does not say."""
    offset = moment.utcoffset()
    return None if offset is None else offset // dt.timedelta(minutes=1)
