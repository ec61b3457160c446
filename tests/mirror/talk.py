"""Small conversations to measure, told in a few words: who said what, when, in answer to what."""

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from speak.mirror.counting import Counted, counted
from speak.mirror.engines import Engine, opened
from speak.mirror.ground import Ground, keep_rows, laid
from speak.mirror.standing import People, Standing
from speak.mirror.table import TABLES, ParentKind

MINUTE, HOUR, DAY = 60_000_000, 3_600_000_000, 86_400_000_000
# A Monday, 2024-01-01, at nine o'clock.
START = 1_704_099_600_000_000


@dataclass(frozen=True)
class Say:
    """One message: by whom, how many microseconds after the start, to what, what kind of writer."""

    msg_id: str
    person: str
    after: int = 0
    to: str | None = None
    how: ParentKind = ParentKind.REPLY
    thread: str | None = None
    kind: str = "human"
    visibility: str = "public"
    deleted: bool = False


@dataclass(frozen=True)
class Talk:
    """A conversation: its messages, who is named in which, who reacted to which, and who is counted."""

    said: Sequence[Say]
    named: Sequence[tuple[str, str]] = ()
    reacted: Sequence[tuple[str, str]] = ()
    people: People | None = None


def seeded(seed: int) -> random.Random:
    """Invents conversations, the same ones for the same number."""
    return random.Random(seed)  # noqa: S311 - guards nothing


def everybody(said: Iterable[Say]) -> People:
    """All human writers, in no part and on no list."""
    return People([Standing(person) for person in sorted({say.person for say in said if say.kind == "human"})])


def numbers_of(said: Iterable[Say]) -> dict[str, int]:
    """The number of each message and conversation."""
    called = {name for say in said for name in (say.msg_id, say.to, say.thread) if name}
    return {name: number for number, name in enumerate(sorted(called), start=1)}


def put(engine: Engine, talk: Talk) -> Ground:
    """Lay it before an engine."""
    by_id = {say.msg_id: say for say in talk.said}

    def thread(say: Say) -> str | None:
        return say.thread or (thread(by_id[say.to]) or say.to if say.to in by_id else say.to)

    by_person = {say.msg_id: say.person for say in talk.said}
    numbers = numbers_of(talk.said)
    messages = (
        (
            *("slack", numbers[say.msg_id], "hall", say.person, say.person, START + say.after, None),
            *(numbers[thread(say) or say.msg_id], numbers[say.to] if say.to else None),
            *(say.how if say.to else ParentKind.NONE, None, say.visibility, say.kind, False, say.deleted, 9),
        )
        for say in talk.said
    )
    responses = [(numbers[msg], by_person[msg], person, "mention", None) for msg, person in talk.named]
    responses += [(numbers[msg], person, by_person[msg], "reaction", None) for msg, person in talk.reacted]
    for name, rows in (("message", messages), ("response", responses)):
        keep_rows(engine, name, columns={column: said.type for column, said in TABLES[name].items()}, rows=rows)
    return laid(engine, talk.people or everybody(talk.said))


@contextmanager
def measured(talk: Talk) -> Iterator[dict[str, Counted]]:
    """Every measure of it, by DuckDB."""
    with opened() as engine:
        yield {count.definition.name: count for count in counted(engine, put(engine, talk))}


def sums(talk: Talk, measure: str, part: str) -> dict[str, tuple[int, int]]:
    """What each person adds to one part of one measure: so often yes, so often no."""
    with measured(talk) as found:
        return {row.person: (row.yes, row.no) for row in found[measure].asked[part].parts}
