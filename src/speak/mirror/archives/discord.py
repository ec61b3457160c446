"""What DiscordChatExporter writes as JSON: one file for each channel or thread.

Fields as in Tyrrrz/DiscordChatExporter, JsonMessageWriter.cs. The time of a message is in its id; the one
beside it stands in the clock of whoever exported.
"""

import re

import msgspec
from django.utils.translation import gettext as _

from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import Files, head
from speak.mirror.archives.machines import kind_of_machine
from speak.mirror.archives.said import Role, Said, Space, Who
from speak.mirror.archives.sink import Quiet, Sink
from speak.mirror.archives.words import length
from speak.mirror.table import Kind, ParentKind, Visibility

HEAD = 65536
MESSAGES_BEGIN = re.compile(rb',?\s*"(?:dateRange|messages)"\s*:')
EPOCH_MS = 1420070400000  # https://discord.com/developers/docs/reference#snowflakes
SPOKEN = frozenset({"Default", "Reply", "ChatInputCommand", "ContextMenuCommand", "0", "19", "20", "23"})
QUOTED = re.compile(r"^>.*$", re.MULTILINE)


class Rank(msgspec.Struct):
    """What somebody is on a server of Discord's."""

    name: str = ""


class Author(msgspec.Struct):
    """Somebody."""

    id: str
    name: str = ""
    nickname: str | None = None
    isBot: bool = False  # noqa: N815 - as it is written there
    roles: list[Rank] = []


class Reaction(msgspec.Struct):
    """Who reacted in one way; when is not said."""

    users: list[Author] = []


class Reference(msgspec.Struct):
    """What a message answers, or passes on."""

    type: str | None = None
    messageId: str | None = None  # noqa: N815


class Message(msgspec.Struct):
    """A message."""

    id: str
    author: Author
    type: str = "Default"
    content: str = ""
    timestampEdited: str | None = None  # noqa: N815
    reactions: list[Reaction] = []
    mentions: list[Author] = []
    reference: Reference | None = None


class Channel(msgspec.Struct):
    """A channel; of a thread, `category` is the channel it stands in."""

    id: str
    type: str = ""
    name: str | None = None
    categoryId: str | None = None  # noqa: N815
    category: str | None = None


class Top(msgspec.Struct):
    """What stands above the messages."""

    guild: msgspec.Raw
    channel: Channel


def recognizes(container: Container) -> bool:
    """Whether a file begins with a server and a channel of it."""
    return any(_top(container, name) for name in container.named(".json"))


def read(container: Container, sink: Sink) -> None:
    """Read each channel."""
    files = Files(container, sink)
    sink.remark(_("The export does not say which channels were closed to some; all but private threads count as open."))
    for name in container.named(".json"):
        top = _top(container, name)
        if top is None:
            sink.missed(name, "not a channel as DiscordChatExporter writes it")
            continue
        space, thread = _place(top.channel, sink)
        if space.visibility != Visibility.PUBLIC:
            first = Files(container, Quiet(sink.scratch)).items(name, Message, key="messages")
            space.members = frozenset(message.author.id for _, message in first)
        threads: dict[str, str] = {}
        for place, message in files.items(name, Message, key="messages"):
            if not sink.keeps(space):
                sink.withhold()
            elif not message.id.isdecimal():
                sink.missed(place, "an id that is none")
            else:
                _say(message, space, thread, threads=threads, sink=sink)


def _top(container: Container, name: str) -> Top | None:
    found = head(container, name, size=HEAD).removeprefix(b"\xef\xbb\xbf")
    match = MESSAGES_BEGIN.search(found)
    try:
        return msgspec.json.decode(found[: match.start()] + b"}", type=Top) if match else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _place(channel: Channel, sink: Sink) -> tuple[Space, str]:
    """Where it was said, and in which thread; a thread belongs to its channel."""
    if "Thread" in channel.type and channel.categoryId:
        is_private = "Private" in channel.type
        space_id = channel.id if is_private else channel.categoryId
        visibility = Visibility.PRIVATE if is_private else Visibility.PUBLIC
        return sink.place(Space(space_id, channel.category or space_id, visibility)), channel.id
    visibility = Visibility.DIRECT if channel.type.startswith("Direct") else Visibility.PUBLIC
    return sink.place(Space(channel.id, channel.name or channel.id, visibility)), ""


def _say(message: Message, space: Space, thread: str, *, threads: dict[str, str], sink: Sink) -> None:
    who = _introduce(message.author, sink)
    said = Said(
        message.id,
        space.id,
        who,
        ((int(message.id) >> 22) + EPOCH_MS) * 1000,
        len=length(QUOTED.sub("", message.content)),
        thread=thread,
        edited=message.timestampEdited is not None,
        kind=Kind.HUMAN if message.type in SPOKEN else Kind.SYSTEM,
    )
    reference = message.reference
    if message.type in {"Reply", "19"} and reference and reference.messageId and reference.type in {None, "Default"}:
        said.parent, said.how = reference.messageId, ParentKind.REPLY
        said.thread = thread or threads.get(said.parent, said.parent)
        threads[said.id] = said.thread
    sink.say(said)
    if said.kind is not Kind.SYSTEM:
        sink.mention(said, [_introduce(named, sink) for named in message.mentions])
        people = (who for reaction in message.reactions for who in reaction.users)
        sink.react(said, [_introduce(person, sink) for person in people])


def _introduce(author: Author, sink: Sink) -> str:
    known = sink.roster.people.get(author.id)
    if known is None or not known.name:
        name = author.nickname or author.name
        sink.introduce(Who(author.id, name=name, kind=kind_of_machine(name) if author.isBot else Kind.HUMAN))
    for rank in author.roles:
        sink.give(Role(author.id, rank.name))
    return author.id
