"""From a reader's rows to the tables: people merged, duplicates dropped, written as Parquet by DuckDB."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import duckdb
import msgspec

from speak.mirror.archives.people import Merged
from speak.mirror.archives.said import Roster, Space
from speak.mirror.archives.sink import ANSWERED, GUESSED, MISSED, PLAIN, PLAINLY_ANSWERED, SAID
from speak.mirror.table import NUMBER, TABLES, Kind, ParentKind, Visibility, file_of

MEMORY = "400MB"
THREADS = 2
# No list of values is kept where they are too many to repeat; it is looked for in vain for long.
PARQUET = "(FORMAT parquet, COMPRESSION snappy, DICTIONARY_SIZE_LIMIT 20000)"
ROWS: Mapping[str, str] = {
    SAID: "id VARCHAR, space VARCHAR, who VARCHAR, at BIGINT, len INTEGER, thread VARCHAR, parent VARCHAR, how VARCHAR,"
    " to INTEGER, kind VARCHAR, edited BOOLEAN, deleted BOOLEAN, zone INTEGER",
    ANSWERED: "msg VARCHAR, who VARCHAR, whom VARCHAR, kind VARCHAR, at BIGINT",
    GUESSED: "msg VARCHAR, parent VARCHAR, how VARCHAR, precision DOUBLE",
    MISSED: "place VARCHAR, reason VARCHAR",
    # Slack's messages as most of them come: said by somebody known, at a time that is also their name in the channel.
    PLAIN: "space VARCHAR, ref VARCHAR, who VARCHAR, kind VARCHAR, len INTEGER, thread VARCHAR",
    PLAINLY_ANSWERED: "space VARCHAR, ref VARCHAR, who VARCHAR, mentions VARCHAR, reactors VARCHAR",
}
# The base knows `number(id)`, a message's number. That of NULL is a number too.
SAID_AS_THEY_ARE = """
    SELECT number(id) AS id, space, who, "at", len, CASE WHEN thread IS NOT NULL THEN number(thread) END AS thread,
        CASE WHEN parent IS NOT NULL THEN number(parent) END AS parent, how, "to", kind, edited, deleted, zone
    FROM {said}"""
SAID_PLAINLY = """
    SELECT number(space || ':' || ref) AS id, space, who, CAST(replace(ref, '.', '') AS BIGINT) AS "at", len,
        CASE WHEN thread IS NOT NULL THEN number(space || ':' || thread) END AS thread,
        CASE WHEN thread <> ref THEN number(space || ':' || thread) END AS parent,
        CASE WHEN thread <> ref THEN 'thread' END AS how, CAST(NULL AS INTEGER) AS "to", kind,
        FALSE AS edited, FALSE AS deleted, CAST(NULL AS INTEGER) AS zone FROM {plain}"""
MESSAGES = """
    SELECT '{source}' AS source, m.id AS msg_id, s.place AS space_id, p.raw AS author_raw, p.person,
        m."at" AS ts_utc, coalesce(m.zone, p.zone_minutes) AS zone_minutes,
        coalesce(m.thread, m.id) AS thread_id, m.parent AS parent_id,
        coalesce(CAST(m.how AS how), 'none') AS parent_kind, coalesce(m."to", s.n_members) AS n_recipients,
        s.visibility, coalesce(CAST(m.kind AS kind), p.kind) AS kind,
        coalesce(m.edited, FALSE) AS edited, coalesce(m.deleted, FALSE) AS deleted, coalesce(m.len, 0) AS len
    FROM ({said}) AS m JOIN author AS p ON p.who = m.who JOIN place AS s ON s.space_id = m.space"""
# Who wrote and is in no list. What is plain was written by somebody known.
UNKNOWN = """
    INSERT INTO person (raw, person, reason, kind, name)
    SELECT who, who, 'alone', min(CASE WHEN kind = 'system' THEN 'human' ELSE coalesce(kind, 'human') END), ''
    FROM {said} WHERE who NOT IN (SELECT raw FROM person) GROUP BY who"""
# What has few values as numbers with a name each: a file of them is written in half of the time that text takes.
WORDS = {"how": ParentKind, "kind": Kind, "visibility": Visibility}
NAMED = """
    CREATE TYPE who AS ENUM (SELECT '' UNION SELECT raw FROM person UNION SELECT person FROM person);
    CREATE TYPE place AS ENUM (
        SELECT '' UNION SELECT space_id FROM space UNION SELECT coalesce(stands_for, '') FROM space);
    CREATE TABLE author AS SELECT raw AS who, CAST(raw AS who) AS raw, CAST(person AS who) AS person,
        CAST(kind AS kind) AS kind, zone_minutes FROM person;
    CREATE TABLE place AS SELECT space_id, CAST(coalesce(stands_for, space_id) AS place) AS place, n_members,
        CAST(visibility AS visibility) AS visibility FROM space"""
# The row that stays tells of a deletion or a change if any does, and stands where the archive knows the place.
TWICE = """
    CREATE TABLE twice AS
    SELECT m.file_row_number AS number, m.msg_id, m.space_id,
        first_value(m.msg_id) OVER same AS kept_id, first_value(m.space_id) OVER same AS kept_space,
        row_number() OVER same AS place
    FROM read_parquet('{all}', file_row_number = true) AS m JOIN space AS s ON s.space_id = m.space_id
    WHERE m.kind <> 'system' AND {sign} IN (
        SELECT sign FROM (SELECT {sign} AS sign FROM read_parquet('{all}') WHERE kind <> 'system') AS signs
        GROUP BY sign HAVING count(*) > 1)
    WINDOW same AS (
        PARTITION BY {same} ORDER BY m.deleted DESC, m.edited DESC, s.is_listed DESC, m.msg_id, m.file_row_number)"""
ONCE = """
    SELECT m.* EXCLUDE (file_row_number) REPLACE (
        coalesce(t.kept_id, m.thread_id) AS thread_id, coalesce(p.kept_id, m.parent_id) AS parent_id)
    FROM read_parquet('{all}', file_row_number = true) AS m
    LEFT JOIN alias AS t ON t.msg_id = m.thread_id LEFT JOIN alias AS p ON p.msg_id = m.parent_id
    WHERE m.file_row_number NOT IN (SELECT number FROM twice WHERE place > 1)"""
ANSWERED_AS_THEY_ARE = 'SELECT number(msg) AS msg, who, whom, kind, "at" FROM {answered}'
ANSWERED_PLAINLY = """
    SELECT id AS msg, who, named AS whom, 'mention' AS kind, "at" FROM (
        SELECT number(space || ':' || ref) AS id, CAST(replace(ref, '.', '') AS BIGINT) AS "at", who,
            unnest(string_split(mentions, ' ')) AS named
        FROM {plain} WHERE mentions <> '') AS mentioned
    WHERE who <> named
    UNION ALL
    SELECT id AS msg, reactor AS who, author AS whom, 'reaction' AS kind, CAST(NULL AS BIGINT) AS "at" FROM (
        SELECT number(space || ':' || ref) AS id, who AS author, unnest(string_split(reactors, ' ')) AS reactor
        FROM {plain} WHERE reactors <> '') AS reacted"""
RESPONSES = """
    SELECT {id} AS msg_id, {who} AS from_person, {whom} AS to_person, r.kind, r."at" AS ts_utc
    FROM ({answered}) AS r {joined}"""
ALIASED = " LEFT JOIN alias AS x ON x.msg_id = r.msg"
MERGED = " LEFT JOIN person AS a ON a.raw = r.who LEFT JOIN person AS b ON b.raw = r.whom"
GUESSES = """
    SELECT number(msg) AS msg_id, number(parent) AS parent_id, how, "precision" FROM {guessed}"""
# Who is named or reacts, and is in no list.
UNLISTED = """
    INSERT INTO person (raw, person, reason, kind, name)
    SELECT DISTINCT raw, raw, 'alone', 'human', '' FROM (
        SELECT from_person AS raw FROM read_parquet('{response}')
        UNION SELECT to_person AS raw FROM read_parquet('{response}')) AS named
    WHERE raw NOT IN (SELECT raw FROM person) AND raw NOT IN (SELECT person FROM person)"""


class Sameness(StrEnum):
    """What makes two rows the same message. Joining several channels at once is several events."""

    ID = "msg_id"
    AUTHOR_AND_TIME = "author_raw, ts_utc"


# What is compared first, being small: only rows alike in it are looked at more closely.
SIGNS = {Sameness.ID: "msg_id", Sameness.AUTHOR_AND_TIME: "ts_utc"}


@dataclass(frozen=True)
class Settled:
    """How many messages stand in the table, and how many rows said one of them again."""

    messages: int
    duplicates: int


@dataclass(frozen=True)
class Rows:
    """All that was read: the rows in the folder `scratch`, the people and places, and the name of the format."""

    scratch: Path
    roster: Roster
    merged: Merged
    source: str
    sameness: Sameness


def settle(rows: Rows, *, into: Path) -> Settled:
    """Write every table of `mirror.table` into the folder `into`."""
    scratch = rows.scratch
    with duckdb.connect(
        config={
            "memory_limit": MEMORY,
            "threads": THREADS,
            "temp_directory": str(scratch),
            "preserve_insertion_order": False,
        }
    ) as base:
        base.execute(NUMBER)
        _know(base, rows)
        first = scratch / file_of("message")
        _copy(base, MESSAGES.format(source=rows.source, said=_said(scratch)), first)
        base.execute(TWICE.format(all=first, same=rows.sameness.value, sign=SIGNS[rows.sameness]))
        duplicates = _one(base, "SELECT count(*) FROM twice WHERE place > 1")
        target = into / file_of("message")
        base.execute("CREATE TABLE alias AS SELECT DISTINCT msg_id, kept_id FROM twice WHERE msg_id <> kept_id")
        if duplicates:
            _copy(base, ONCE.format(all=first), target)
            first.unlink()
        else:
            first.replace(target)
        _write_the_rest(base, scratch, into)
        return Settled(_one(base, f"SELECT count(*) FROM read_parquet('{target}')"), duplicates)  # noqa: S608 - our path


def _write_the_rest(base: duckdb.DuckDBPyConnection, scratch: Path, into: Path) -> None:
    aliased = _one(base, "SELECT count(*) FROM alias") > 0
    merged = _one(base, "SELECT count(*) FROM person WHERE raw <> person") > 0
    responses = RESPONSES.format(
        id="coalesce(x.kept_id, r.msg)" if aliased else "r.msg",
        who="coalesce(a.person, r.who)" if merged else "r.who",
        whom="coalesce(b.person, r.whom)" if merged else "r.whom",
        answered=_answered(scratch),
        joined=(ALIASED if aliased else "") + (MERGED if merged else ""),
    )
    _copy(base, f"SELECT DISTINCT * FROM ({responses})" if aliased else responses, into / file_of("response"))  # noqa: S608
    base.execute(UNLISTED.format(response=into / file_of("response")))
    guessed = GUESSES.format(guessed=_rows(scratch, GUESSED))
    _copy(base, guessed, into / file_of("inferred"))
    _copy(base, f"SELECT place, reason FROM {_rows(scratch, MISSED)}", into / file_of("missed"))  # noqa: S608
    also = "SELECT DISTINCT kept_id AS msg_id, space_id FROM twice WHERE place > 1 AND space_id <> kept_space"
    _copy(base, also, into / file_of("also"))
    for table in ("person", "space", "membership", "role"):
        where = " WHERE stands_for IS NULL" if table == "space" else ""
        _copy(base, f"SELECT {', '.join(TABLES[table])} FROM {table}{where}", into / file_of(table))  # noqa: S608


def _know(base: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    """People and places as tables."""
    roster, person, reason = rows.roster, rows.merged.person_of, rows.merged.reason_of
    people = (
        (who.raw, person[who.raw], reason[who.raw], who.kind, who.is_outside, who.joined, who.zone, who.name)
        for who in roster.people.values()
    )
    spaces = ((space.id, *_place(roster, space)) for space in roster.spaces.values())
    belongings = sorted(
        {(person.get(one.who, one.who), one.group, one.since, one.until) for one in roster.belongings}, key=str
    )
    roles = sorted({(person.get(one.who, one.who), one.role, one.since, one.until) for one in roster.roles}, key=str)
    for table, found, more in (
        ("person", people, ""),
        ("space", spaces, ", is_listed BOOLEAN, stands_for VARCHAR"),
        ("membership", belongings, ""),
        ("role", roles, ""),
    ):
        file = rows.scratch / f"{table}.ndjson"
        columns = ", ".join(f'"{name}" {column.type}' for name, column in TABLES[table].items()) + more
        _write(file, columns, found)
        base.execute(f"CREATE TABLE {table} AS SELECT * FROM {_read(file, columns)}")  # noqa: S608 - our names
    base.execute(UNKNOWN.format(said=_rows(rows.scratch, SAID)))
    for name, words in WORDS.items():
        base.execute(f"CREATE TYPE {name} AS ENUM {tuple(map(str, words))}")
    base.execute(NAMED)


def _place(roster: Roster, space: Space) -> tuple[object, ...]:
    """Its name, visibility, number of members, whether the archive lists it, and for which other it stands."""
    real = roster.spaces.get(space.stands_for, space)
    members = real.n_members or len(real.members) or None
    return real.name or real.id, real.visibility, members, real is space and bool(space.name), space.stands_for or None


def _write(file: Path, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Tuples in the order of the columns, as lines of JSON."""
    names = [part.split()[0].strip('"') for part in columns.split(", ")]
    with file.open("wb") as out:
        for row in rows:
            out.write(msgspec.json.encode(dict(zip(names, row, strict=True))) + b"\n")


def _said(scratch: Path) -> str:
    """All messages that were read."""
    found = SAID_AS_THEY_ARE.format(said=_rows(scratch, SAID))
    plain = _plain(scratch, PLAIN)
    return f"{found} UNION ALL {SAID_PLAINLY.format(plain=plain)}" if plain else found


def _answered(scratch: Path) -> str:
    """All reactions and mentions that were read."""
    found = ANSWERED_AS_THEY_ARE.format(answered=_rows(scratch, ANSWERED))
    plain = _plain(scratch, PLAINLY_ANSWERED)
    return f"{found} UNION ALL {ANSWERED_PLAINLY.format(plain=plain)}" if plain else found


def _plain(scratch: Path, kind: str) -> str:
    """The plain rows, as something to select from; nothing if there are none."""
    if not any(scratch.glob(f"{kind}-*.tsv")):
        return ""
    return (
        f"read_csv('{scratch / kind}-*.tsv', delim = '\t', header = false, quote = '', escape = '',"
        f" auto_detect = false, columns = {{{_typed(ROWS[kind])}}})"
    )


def _rows(scratch: Path, kind: str) -> str:
    """The rows of one kind, of every part, as something to select from."""
    if not list(scratch.glob(f"{kind}-*.ndjson")):
        (scratch / f"{kind}-none.ndjson").touch()
    return _read(scratch / f"{kind}-*.ndjson", ROWS[kind])


def _read(files: Path, columns: str) -> str:
    return f"read_json('{files}', format = 'newline_delimited', columns = {{{_typed(columns)}}})"


def _typed(columns: str) -> str:
    return ", ".join("'{}': '{}'".format(*part.replace('"', "").split()) for part in columns.split(", "))


def _copy(base: duckdb.DuckDBPyConnection, select: str, file: Path) -> None:
    base.execute(f"COPY ({select}) TO '{file}' {PARQUET}")


def _one(base: duckdb.DuckDBPyConnection, select: str) -> int:
    found = base.execute(select).fetchone()
    return int(found[0]) if found else 0
