"""Slack's export: lists of channels and people, and for each channel a folder with a file for each day.

Exports of everything add `groups.json` (private channels), `dms.json` and `mpims.json`. Large archives are read by
several processes, each with days of its own.
"""

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from speak.mirror.archives.containers import MIB, Container, Zip
from speak.mirror.archives.files import Files
from speak.mirror.archives.machines import kind_of_machine
from speak.mirror.archives.said import Role, Space, Who
from speak.mirror.archives.sink import Sink
from speak.mirror.archives.slack_days import Days
from speak.mirror.archives.slack_together import Day, read_together
from speak.mirror.errors import Damaged
from speak.mirror.table import Kind, Visibility

DAY_FILE = re.compile(r"^(?:(.+)/)?([^/]+)/\d{4}-\d{2}-\d{2}\.json$")
LISTS: Final[Mapping[str, Visibility]] = {
    "channels.json": Visibility.PUBLIC,
    "groups.json": Visibility.PRIVATE,
    "mpims.json": Visibility.DIRECT,
    "dms.json": Visibility.DIRECT,
}
USERS = ("users.json", "org_users.json")
# What is smaller is read before other processes have started.
ALONE_UP_TO = 128 * MIB


class Profile(msgspec.Struct):
    """What is read of a profile."""

    real_name: str | None = None
    display_name: str | None = None
    email: str | None = None
    team: str | None = None


class User(msgspec.Struct):
    """What is read of somebody in `users.json`."""

    id: str
    name: str | None = None
    real_name: str | None = None
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    tz_offset: int | None = None
    profile: Profile = msgspec.field(default_factory=Profile)


class Channel(msgspec.Struct):
    """What is read of a channel in one of the lists."""

    id: str
    name: str | None = None
    members: list[str] = []


class Unread(msgspec.Struct):
    """A message of which nothing is read."""


def recognizes(container: Container) -> bool:
    """Whether it has Slack's lists, and days."""
    has_list = any(name in container.sizes for name in (*LISTS, *USERS))
    return has_list and any(DAY_FILE.match(name) for name in container.sizes)


def read(container: Container, sink: Sink) -> None:
    """Read the lists, then the days."""
    _read_users(container, sink)
    days = _days(container, sink, _read_lists(container, sink))
    if isinstance(container.source, Zip) and sum(container.sizes[day.name] for day in days) > ALONE_UP_TO:
        renamed = read_together(container, sink, source=container.source, days=days)
    else:
        renamed = _read_alone(container, sink, days)
    for former, space_id in renamed.items():
        space = sink.roster.spaces.get(former)
        if space is not None and not space.name:
            space.stands_for = space_id


def _read_users(container: Container, sink: Sink) -> None:
    for file in (name for name in USERS if name in container.sizes):
        for _, user in Files(container, sink).items(file, User):
            sink.introduce(_who(user))
            for role, holds in (
                ("owner", user.is_owner),
                ("admin", user.is_admin),
                ("guest", user.is_restricted or user.is_ultra_restricted),
            ):
                if holds:
                    sink.give(Role(user.id, role))


def _who(user: User) -> Who:
    profile = user.profile
    name = user.real_name or profile.real_name or profile.display_name or user.name or ""
    return Who(
        user.id,
        name=name,
        addresses=frozenset({profile.email} if profile.email else ()),
        kind=kind_of_machine(f"{user.name} {name}") if user.is_bot or user.id == "USLACKBOT" else Kind.HUMAN,
        is_outside=user.is_restricted or user.is_ultra_restricted or user.is_stranger,
        zone=None if user.tz_offset is None else user.tz_offset // 60,
    )


def _read_lists(container: Container, sink: Sink) -> dict[str, Space]:
    """The places by the names of their folders: channels by name, direct talk by id."""
    found = {}
    for file, visibility in LISTS.items():
        if file not in container.sizes:
            continue
        for _, channel in Files(container, sink).items(file, Channel):
            space = Space(channel.id, channel.name or channel.id, visibility, frozenset(channel.members))
            found[channel.name or channel.id] = found[channel.id] = sink.place(space)
    return found


def _days(container: Container, sink: Sink, places: dict[str, Space]) -> list[Day]:
    """The files of days in places that may be read, with the place of each.

    A folder that no list names is a channel under a former name. It was public if only public ones were exported.
    """
    only_public = not {"groups.json", "dms.json", "mpims.json"} & container.sizes.keys()
    days = []
    for name in container.sizes:
        match = DAY_FILE.match(name)
        if match is None:
            continue
        folder = match[2]
        space = places.get(folder)
        if space is None:
            visibility = Visibility.PUBLIC if only_public else Visibility.PRIVATE
            space = places[folder] = sink.place(Space(folder, visibility=visibility))
        if sink.keeps(space):
            days.append(Day(name, space))
        else:
            _withhold(container, sink, name)
    return days


def _withhold(container: Container, sink: Sink, name: str) -> None:
    """Count the messages of a private day, and read nothing of them."""
    sink.withhold(sum(1 for _ in Files(container, sink).items(name, Unread)))


def _read_alone(container: Container, sink: Sink, days: list[Day]) -> dict[str, str]:
    reader = Days(sink)
    for day in days:
        try:
            reader.read(container.read(day.name), day.space, day.name)
        except Damaged as error:
            sink.missed(day.name, str(error))
    return reader.renamed
