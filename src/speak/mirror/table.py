"""The one shape that every archive becomes: what each column holds, and its type in DuckDB.

A reading is a folder of Parquet files, one for each table below, named after it: `message.parquet`. Times are whole
microseconds since 1970, UTC. Messages and conversations are numbers, made of what the archive calls them (`NUMBER`).
Text is not kept: of a message's words only their length stays. Whoever measures reads these tables and nothing else;
`person` is the one column that says who somebody is.

`message.parent_id` holds only what was stated: a thread, an answer, a quotation. What was guessed stands apart, in
`inferred`, with the share of guesses of that kind that were right where people checked by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# A message's number, of the text by which its archive knows it. Measures join by it again and again, which costs half
# of what text does. Of ten million messages two share theirs once in 180,000 such archives.
NUMBER: Final = "CREATE OR REPLACE MACRO number(id) AS CAST(hash(id) >> 1 AS BIGINT)"


class ParentKind(StrEnum):
    """How a message says what it answers."""

    THREAD = "thread"  # it stands in the thread that its parent opened
    REPLY = "reply"  # it answers this very message
    QUOTE = "quote"  # it quotes this message
    NONE = "none"  # it says nothing of the kind


class Visibility(StrEnum):
    """Who could read it where it was said."""

    PUBLIC = "public"
    PRIVATE = "private"
    DIRECT = "direct"


class Kind(StrEnum):
    """Who said it."""

    HUMAN = "human"
    BOT = "bot"
    AGENT = "agent"  # a machine that converses
    SYSTEM = "system"  # the place itself: somebody joined, the topic changed


class ResponseKind(StrEnum):
    """An answer without a message of its own."""

    REACTION = "reaction"
    MENTION = "mention"


@dataclass(frozen=True)
class Column:
    """One column: its type in DuckDB, what it holds, and whether it may be NULL."""

    type: str
    holds: str
    may_be_null: bool = False


Table = Mapping[str, Column]

MESSAGE: Final[Table] = {
    "source": Column("VARCHAR", "the format it was read from: slack, mbox, …"),
    "msg_id": Column("BIGINT", "unique in the reading"),
    "space_id": Column("VARCHAR", "the channel, list, room or stream; see space"),
    "author_raw": Column("VARCHAR", "who said it, as the archive writes them; see person.raw"),
    "person": Column("VARCHAR", "who said it, addresses merged"),
    "ts_utc": Column("BIGINT", "when, in microseconds since 1970, UTC"),
    "zone_minutes": Column("INTEGER", "how far the author's clock was east of UTC, where known", may_be_null=True),
    "thread_id": Column("BIGINT", "the msg_id of what opened the conversation, or the topic; its own msg_id if alone"),
    "parent_id": Column("BIGINT", "the msg_id it states that it answers; it may be missing here", may_be_null=True),
    "parent_kind": Column("VARCHAR", "how it states that: thread, reply, quote, none"),
    "n_recipients": Column("INTEGER", "how many it was addressed to, where known", may_be_null=True),
    "visibility": Column("VARCHAR", "public, private, direct"),
    "kind": Column("VARCHAR", "human, bot, agent, system"),
    "edited": Column("BOOLEAN", "its author changed it later"),
    "deleted": Column("BOOLEAN", "taken back later: it counts nowhere, and holds a thread together"),
    "len": Column("INTEGER", "characters of its author's own words, quotations left out"),
}

RESPONSE: Final[Table] = {
    "msg_id": Column("BIGINT", "the message reacted to, or the message that mentions"),
    "from_person": Column("VARCHAR", "who reacted, or who mentions"),
    "to_person": Column("VARCHAR", "whose message was reacted to, or who is mentioned"),
    "kind": Column("VARCHAR", "reaction, mention"),
    "ts_utc": Column("BIGINT", "when; most archives do not say when somebody reacted", may_be_null=True),
}

INFERRED: Final[Table] = {
    "msg_id": Column("BIGINT", "the message"),
    "parent_id": Column("BIGINT", "the message it may answer"),
    "how": Column("VARCHAR", "the guess: see the reader"),
    "precision": Column(
        "DOUBLE", "share of such guesses that were right by hand; NULL: never measured", may_be_null=True
    ),
}

PERSON: Final[Table] = {
    "raw": Column("VARCHAR", "somebody as the archive writes them"),
    "person": Column("VARCHAR", "who that is; several raw may be one person"),
    "reason": Column(
        "VARCHAR", "why: alone, same address, same name and domain, same name and like addresses, confirmed"
    ),
    "kind": Column("VARCHAR", "human, bot, agent, system"),
    "is_outside": Column("BOOLEAN", "a guest, or of another organisation; NULL: not known", may_be_null=True),
    "joined_utc": Column("BIGINT", "since when they are there, where the archive says so", may_be_null=True),
    "zone_minutes": Column("INTEGER", "how far their clock is east of UTC, where known", may_be_null=True),
    "name": Column("VARCHAR", "their name, to be recognised by; empty when names were not kept"),
}

SPACE: Final[Table] = {
    "space_id": Column("VARCHAR", "as in message"),
    "name": Column("VARCHAR", "what it was called last"),
    "visibility": Column("VARCHAR", "public, private, direct"),
    "n_members": Column("INTEGER", "how many could read along, where known", may_be_null=True),
}

MEMBERSHIP: Final[Table] = {
    "person": Column("VARCHAR", "who"),
    "group_id": Column("VARCHAR", "in which group, department or team"),
    "from_utc": Column("BIGINT", "since when, where known", may_be_null=True),
    "to_utc": Column("BIGINT", "until when, where known", may_be_null=True),
}

ROLE: Final[Table] = {
    "person": Column("VARCHAR", "who"),
    "role": Column("VARCHAR", "owner, admin, moderator, guest, or what the archive calls it"),
    "from_utc": Column("BIGINT", "since when, where known", may_be_null=True),
    "to_utc": Column("BIGINT", "until when, where known", may_be_null=True),
}

ALSO: Final[Table] = {
    "msg_id": Column("BIGINT", "a message that stood in several places, counted once"),
    "space_id": Column("VARCHAR", "another place it stood in: a second list, a former name of the channel"),
}

MISSED: Final[Table] = {
    "place": Column("VARCHAR", "where it stands: the file, and its number or line there"),
    "reason": Column("VARCHAR", "why it was not read"),
}

TABLES: Final[Mapping[str, Table]] = {
    "message": MESSAGE,
    "response": RESPONSE,
    "inferred": INFERRED,
    "person": PERSON,
    "space": SPACE,
    "membership": MEMBERSHIP,
    "role": ROLE,
    "also": ALSO,
    "missed": MISSED,
}


def file_of(table: str) -> str:
    """The name of a table's file in the folder of a reading."""
    return f"{table}.parquet"
