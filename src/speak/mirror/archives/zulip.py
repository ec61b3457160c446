"""Zulip's own export: `realm.json`, `messages-000001.json` and on. In a topic only quotations say what answers what.

As written by zulip/zulip, zerver/lib/export.py. What somebody has read stands there too (`zerver_usermessage`); it is
left alone.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

import msgspec

from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import Files
from speak.mirror.archives.said import Role, Said, Space, Who
from speak.mirror.archives.sink import Sink
from speak.mirror.archives.words import length
from speak.mirror.table import Kind, ParentKind, Visibility

MESSAGES = re.compile(r"^messages-\d+\.json$")
QUOTED = re.compile(r"(?:^@_\*\*[^\n]*\[said\][^\n]*\n)?^(`{3,})quote\n.*?^\1$", re.DOTALL | re.MULTILINE)
QUOTES = re.compile(r"\[said\]\([^)\s]*?/near/(\d+)\)")
MENTION = re.compile(r"@\*\*([^*|\n]+)(?:\|(\d+))?\*\*")
STREAM = 2
ROLES = {100: "owner", 200: "admin", 300: "moderator", 600: "guest"}
GUEST = 600
RESOLVED = "✔ "
SECOND = 1_000_000


class User(msgspec.Struct):
    """Somebody, in `zerver_userprofile`."""

    id: int
    full_name: str = ""
    email: str = ""
    delivery_email: str | None = None
    is_bot: bool = False
    role: int = 400
    date_joined: float | None = None


class Stream(msgspec.Struct):
    """A channel, in `zerver_stream`."""

    id: int
    name: str = ""
    invite_only: bool = False


class Recipient(msgspec.Struct):
    """What a message is addressed to: 1 one person, 2 a stream, 3 a few people."""

    id: int
    type: int
    type_id: int


class Subscription(msgspec.Struct):
    """Who reads what is addressed there."""

    user_profile: int
    recipient: int
    active: bool = True


class Reaction(msgspec.Struct):
    """Who reacted to what."""

    message: int
    user_profile: int


class Realm(msgspec.Struct):
    """What is read of `realm.json`."""

    zerver_userprofile: list[User] = []
    zerver_userprofile_mirrordummy: list[User] = []
    zerver_userprofile_crossrealm: list[User] = []
    zerver_stream: list[Stream] = []
    zerver_recipient: list[Recipient] = []
    zerver_subscription: list[Subscription] = []
    zerver_reaction: list[Reaction] = []


class Message(msgspec.Struct):
    """A message, in `zerver_message`."""

    id: int
    sender: int
    recipient: int
    date_sent: float
    subject: str = ""
    content: str = ""
    last_edit_time: float | None = None


@dataclass
class House:
    """What of the realm is needed to read its messages."""

    spaces: dict[int, Space] = field(default_factory=dict)
    streams: set[int] = field(default_factory=set)
    reactions: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, str] = field(default_factory=dict)


def recognizes(container: Container) -> bool:
    """Whether both kinds of files are there."""
    return "realm.json" in container.sizes and any(MESSAGES.match(name) for name in container.sizes)


def read(container: Container, sink: Sink) -> None:
    """Read the realm, then the messages."""
    files = Files(container, sink)
    house = _house(files.whole("realm.json", Realm) or Realm(), sink)
    for name in filter(MESSAGES.match, container.named(".json")):
        for place, message in files.items(name, Message, key="zerver_message"):
            space = house.spaces.get(message.recipient)
            if space is None:
                sink.missed(place, "addressed to a place that the export does not list")
            elif not sink.keeps(space):
                sink.withhold()
            else:
                _say(message, space, house=house, sink=sink)


def _house(realm: Realm, sink: Sink) -> House:
    house = House()
    for user in realm.zerver_userprofile + realm.zerver_userprofile_mirrordummy + realm.zerver_userprofile_crossrealm:
        _introduce(user, sink)
        house.by_name[user.full_name] = str(user.id)
    members = defaultdict(set)
    for subscription in realm.zerver_subscription:
        if subscription.active:
            members[subscription.recipient].add(str(subscription.user_profile))
    streams = {stream.id: stream for stream in realm.zerver_stream}
    for recipient in realm.zerver_recipient:
        readers = frozenset(members[recipient.id])
        stream = streams.get(recipient.type_id) if recipient.type == STREAM else None
        if stream is None:
            space = Space(f"direct/{recipient.id}", visibility=Visibility.DIRECT, members=readers)
        else:
            visibility = Visibility.PRIVATE if stream.invite_only else Visibility.PUBLIC
            space = Space(str(stream.id), stream.name, visibility, readers)
            house.streams.add(recipient.id)
        house.spaces[recipient.id] = sink.place(space)
    for reaction in realm.zerver_reaction:
        house.reactions[reaction.message].append(reaction.user_profile)
    return house


def _introduce(user: User, sink: Sink) -> None:
    raw, address = str(user.id), user.delivery_email or user.email
    sink.introduce(
        Who(
            raw,
            name=user.full_name,
            addresses=frozenset({address} if address else ()),
            kind=Kind.BOT if user.is_bot else Kind.HUMAN,
            is_outside=user.role == GUEST,
            joined=None if user.date_joined is None else int(user.date_joined * SECOND),
        )
    )
    if user.role in ROLES:
        sink.give(Role(raw, ROLES[user.role]))


def _say(message: Message, space: Space, *, house: House, sink: Sink) -> None:
    topic = message.subject.removeprefix(RESOLVED) if message.recipient in house.streams else ""
    quoted = QUOTES.search(message.content)
    said = Said(
        str(message.id),
        space.id,
        str(message.sender),
        int(round(message.date_sent, 6) * SECOND),
        len=length(QUOTED.sub("", message.content)),
        thread=f"{space.id}/{topic}",
        edited=message.last_edit_time is not None,
    )
    if quoted:
        said.parent, said.how = quoted[1], ParentKind.QUOTE
    sink.say(said)
    named = (raw or house.by_name.get(name) for name, raw in MENTION.findall(QUOTED.sub("", message.content)))
    sink.mention(said, [raw for raw in named if raw])
    sink.react(said, [str(who) for who in house.reactions.pop(message.id, ())])
