"""Viva Engage's (Yammer's) network export: CSV files in UTF-8 with a mark. Reactions are not in it.

Columns as in https://learn.microsoft.com/rest/api/yammer/network-data-export. Long ranges fail there, so people fetch
days that overlap: a message stands in the table once. Earlier wordings (`MessageVersions.csv`) are not read.
"""

import csv
import datetime as dt
import io
import re
import sys
from collections.abc import Iterator

from speak.mirror.archives.containers import Container
from speak.mirror.archives.files import head
from speak.mirror.archives.said import Belonging, Role, Said, Space, Who, micros
from speak.mirror.archives.sink import Sink
from speak.mirror.archives.words import length
from speak.mirror.errors import Damaged
from speak.mirror.table import Kind, ParentKind, Visibility

NAMED = re.compile(r"\[\[user:(\d+)\]\]")
EVERYONE = "all"
LONGEST_FIELD = 16 * 1024 * 1024
Row = dict[str, str]


def recognizes(container: Container) -> bool:
    """Whether there is a file of messages with Yammer's columns."""
    return any(b"replied_to_id" in head(container, name) for name in container.named("Messages.csv"))


def read(container: Container, sink: Sink) -> None:
    """Read people and groups, then what was said."""
    for place, row in _rows(container, sink, "Users.csv"):
        try:
            _introduce(row, sink)
        except (KeyError, ValueError):
            sink.missed(place, "a person without an id, or with a time that is none")
    for _, row in _rows(container, sink, "Admins.csv"):
        sink.give(Role(row.get("user_id") or row.get("id", ""), "admin"))
    sink.place(Space(EVERYONE, "All Company"))
    for place, row in _rows(container, sink, "Groups.csv"):
        if row.get("id") and "private" in row:
            is_private = row["private"].casefold() != "false"
            visibility = Visibility.PRIVATE if is_private else Visibility.PUBLIC
            sink.place(Space(row["id"], row.get("name", ""), visibility))
        else:
            sink.missed(place, "a group without an id, or that does not say whether it is private")
    for place, row in _rows(container, sink, "Messages.csv"):
        space = _space_of(row, sink)
        if not sink.keeps(space):
            sink.withhold()
            continue
        try:
            _say(row, space, sink)
        except (KeyError, ValueError):
            sink.missed(place, "a row without an id, an author or a time")


def _rows(container: Container, sink: Sink, ending: str) -> Iterator[tuple[str, Row]]:
    """Each row of each file of that name, in every folder."""
    csv.field_size_limit(min(LONGEST_FIELD, sys.maxsize))
    for name in container.named(ending):
        if name.rpartition("/")[2] != ending:
            continue
        number = 0
        try:
            with container.open(name) as stream:
                text = io.TextIOWrapper(stream, "utf-8-sig", errors="replace", newline="")
                for number, row in enumerate(csv.DictReader(text)):
                    yield f"{name}[{number}]", {key: value or "" for key, value in row.items() if key}
        except Damaged as error:
            sink.missed(name, str(error))
        except csv.Error:
            sink.missed(f"{name}[{number + 1}]", "a field that is too long, or no CSV, from here on")


def _introduce(row: Row, sink: Sink) -> None:
    joined = _moment(row.get("joined_at", ""))
    address = row.get("email", "")
    sink.introduce(Who(row["id"], row.get("name", ""), frozenset({address} if address else ()), joined=joined))
    if row.get("department"):
        sink.roster.belongings.add(Belonging(row["id"], row["department"]))


def _space_of(row: Row, sink: Sink) -> Space:
    if row.get("in_private_conversation", "").casefold() == "true":
        people = frozenset(part.partition(":")[2] for part in row.get("participants", "").split(",") if ":" in part)
        thread = row.get("thread_id", "")
        return sink.place(Space(f"direct/{thread}", visibility=Visibility.DIRECT, members=people))
    group = row.get("group_id") or EVERYONE
    known = sink.roster.spaces.get(group)
    # A group that is in no list is one that whoever exported could not see.
    return known or sink.place(Space(group, visibility=Visibility.PRIVATE))


def _say(row: Row, space: Space, sink: Sink) -> None:
    at = _moment(row["created_at"])
    if at is None or not row["id"] or not row["sender_id"]:
        raise ValueError(row.keys())
    answers = row.get("replied_to_id", "")
    said = Said(
        row["id"],
        space.id,
        row["sender_id"],
        at,
        len=length(NAMED.sub("", row.get("body", ""))),
        thread=row.get("thread_id") or row["id"],
        parent=answers,
        how=ParentKind.REPLY if answers else ParentKind.NONE,
        kind=Kind.SYSTEM if row.get("message_type") == "system" else Kind.HUMAN,
        deleted=_moment(row.get("deleted_at", "")) is not None,
    )
    sink.say(said)
    if said.kind is not Kind.SYSTEM and not said.deleted:
        sink.mention(said, NAMED.findall(row.get("body", "")))


def _moment(text: str) -> int | None:
    if not text or text == "null":
        return None
    cleaned = text.replace("/", "-").removesuffix(" UTC").replace(" +0000", "+00:00")
    return micros(dt.datetime.fromisoformat(cleaned))
