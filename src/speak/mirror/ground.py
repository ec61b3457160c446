"""What measures stand on: who is counted, since when and until when, and the tables made of an archive's rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from speak.mirror.engines import Engine
from speak.mirror.measures import basis
from speak.mirror.report import Answer
from speak.mirror.standing import People, Standing

# From here on a person is a number, `called` the one in the archive's tables: numbers are joined in less time.
STANDING = {
    "person": "INTEGER",
    "called": "VARCHAR",
    "cell": "VARCHAR",
    "is_outside": "INTEGER",
    "joined_at": "BIGINT",
    "is_listed": "INTEGER",
}
ROLE_HELD = {"person": "INTEGER", "since_at": "BIGINT", "until_at": "BIGINT"}
# In the order in which they stand on each other; those that are only a way to look at another are not kept.
BASIS = ("line", "span", "said", "wrote", "topic", "opening", "opened", "reply", "mention", "reaction", "newcomer")
LOOKS = frozenset({"line", "said", "opening", "reply", "mention", "reaction"})


@dataclass(frozen=True, slots=True)
class Ground:
    """What is there to be measured: what an answer is, the span, and what the archive tells."""

    answer: Answer
    first_at: int
    last_at: int
    has: frozenset[str]
    # Whom a number stands for.
    people: Sequence[str]
    cells: dict[str, frozenset[str]] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)


def laid(engine: Engine, people: People) -> Ground:
    """Make the tables of `measures/basis` from those of a reading: `message` and `response`."""
    called = [who.person for who in people.standing]
    number = {person: place for place, person in enumerate(called)}
    standing = (
        (number[s.person], s.person, s.cell, int(s.is_outside), s.joined_at, int(s.is_listed)) for s in people.standing
    )
    keep_rows(engine, "standing", columns=STANDING, rows=standing)
    held = ((number[held.person], held.since_at, held.until_at) for held in people.held)
    keep_rows(engine, "role_held", columns=ROLE_HELD, rows=held)
    for name in BASIS:
        engine.make(name, basis(name), is_kept=name not in LOOKS)
    ((first_at, last_at),) = engine.ask("SELECT first_at, last_at FROM span")
    answer = _stated(engine)
    stated = f"SELECT from_person, to_person, said_at FROM {answer}"  # noqa: S608 - one of two words
    engine.make("tie", stated if answer != Answer.NOTHING else NO_TIES)
    engine.make("pair", basis("pair"))
    has = _has(engine, people, answer)
    return Ground(answer, first_at or 0, last_at or 0, has, called, *_division(people.standing))


NO_TIES = "SELECT person AS from_person, person AS to_person, said_at FROM said WHERE 1 = 0"


def keep_rows(engine: Engine, name: str, *, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Give an engine a table of ours; `columns` with their types in DuckDB."""
    path = engine.folder / f"{name}.parquet"
    with duckdb.connect() as door:
        door.execute(f"CREATE TABLE kept ({', '.join(f'{column} {kind}' for column, kind in columns.items())})")
        if some := list(zip(*rows, strict=True)):
            asked = ", ".join(f"UNNEST(CAST(? AS {kind}[]))" for kind in columns.values())
            door.execute(f"INSERT INTO kept SELECT {asked}", [list(column) for column in some])
        door.table("kept").write_parquet(str(path))
    engine.read(name, [path])


# What an archive states, if there is one such row.
STATED = {
    Answer.REPLY: "SELECT 1 AS one FROM message WHERE kind = 'human' AND parent_kind <> 'none' LIMIT 1",
    Answer.MENTION: "SELECT 1 AS one FROM response WHERE kind = 'mention' LIMIT 1",
}
REACTED = "SELECT 1 AS one FROM response WHERE kind = 'reaction' LIMIT 1"


def _stated(engine: Engine) -> Answer:
    return next((answer for answer, query in STATED.items() if engine.ask(query)), Answer.NOTHING)


def _has(engine: Engine, people: People, answer: Answer) -> frozenset[str]:
    threads = engine.ask("SELECT 1 AS one FROM opened WHERE answered_at IS NOT NULL LIMIT 1")
    there = {
        "roster": any(who.is_listed for who in people.standing),
        "tie": answer != Answer.NOTHING,
        "threads": bool(threads),
        "groups": len({who.cell for who in people.standing} - {""}) > 1,
        "role": bool(people.held),
        "outside": len({who.is_outside for who in people.standing}) > 1,
        "reaction": bool(engine.ask(REACTED)),
        "mention": bool(engine.ask(STATED[Answer.MENTION])),
        "reply": answer == Answer.REPLY,
    }
    return frozenset(name for name, is_there in there.items() if is_there)


def _division(standing: Sequence[Standing]) -> tuple[dict[str, frozenset[str]], dict[str, int]]:
    """Who belongs to which part, and how many belong to each; whoever belongs to none is in no cell."""
    cells: dict[str, set[str]] = {}
    for who in standing:
        if who.cell:
            cells.setdefault(who.cell, set()).add(who.person)
    return {name: frozenset(people) for name, people in cells.items()}, {
        name: len(people) for name, people in cells.items()
    }
