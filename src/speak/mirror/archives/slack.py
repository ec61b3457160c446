"""Slack's export: lists of channels and people, and for each channel a folder with a file for each day.

Exports of everything add `groups.json` (private channels), `dms.json` and `mpims.json`. Large archives are read by
several processes, each with days of its own.
"""

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import Files
from speak.mirror.archives.machines import kind_of_machine
from speak.mirror.archives.said import Role, Space, Who
from speak.mirror.archives.sink import Sink
from speak.mirror.archives.slack_days import Days
from speak.mirror.archives.slack_together import Day, read_together
from speak.mirror.archives.sources import Zip
from speak.mirror.archives.streams import MIB
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
    """Read the lists, then the days; days in folders that no list names last, since others tell what they were."""
    _read_users(container, sink)
    places = _read_lists(container, sink)
    folders = {name: match[2] for name in container.sizes if (match := DAY_FILE.match(name))}
    listed = [Day(name, places[folder]) for name, folder in folders.items() if folder in places]
    renamed = _read_days(container, sink, listed)
    former = {
        folder: _former(folder, renamed, container=container, sink=sink)
        for folder in sorted(set(folders.values()) - places.keys())
    }
    _read_days(container, sink, [Day(name, former[folder]) for name, folder in folders.items() if folder in former])


def _former(folder: str, renamed: dict[str, str], *, container: Container, sink: Sink) -> Space:
    """A place under a name that no list has: a former name of a channel, or one that is gone.

    Of one that is gone nobody knows whether it was private; it was not if only public ones were exported.
    """
    now = sink.roster.spaces.get(renamed.get(folder, ""))
    if now is not None:
        return sink.place(Space(folder, visibility=now.visibility, members=now.members, stands_for=now.id))
    only_public = not {"groups.json", "dms.json", "mpims.json"} & container.sizes.keys()
    return sink.place(Space(folder, visibility=Visibility.PUBLIC if only_public else Visibility.PRIVATE))


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


def _read_days(container: Container, sink: Sink, days: list[Day]) -> dict[str, str]:
    """Read what may be read; returns what channels were called before."""
    kept = [day for day in days if sink.keeps(day.space)]
    for day in days:
        if not sink.keeps(day.space):
            _withhold(container, sink, day.name)
    if isinstance(container.source, Zip) and sum(container.sizes[day.name] for day in kept) > ALONE_UP_TO:
        return read_together(container, sink, source=container.source, days=kept)
    return _read_alone(container, sink, kept)


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
