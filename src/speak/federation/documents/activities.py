"""Activities: what an actor elsewhere says it did. Pure."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import TypeAlias

from speak.federation.documents.audience import Addressed, addressed_in
from speak.federation.documents.languages import plain
from speak.federation.documents.nodes import Malformed, Node

MAX_FLAGGED, MAX_WORDS, MAX_EMOJI = 100, 5000, 60
EMOJI_NAME = re.compile(r":(?P<name>[A-Za-z0-9_+-]{1,50})(?:@[A-Za-z0-9.:-]{1,253})?:", re.ASCII)
PLAIN_LIKES = ("\N{HEAVY BLACK HEART}", "\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}", "\N{THUMBS UP SIGN}")


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
    """Says yes to what was asked by the activity with this id; its kind and actor where it is embedded.

    `result_uri` is where a stamp stands, for what needs one.
    """

    asked_uri: str
    kind: str = ""
    asker_uri: str = ""
    result_uri: str = ""


@dataclass(frozen=True, slots=True)
class Reject(_Heading):
    """Says no to it, or ends it."""

    asked_uri: str
    kind: str = ""
    asker_uri: str = ""
    result_uri: str = ""


@dataclass(frozen=True, slots=True)
class QuoteRequest(_Heading):
    """Asks whether a post of theirs may show `object_uri`. `post` is not parsed yet; empty where not embedded."""

    object_uri: str
    post_uri: str
    post: Node | None


@dataclass(frozen=True, slots=True)
class Move(_Heading):
    """Says that `object_uri` lives at `target_uri` from now on."""

    object_uri: str
    target_uri: str


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
    """Thanks for a post, perhaps with an emoji."""

    object_uri: str
    emoji: str = ""


@dataclass(frozen=True, slots=True)
class Block(_Heading):
    """Does not want to hear somebody, or be heard."""

    object_uri: str


@dataclass(frozen=True, slots=True)
class Flag(_Heading):
    """Complains about an actor and posts of theirs, by their ids, in plain words."""

    object_uris: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Add(_Heading):
    """Puts something into a collection."""

    object_uri: str
    target_uri: str


@dataclass(frozen=True, slots=True)
class Remove(_Heading):
    """Takes something out of a collection."""

    object_uri: str
    target_uri: str


@dataclass(frozen=True, slots=True)
class Other(_Heading):
    """Anything else; taken and ignored."""

    kind: str


Activity: TypeAlias = (
    Follow
    | Accept
    | Reject
    | Undo
    | Create
    | Update
    | Delete
    | Announce
    | Like
    | Block
    | Flag
    | Add
    | Remove
    | QuoteRequest
    | Move
    | Other
)


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


def _parsed(kind: str, node: Node, heading: tuple[str, str]) -> Activity:  # noqa: C901, PLR0911, PLR0912 - one line per kind
    match kind:
        case "Follow":
            return Follow(*heading, node.uri("object"))
        case "Accept" | "Reject":
            asked = _object(node)
            made = Accept if kind == "Accept" else Reject
            kinds = asked.kinds()
            asker_uri, result_uri = asked.uri_or_none("actor"), node.uri_or_none("result")
            return made(*heading, _id_if_any(asked), kinds[0] if kinds else "", asker_uri, result_uri)
        case "QuoteRequest":
            return QuoteRequest(*heading, node.uri("object"), node.uri("instrument"), _embedded(node, "instrument"))
        case "Move":
            return Move(*heading, node.uri("object"), node.uri("target"))
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
            return Like(*heading, node.uri("object"), emoji_of(node))
        case "Block":
            return Block(*heading, node.uri("object"))
        case "Add" | "Remove" if node.uri_or_none("target"):
            moved = Add if kind == "Add" else Remove
            return moved(*heading, node.uri("object"), node.uri_or_none("target"))
        case "Flag":
            return Flag(*heading, node.uris("object")[:MAX_FLAGGED], node.text("content", most=MAX_WORDS))
        case _:
            return Other(*heading, kind[:50])


def emoji_of(node: Node) -> str:
    """The emoji of a reaction (FEP-c0e0), or the :name: of a picture that stands for one; empty for a plain like.

    Misskey writes it as `_misskey_reaction` too. A heart and a thumb are how a plain like looks there.
    """
    found = plain(node.text("content", most=200) or node.text("_misskey_reaction", most=200))
    if not found or found in PLAIN_LIKES or len(found) > MAX_EMOJI:
        return ""
    is_name = EMOJI_NAME.fullmatch(found)
    if is_name:
        return f":{is_name['name']}:"
    return "" if any(letter.isalnum() or letter.isspace() for letter in found) else found


def _object(node: Node) -> Node:
    found = node.first("object")
    if found is None:
        raise Malformed("object", "is missing")
    return found


def _id_if_any(node: Node) -> str:
    return node.uri_or_none("id") if node.is_object else node.as_uri()


def _embedded(node: Node, name: str = "object") -> Node | None:
    found = node.first(name)
    return found if found is not None and found.is_object and found.kinds() else None
