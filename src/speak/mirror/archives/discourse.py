"""A Discourse backup: PostgreSQL's dump, `dump.sql.gz`, in a tar. It is read as text; no database is needed.

What is needed to judge a post (its topic, its author) stands after it in the dump, so that the dump is read twice. An
answer to the opening post, or to the post right above, states nothing: such links are guesses.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import Files, head
from speak.mirror.archives.said import Answered, Belonging, Guess, Role, Said, Space, Who, micros
from speak.mirror.archives.sink import Quiet, Sink
from speak.mirror.archives.words import length, mentions
from speak.mirror.table import Kind, ParentKind, ResponseKind, Visibility

DUMPS = ("dump.sql.gz", "dump.sql")
COPY = re.compile(rb"^COPY (?:public\.)?(\w+) \(([^)]*)\) FROM stdin;$")
ESCAPES = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r", "\\b": "\b", "\\f": "\f", "\\v": "\v"}
ESCAPED = re.compile(r"\\[\\tnrbfv]")
QUOTED = re.compile(r"\[quote=[^\]]*\].*?\[/quote\]", re.DOTALL)
REGULAR, LIKE, MANUAL_GROUPS = "1", "2", 100
OPENER = "the post that opened the topic"
Row = dict[str, str]


@dataclass
class Topic:
    """What decides over the posts of a topic."""

    space: str
    is_deleted: bool


@dataclass
class Forum:
    """What is known after the first time through."""

    topics: dict[str, Topic] = field(default_factory=dict)
    allowed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    direct: set[str] = field(default_factory=set)
    by_name: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    groups: dict[str, str] = field(default_factory=dict)
    members: list[tuple[str, str, int | None]] = field(default_factory=list)
    likes: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))


def recognizes(container: Container) -> bool:
    """Whether there is a dump of PostgreSQL's."""
    return any(b"PostgreSQL database dump" in head(container, name) for name in container.named(*DUMPS))


def read(container: Container, sink: Sink) -> None:
    """Read the dump: first people, groups and topics, then posts."""
    files = Files(container, sink)
    for name in container.named(*DUMPS):
        forum = Forum()
        takers = _takers(forum, sink)
        for table, place, row in _rows(name, Files(container, Quiet(sink.scratch)), takers):
            _try(takers[table], row, place=place, sink=sink)
        _place_topics(forum, sink)
        for _, place, row in _rows(name, files, {"posts"}):
            _try(partial(_say, forum=forum, sink=sink), row, place=place, sink=sink)


def _takers(forum: Forum, sink: Sink) -> dict[str, Callable[[Row], None]]:
    """What is done with a row of each table, the first time through."""

    def category(row: Row) -> None:
        is_closed = row.get("read_restricted") == "t"
        visibility = Visibility.PRIVATE if is_closed else Visibility.PUBLIC
        sink.place(Space(row["id"], row.get("name", ""), visibility))

    def topic(row: Row) -> None:
        is_direct = row.get("archetype") == "private_message"
        if is_direct:
            forum.direct.add(row["id"])
        space = f"direct/{row['id']}" if is_direct else row.get("category_id", "")
        forum.topics[row["id"]] = Topic(space, row.get("deleted_at", "") != "")

    def group(row: Row) -> None:
        forum.groups[row["id"]] = row["name"]

    def member(row: Row) -> None:
        forum.members.append((row["user_id"], row["group_id"], _moment(row.get("created_at", ""))))

    def like(row: Row) -> None:
        if row["post_action_type_id"] == LIKE and not row.get("deleted_at"):
            forum.likes[row["post_id"]].append((row["user_id"], _moment(row["created_at"]) or 0))

    return {
        "categories": category,
        "users": partial(_introduce, forum=forum, sink=sink),
        "topics": topic,
        "groups": group,
        "group_users": member,
        "post_actions": like,
        "topic_allowed_users": lambda row: forum.allowed[row["topic_id"]].add(row["user_id"]),
        "user_emails": lambda row: forum.addresses[row["user_id"]].add(row["email"]),
    }


def _introduce(row: Row, *, forum: Forum, sink: Sink) -> None:
    raw = row["id"]
    kind = Kind.BOT if int(raw) < 0 else Kind.HUMAN
    name = row.get("name") or row["username"]
    sink.introduce(Who(raw, name=name, kind=kind, joined=_moment(row["created_at"])))
    forum.by_name[row["username"].casefold()] = raw
    for role in ("admin", "moderator"):
        if row.get(role) == "t":
            sink.give(Role(raw, role))


def _place_topics(forum: Forum, sink: Sink) -> None:
    """Direct talk with those in it, people's addresses and groups, once the whole dump was seen."""
    for topic_id in forum.direct:
        members = frozenset(forum.allowed[topic_id])
        sink.place(Space(f"direct/{topic_id}", visibility=Visibility.DIRECT, members=members))
    for raw, addresses in forum.addresses.items():
        sink.know(raw).addresses = frozenset(addresses)
    for raw, group, since in forum.members:
        sink.roster.belongings.add(Belonging(raw, forum.groups.get(group, group), since))


def _say(row: Row, *, forum: Forum, sink: Sink) -> None:
    topic = forum.topics[row["topic_id"]]
    space = sink.roster.spaces.get(topic.space) or sink.place(Space(topic.space, visibility=Visibility.PRIVATE))
    if row.get("post_type", REGULAR) != REGULAR:
        sink.leave_out("a note of the forum itself, or whispered among moderators")
        return
    if not sink.keeps(space):
        sink.withhold()
        return
    thread, number = f"{row['topic_id']}/1", row["post_number"]
    raw_text = row.get("raw", "")
    said = Said(
        f"{row['topic_id']}/{number}",
        space.id,
        row.get("user_id") or "-1",
        _moment(row["created_at"]) or 0,
        len=length(QUOTED.sub("", raw_text)),
        thread=thread,
        deleted=topic.is_deleted or row.get("deleted_at", "") != "" or row.get("hidden") == "t",
        edited=int(row.get("version") or 1) > 1,
    )
    answers = row.get("reply_to_post_number", "")
    if answers:
        said.parent, said.how = f"{row['topic_id']}/{answers}", ParentKind.REPLY
    elif number != "1":
        sink.guess(Guess(said.id, thread, OPENER, None))
    sink.say(said)
    if said.deleted:
        return
    named = (forum.by_name.get(name.casefold()) for name in mentions(QUOTED.sub("", raw_text)))
    sink.mention(said, [raw for raw in named if raw])
    for who, at in forum.likes.pop(row["id"], ()):
        sink.answer(Answered(said.id, who, said.who, ResponseKind.REACTION, at))


def _rows(
    name: str, files: Files, wanted: "set[str] | dict[str, Callable[[Row], None]]"
) -> Iterator[tuple[str, str, Row]]:
    """Each row of the wanted tables, with its table and place."""
    table, columns = "", [""]
    for number, line in files.lines(name):
        if table:
            if line == b"\\.":
                table = ""
                continue
            if table in wanted:
                fields = line.decode("utf-8", "replace").split("\t")
                if len(fields) == len(columns):
                    yield table, f"{name}:{number}", dict(zip(columns, map(_plain, fields), strict=True))
                else:
                    files.sink.missed(f"{name}:{number}", "a row that is cut off")
        elif line.startswith(b"COPY "):
            match = COPY.match(line)
            if match:
                table = match[1].decode()
                columns = [column.strip().strip('"') for column in match[2].decode().split(",")]


def _try(take: Callable[[Row], None], row: Row, *, place: str, sink: Sink) -> None:
    try:
        take(row)
    except (KeyError, ValueError):
        sink.missed(place, "a row without what it needs, or of a topic that is not there")


def _plain(text: str) -> str:
    """A field of COPY's text form; NULL becomes empty. https://www.postgresql.org/docs/current/sql-copy.html."""
    if text == "\\N":
        return ""
    return ESCAPED.sub(lambda found: ESCAPES[found[0]], text) if "\\" in text else text


def _moment(text: str) -> int | None:
    return micros(dt.datetime.fromisoformat(text)) if text else None
