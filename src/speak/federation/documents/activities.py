"""Activities: what an actor elsewhere says it did. Pure."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

from speak.federation.documents.audience import Addressed, addressed_in
from speak.federation.documents.nodes import Malformed, Node


@dataclass(frozen=True, slots=True)
class _Heading:
    """What every activity carries: its id and who did it."""

    uri: str
    actor_uri: str


@dataclass(frozen=True, slots=True)
class Follow(_Heading):
    """Asks to follow `target_uri`."""

    target_uri: str


@dataclass(frozen=True, slots=True)
class Accept(_Heading):
    """Says yes to the follow with this id; follower and target where it is embedded."""

    follow_uri: str
    follower_uri: str = ""


@dataclass(frozen=True, slots=True)
class Reject(_Heading):
    """Says no to it, or ends it."""

    follow_uri: str
    follower_uri: str = ""


@dataclass(frozen=True, slots=True)
class Undo(_Heading):
    """Takes an activity back; its kind and object where it is embedded."""

    undone_uri: str
    kind: str = ""
    object_uri: str = ""


@dataclass(frozen=True, slots=True)
class Create(_Heading):
    """Says something. `post` is not parsed yet; only its address where it is not embedded."""

    object_uri: str
    post: Node | None
    addressed: Addressed


@dataclass(frozen=True, slots=True)
class Update(_Heading):
    """Says something anew, or changes a profile."""

    object_uri: str
    changed: Node | None


@dataclass(frozen=True, slots=True)
class Delete(_Heading):
    """Takes back a post, or an actor."""

    object_uri: str


@dataclass(frozen=True, slots=True)
class Announce(_Heading):
    """Passes a post on."""

    object_uri: str
    published_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Like(_Heading):
    """Thanks for a post."""

    object_uri: str


@dataclass(frozen=True, slots=True)
class Block(_Heading):
    """Does not want to hear somebody, or be heard."""

    object_uri: str


@dataclass(frozen=True, slots=True)
class Other(_Heading):
    """Anything else; taken and ignored."""

    kind: str


Activity: TypeAlias = Follow | Accept | Reject | Undo | Create | Update | Delete | Announce | Like | Block | Other


def parse_activity(node: Node) -> Activity:
    """An activity from its document.

    Raises:
        Malformed: id, actor, type or what it is about are missing.
    """
    kinds = node.kinds()
    if not kinds:
        raise Malformed("type", "is missing")
    heading = (node.uri("id"), node.uri("actor"))
    return _parsed(kinds[0], node, heading)


def _parsed(kind: str, node: Node, heading: tuple[str, str]) -> Activity:  # noqa: PLR0911 - one line per kind
    match kind:
        case "Follow":
            return Follow(*heading, node.uri("object"))
        case "Accept" | "Reject":
            asked = _object(node)
            made = Accept if kind == "Accept" else Reject
            return made(*heading, _id_if_any(asked), asked.uri_or_none("actor"))
        case "Undo":
            undone = _object(node)
            kinds = undone.kinds()
            return Undo(*heading, _id_if_any(undone), kinds[0] if kinds else "", undone.uri_or_none("object"))
        case "Create":
            return Create(*heading, node.uri("object"), _embedded(node), addressed_in(node))
        case "Update":
            return Update(*heading, node.uri("object"), _embedded(node))
        case "Delete":
            return Delete(*heading, node.uri("object"))
        case "Announce":
            return Announce(*heading, node.uri("object"), node.time("published"))
        case "Like" | "EmojiReact":
            return Like(*heading, node.uri("object"))
        case "Block":
            return Block(*heading, node.uri("object"))
        case _:
            return Other(*heading, kind[:50])


def _object(node: Node) -> Node:
    found = node.first("object")
    if found is None:
        raise Malformed("object", "is missing")
    return found


def _id_if_any(node: Node) -> str:
    return node.uri_or_none("id") if node.is_object else node.as_uri()


def _embedded(node: Node) -> Node | None:
    found = _object(node)
    return found if found.is_object and found.kinds() else None
