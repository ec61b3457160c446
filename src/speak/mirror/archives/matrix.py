"""Matrix: Element's export of a room (`export.json`), or events as servers give them, in an array or under `chunk`.

Events as in https://spec.matrix.org/latest/client-server-api/. A change of words is an event of its own and no
message; in a thread `m.in_reply_to` may only be there for apps that know no threads, and then answers nobody.
"""

import re
from collections.abc import Iterator

import msgspec

from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import Files, head
from speak.mirror.archives.said import Answered, Said, Space
from speak.mirror.archives.sink import Quiet, Sink
from speak.mirror.archives.words import length
from speak.mirror.table import Kind, ParentKind, ResponseKind, Visibility

LOOKS_SO = re.compile(rb'"origin_server_ts"\s*:')
HEAD = 262144
MILLI = 1000
NOTHING = msgspec.Raw()
FALLBACK = re.compile(r"\A(?:> .*\n)+\n?")
PILL = re.compile(r'href="https://matrix\.to/#/(@[^"/?]+)"')
OTHER = frozenset({"m.reaction", "m.room.redaction", "m.room.join_rules", "m.room.encrypted", "m.room.member"})


class InReplyTo(msgspec.Struct):
    """What it answers."""

    event_id: str | None = None


class Relation(msgspec.Struct):
    """How an event relates to another."""

    rel_type: str | None = None
    event_id: str | None = None
    is_falling_back: bool = False
    in_reply_to: InReplyTo | None = msgspec.field(default=None, name="m.in_reply_to")


class Mentions(msgspec.Struct):
    """Whom it names."""

    user_ids: list[str] = []


class Content(msgspec.Struct):
    """What is read of the content of any event."""

    msgtype: str = ""
    body: str = ""
    formatted_body: str = ""
    join_rule: str = ""
    redacts: str = ""
    displayname: str | None = None
    relates_to: Relation | None = msgspec.field(default=None, name="m.relates_to")
    mentions: Mentions | None = msgspec.field(default=None, name="m.mentions")


class Unsigned(msgspec.Struct):
    """What a server adds."""

    redacted_because: msgspec.Raw = NOTHING


class Event(msgspec.Struct):
    """Something that happened in a room."""

    type: str
    event_id: str
    sender: str
    origin_server_ts: int
    room_id: str = ""
    redacts: str = ""
    content: Content = msgspec.field(default_factory=Content)
    unsigned: Unsigned | None = None


class Room:
    """What is known of a room before it is read: who is in it, whether it is open, what was changed or taken back."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.people: set[str] = set()
        self.visibility = Visibility.PRIVATE
        self.changed: set[str] = set()
        self.redacted: set[str] = set()
        self.authors: dict[str, str] = {}
        self.threads: dict[str, str] = {}


def recognizes(container: Container) -> bool:
    """Whether a file holds events."""
    return any(LOOKS_SO.search(head(container, name, size=HEAD)) for name in _names(container)[:20])


def read(container: Container, sink: Sink) -> None:
    """Read each room twice: first who is in it and what was taken back, then what was said."""
    quiet = Files(container, Quiet(sink.scratch))
    files = Files(container, sink)
    rooms: dict[str, Room] = {}
    for name in _names(container):
        for _, event in _events(name, quiet):
            _look(event, rooms.setdefault(event.room_id or name, Room()))
    for room_id, room in rooms.items():
        sink.place(Space(room_id, visibility=room.visibility, members=frozenset(room.people)))
    for name in _names(container):
        for place, event in _events(name, files):
            room_id = event.room_id or name
            _read_event(event, rooms[room_id], sink.roster.spaces[room_id], place=place, sink=sink)


def _names(container: Container) -> list[str]:
    return container.named(".json", ".jsonl", ".ndjson")


def _events(name: str, files: Files) -> Iterator[tuple[str, Event]]:
    begins = files.head(name, size=HEAD).lstrip()
    if name.endswith(("l", ".ndjson")):
        return files.json_lines(name, Event)
    key = "" if begins.startswith(b"[") else ("chunk" if b'"chunk"' in begins[:HEAD] else "messages")
    return files.items(name, Event, key=key)


def _look(event: Event, room: Room) -> None:
    relation = event.content.relates_to
    if event.type == "m.room.join_rules" and event.content.join_rule == "public":
        room.visibility = Visibility.PUBLIC
    elif event.type == "m.room.redaction":
        room.redacted.add(event.redacts or event.content.redacts)
    elif relation and relation.rel_type == "m.replace" and relation.event_id:
        room.changed.add(relation.event_id)
    elif event.type == "m.room.message":
        room.authors[event.event_id] = event.sender
        if relation and relation.rel_type == "m.thread" and relation.event_id:
            room.threads[event.event_id] = relation.event_id
    room.people.add(event.sender)


def _read_event(event: Event, room: Room, space: Space, *, place: str, sink: Sink) -> None:
    if event.type == "m.room.encrypted":
        sink.leave_out("encrypted: nobody but those in the room can read it")
    elif event.type == "m.room.member":
        known = sink.know(event.sender)
        known.name = known.name or event.content.displayname or ""
    elif event.type == "m.reaction":
        _react(event, room, space=space, sink=sink)
    elif event.type == "m.room.message":
        if not sink.keeps(space):
            sink.withhold()
        elif event.content.relates_to and event.content.relates_to.rel_type == "m.replace":
            sink.leave_out("a later wording of a message that is counted already")
        else:
            _say(event, room, space=space, sink=sink)
    elif event.type not in OTHER and not event.type.startswith(("m.room.", "m.space.", "m.call.", "im.vector.")):
        sink.missed(place, "an event of a kind that is not known here")


def _say(event: Event, room: Room, *, space: Space, sink: Sink) -> None:
    content, relation = event.content, event.content.relates_to
    said = Said(
        event.event_id,
        space.id,
        event.sender,
        event.origin_server_ts * MILLI,
        len=length(FALLBACK.sub("", content.body)),
        kind=Kind.BOT if content.msgtype == "m.notice" else Kind.HUMAN,
        edited=event.event_id in room.changed,
        deleted=event.event_id in room.redacted or bool(event.unsigned and bytes(event.unsigned.redacted_because)),
    )
    if relation:
        _relate(said, relation, room)
    sink.know(event.sender)
    sink.say(said)
    if not said.deleted:
        stated = content.mentions.user_ids if content.mentions else PILL.findall(content.formatted_body)
        sink.mention(said, stated)


def _relate(said: Said, relation: Relation, room: Room) -> None:
    """What it answers: a message if it says so and means it, else the thread it stands in."""
    answers = relation.in_reply_to.event_id if relation.in_reply_to and not relation.is_falling_back else None
    if relation.rel_type == "m.thread" and relation.event_id:
        said.thread = said.parent = relation.event_id
        said.how = ParentKind.THREAD
    if answers:
        said.parent, said.how = answers, ParentKind.REPLY
        said.thread = said.thread or room.threads.get(answers, answers)
        room.threads[said.id] = said.thread


def _react(event: Event, room: Room, *, space: Space, sink: Sink) -> None:
    target = event.content.relates_to.event_id if event.content.relates_to else None
    if target in room.authors and event.event_id not in room.redacted and sink.keeps(space):
        at = event.origin_server_ts * MILLI
        sink.answer(Answered(target, event.sender, room.authors[target], ResponseKind.REACTION, at))
