"""Mattermost's bulk export: one JSON object a line; answers stand inside the line of what they answer, ids nowhere.

Fields as in mattermost/mattermost, server/channels/app/imports/import_types.go.
"""

import zlib
from collections.abc import Iterator

import msgspec

from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import Files, head
from speak.mirror.archives.said import Answered, Belonging, Role, Said, Space, Who
from speak.mirror.archives.sink import Sink
from speak.mirror.archives.words import length, mentions
from speak.mirror.table import Kind, ParentKind, ResponseKind, Visibility

MILLI = 1000
NOTHING = msgspec.Raw()
ENDINGS = (".jsonl", ".json")
NO_CONVERSATION = frozenset({"version", "scheme", "role", "emoji", "bot", "preference", "direct_channel"})
EVERYBODY = frozenset({"all", "channel", "here"})


class Reaction(msgspec.Struct):
    """A reaction; when it was made is told."""

    user: str
    create_at: int | None = None


class Post(msgspec.Struct):
    """A message in a channel, or between a few; or an answer, which has fewer of these fields."""

    user: str
    create_at: int
    message: str = ""
    team: str = ""
    channel: str = ""
    channel_members: list[str] = []
    type: str | None = None
    edit_at: int | None = None
    props: dict[str, msgspec.Raw] | None = None
    reactions: list[Reaction] | None = None
    replies: list["Post"] | None = None


class Channel(msgspec.Struct):
    """A channel: O is open, P private."""

    team: str
    name: str
    display_name: str = ""
    type: str = "O"


class InTeam(msgspec.Struct):
    """Somebody in a team, and in which of its channels."""

    name: str
    roles: str = ""
    channels: "list[InTeam] | None" = None


class User(msgspec.Struct):
    """Somebody."""

    username: str
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    roles: str = ""
    teams: list[InTeam] | None = None


class Line(msgspec.Struct):
    """One line: what kind it is, and what it holds under that name."""

    type: str
    team: msgspec.Raw = NOTHING
    channel: Channel | None = None
    user: User | None = None
    post: Post | None = None
    direct_post: Post | None = None


def recognizes(container: Container) -> bool:
    """Whether a file begins with the line that tells the version."""
    return bool(_exports(container))


def read(container: Container, sink: Sink) -> None:
    """Read the people and places, which stand first, then what was said."""
    for name in _exports(container):
        for place, line in Files(container, sink).json_lines(name, Line):
            if line.user:
                _introduce(line.user, sink)
            elif line.channel:
                _place(line.channel, sink)
            elif line.post or line.direct_post:
                _read_post(line, sink)
            elif line.type not in NO_CONVERSATION and not bytes(line.team):
                sink.missed(place, "a kind of line that is not known here")


def _exports(container: Container) -> list[str]:
    return [name for name in container.named(*ENDINGS) if _begins_so(container, name)]


def _begins_so(container: Container, name: str) -> bool:
    try:
        first = msgspec.json.decode(head(container, name).partition(b"\n")[0], type=Line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return first.type == "version"


def _introduce(user: User, sink: Sink) -> None:
    roles = set(user.roles.split())
    sink.introduce(
        Who(
            user.username,
            name=f"{user.first_name} {user.last_name}".strip(),
            addresses=frozenset({user.email} if user.email else ()),
            is_outside="system_guest" in roles,
        )
    )
    for stated, role in (("system_admin", "admin"), ("system_guest", "guest")):
        if stated in roles:
            sink.give(Role(user.username, role))
    for team in user.teams or ():
        sink.roster.belongings.add(Belonging(user.username, team.name))
        for channel in team.channels or ():
            space = sink.roster.spaces.get(f"{team.name}/{channel.name}")
            if space is not None:
                space.members |= {user.username}


def _place(channel: Channel, sink: Sink) -> None:
    visibility = Visibility.PUBLIC if channel.type == "O" else Visibility.PRIVATE
    sink.place(Space(f"{channel.team}/{channel.name}", channel.display_name or channel.name, visibility))


def _read_post(line: Line, sink: Sink) -> None:
    post = line.post or line.direct_post
    if post is None:
        return
    if line.post:
        space_id = f"{post.team}/{post.channel}"
        space = sink.roster.spaces.get(space_id) or sink.place(Space(space_id, visibility=Visibility.PRIVATE))
    else:
        members = frozenset(post.channel_members)
        space = sink.place(Space(f"direct/{','.join(sorted(members))}", visibility=Visibility.DIRECT, members=members))
    if not sink.keeps(space):
        sink.withhold(1 + len(post.replies or ()))
        return
    opener = _id_of(post, space)
    for said, spoken in _said(post, space):
        if spoken is not post:
            said.thread = said.parent = opener
            said.how = ParentKind.THREAD
        sink.say(said)
        if said.kind is not Kind.SYSTEM:
            named = [name for name in mentions(spoken.message) if name not in EVERYBODY]
            sink.mention(said, [name for name in named if name in sink.roster.people])
        for reaction in spoken.reactions or ():
            at = None if reaction.create_at is None else reaction.create_at * MILLI
            sink.answer(Answered(said.id, reaction.user, said.who, ResponseKind.REACTION, at))


def _said(post: Post, space: Space) -> Iterator[tuple[Said, Post]]:
    """The message and its answers."""
    for spoken in (post, *(post.replies or ())):
        yield (
            Said(
                _id_of(spoken, space),
                space.id,
                spoken.user,
                spoken.create_at * MILLI,
                len=length(spoken.message),
                kind=_kind(spoken),
                edited=bool(spoken.edit_at),
            ),
            spoken,
        )


def _id_of(post: Post, space: Space) -> str:
    """Who, where and when, and a sum over the words: two messages of one millisecond stay two."""
    return f"{space.id}/{post.create_at}/{post.user}/{zlib.crc32(post.message.encode()):08x}"


def _kind(post: Post) -> Kind:
    if (post.type or "").startswith("system_"):
        return Kind.SYSTEM
    props = post.props or {}
    stated = (bytes(props[name]) for name in ("from_bot", "from_webhook") if name in props)
    return Kind.BOT if any(value in {b'"true"', b"true"} for value in stated) else Kind.HUMAN
