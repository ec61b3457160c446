"""Microsoft Teams: what Graph answers (`getAllMessages`, camelCase), and the administrators' export, in PascalCase.

A message's id is its time in milliseconds, and unique in its channel or chat only. An answer names the message that
opened the thread: there are two levels. Fields as in https://learn.microsoft.com/graph/api/resources/chatmessage.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TypeVar

import msgspec

from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import Files, head
from speak.mirror.archives.machines import kind_of_machine
from speak.mirror.archives.said import Answered, Belonging, Role, Said, Space, Who, micros
from speak.mirror.archives.sink import Quiet, Sink
from speak.mirror.archives.words import length_of_html
from speak.mirror.table import Kind, ParentKind, ResponseKind, Visibility

LOOKS_SO = re.compile(rb'"(?:m|M)essageType"\s*:')
EVENTS = frozenset({"unknownFutureValue", "systemEventMessage", "typing", "chatEvent"})
Item = TypeVar("Item")
LISTS = ("channels", "teamMembers_", "teamInstalledApps_", "meetings_", "usersList", "teamsList", "teamsSettings")


class Person(msgspec.Struct, rename="camel"):
    """Somebody."""

    id: str | None = None
    display_name: str | None = None
    user_identity_type: str | None = None
    tenant_id: str | None = None


class From(msgspec.Struct):
    """Who says it: a person, or a program."""

    user: Person | None = None
    application: Person | None = None


class Body(msgspec.Struct):
    """The words."""

    content: str | None = None


class Mention(msgspec.Struct):
    """Whom it names."""

    mentioned: From | None = None


class Reaction(msgspec.Struct, rename="camel"):
    """Who reacted, and when."""

    user: From | None = None
    created_date_time: dt.datetime | None = None


class ChannelIdentity(msgspec.Struct, rename="camel"):
    """In which channel of which team."""

    channel_id: str | None = None
    team_id: str | None = None


class Message(msgspec.Struct, rename="camel"):
    """A message."""

    id: str
    created_date_time: dt.datetime
    message_type: str = "message"
    reply_to_id: str | None = None
    last_edited_date_time: dt.datetime | None = None
    deleted_date_time: dt.datetime | None = None
    chat_id: str | None = None
    body: Body | None = None
    channel_identity: ChannelIdentity | None = None
    mentions: list[Mention] | None = None
    reactions: list[Reaction] | None = None
    sender: From | None = msgspec.field(default=None, name="from")


class Channel(msgspec.Struct, rename="camel"):
    """A channel of a team: standard, private or shared."""

    id: str
    display_name: str = ""
    membership_type: str | None = "standard"


class Member(msgspec.Struct, rename="camel"):
    """Somebody in a team."""

    user_id: str
    role: str | None = None


class Listed(msgspec.Struct, rename="camel"):
    """Somebody in the list of people."""

    id: str
    display_name: str | None = None
    mail: str | None = None
    user_principal_name: str | None = None


def recognizes(container: Container) -> bool:
    """Whether a file holds messages of Teams."""
    return any(LOOKS_SO.search(head(container, name, size=65536)) for name in container.named(".json", ".jsonl")[:200])


def read(container: Container, sink: Sink) -> None:
    """Read the lists, then the messages; chats twice, since only who speaks tells who is in them."""
    files = Files(container, sink)
    names = container.named(".json", ".jsonl")
    for name in names:
        _read_list(name, files, sink)
    rest = [name for name in names if not name.rpartition("/")[2].startswith(LISTS)]
    spoke = defaultdict(set)
    for _, message in _messages(rest, Files(container, Quiet(sink.scratch))):
        place_id = _place_id(message)
        if place_id and message.sender and message.sender.user and message.sender.user.id:
            spoke[place_id].add(message.sender.user.id)
    for place_id, people in spoke.items():
        spoken_in = sink.roster.spaces.get(place_id) or sink.place(Space(place_id, visibility=Visibility.PRIVATE))
        spoken_in.members = frozenset(people)
    for place, message in _messages(rest, files):
        space = _space_of(message, sink)
        if space is None:
            sink.missed(place, "neither in a channel nor in a chat")
        elif not sink.keeps(space):
            sink.withhold()
        else:
            _say(message, space, sink)


def _read_list(name: str, files: Files, sink: Sink) -> None:
    """People, channels and members, each in lists of their own."""
    base = name.rpartition("/")[2]
    if base.startswith("usersList"):
        for person in _camels(files.items(name, msgspec.Raw), Listed, sink):
            addresses = {address for address in (person.mail, person.user_principal_name) if address}
            sink.introduce(Who(person.id, name=person.display_name or "", addresses=frozenset(addresses)))
    elif base.startswith("channels"):
        for channel in _camels(files.items(name, msgspec.Raw, key=_key(name, files)), Channel, sink):
            is_open = channel.membership_type in {None, "standard"}
            visibility = Visibility.PUBLIC if is_open else Visibility.PRIVATE
            sink.place(Space(channel.id, channel.display_name, visibility))
    elif base.startswith("teamMembers_"):
        team = base.removeprefix("teamMembers_").removesuffix(".json")
        for member in _camels(files.items(name, msgspec.Raw), Member, sink):
            sink.roster.belongings.add(Belonging(member.user_id, team))
            if member.role:
                sink.give(Role(member.user_id, member.role))


def _camels(found: Iterator[tuple[str, msgspec.Raw]], kind: type[Item], sink: Sink) -> Iterator[Item]:
    for place, raw in found:
        item = _camel(raw, kind, place=place, sink=sink)
        if item is not None:
            yield item


def _messages(names: list[str], files: Files) -> Iterator[tuple[str, Message]]:
    for name in names:
        if name.endswith(".jsonl"):
            found = files.json_lines(name, msgspec.Raw)
        else:
            found = files.items(name, msgspec.Raw, key=_key(name, files))
        for place, raw in found:
            message = _camel(raw, Message, place=place, sink=files.sink)
            if message is not None:
                yield place, message


def _key(name: str, files: Files) -> str:
    """Graph wraps what it answers."""
    return "" if files.head(name, size=16).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[") else "value"


def _place_id(message: Message) -> str:
    channel = message.channel_identity.channel_id if message.channel_identity else ""
    return message.chat_id or channel or ""


def _space_of(message: Message, sink: Sink) -> Space | None:
    """Where it was said; a channel that is in no list may be anything, and is private."""
    place_id = _place_id(message)
    if not place_id:
        return None
    known = sink.roster.spaces.get(place_id) or sink.place(Space(place_id, visibility=Visibility.PRIVATE))
    if message.chat_id:
        known.visibility = Visibility.DIRECT
    return known


def _say(message: Message, space: Space, sink: Sink) -> None:
    who, kind = _who(message.sender, sink)
    if message.message_type in EVENTS or not who:
        kind = Kind.SYSTEM
    opener = f"{space.id}/{message.reply_to_id}" if message.reply_to_id else ""
    said = Said(
        f"{space.id}/{message.id}",
        space.id,
        who or "teams",
        micros(message.created_date_time),
        len=length_of_html(message.body.content or "") if message.body else 0,
        thread=opener,
        parent=opener,
        how=ParentKind.THREAD if opener else ParentKind.NONE,
        kind=kind,
        edited=message.last_edited_date_time is not None,
        deleted=message.deleted_date_time is not None,
    )
    sink.say(said)
    if kind is Kind.SYSTEM or said.deleted:
        return
    named = (_who(mention.mentioned, sink)[0] for mention in message.mentions or ())
    sink.mention(said, [raw for raw in named if raw])
    for reaction in message.reactions or ():
        reactor = _who(reaction.user, sink)[0]
        if reactor:
            at = None if reaction.created_date_time is None else micros(reaction.created_date_time)
            sink.answer(Answered(said.id, reactor, said.who, ResponseKind.REACTION, at))


def _who(sender: From | None, sink: Sink) -> tuple[str, Kind]:
    """Somebody by their id, and whether that is a machine; empty for nobody."""
    if sender is None:
        return "", Kind.SYSTEM
    person, is_machine = (sender.user, False) if sender.user else (sender.application, True)
    if person is None or not person.id:
        return "", Kind.SYSTEM
    kind = kind_of_machine(person.display_name or "") if is_machine else Kind.HUMAN
    known = sink.know(person.id, kind=kind)
    known.name = known.name or person.display_name or ""
    if person.user_identity_type and not is_machine:
        known.is_outside = person.user_identity_type != "aadUser"
    return person.id, kind


def _camel(raw: msgspec.Raw, kind: type[Item], *, place: str, sink: Sink) -> Item | None:
    try:
        return msgspec.convert(_lowered(msgspec.json.decode(raw)), kind, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError):
        sink.missed(place, "not of the expected shape")
        return None


def _lowered(found: object) -> object:
    """The same with every name in camelCase."""
    if isinstance(found, dict):
        return {name[:1].lower() + name[1:]: _lowered(value) for name, value in found.items()}
    if isinstance(found, list):
        return [_lowered(value) for value in found]
    return found
