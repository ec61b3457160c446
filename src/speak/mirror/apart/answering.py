"""The side that answers: looks, in the process apart."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
from django.utils import translation
from django.utils.translation import gettext as _

from speak.kernel.errors import Refusal
from speak.mirror.apart.questions import (
    Answered,
    Declined,
    Failed,
    Looked,
    OfArchive,
    OfOneself,
    OfRoom,
    Own,
    OwnInArchive,
    Question,
    Rows,
    Word,
)
from speak.mirror.archives.reading import Progress, Wishes, read_archive
from speak.mirror.engines import Engine, EngineFailure, opened
from speak.mirror.ground import keep_rows
from speak.mirror.groups import read_groups
from speak.mirror.keeping import alone
from speak.mirror.ledger import Ledger
from speak.mirror.looking import lay_reading, look, own_of, read_of
from speak.mirror.report import Report
from speak.mirror.roster import roster_of
from speak.mirror.standing import People
from speak.mirror.table import TABLES

# A page of one person or one room needs little.
MEMORY_MB = 256
# How far it is, in hundredths, when all is read and nothing counted.
READ = 80
Tell = Callable[[int, str], None]


def word_on(question: Question, told: Tell) -> Word:
    """The answer, or why there is none."""
    try:
        return Answered(msgspec.msgpack.encode(_answer(question, told)))
    except Refusal as refusal:
        return Declined(refusal.sentence, refusal.hint)
    except EngineFailure as failure:
        return Failed(f"{failure} {failure.hint}".strip())
    except Exception as error:  # noqa: BLE001 - the edge of this process; what it says could tell of people
        return Failed(type(error).__name__)


def _answer(question: Question, told: Tell) -> Any:  # noqa: ANN401 - whoever asked knows
    match question:
        case OfOneself():
            return _own(question)
        case OfRoom():
            return _room(question)
        case OfArchive():
            return _archive(question, told)


def _own(asked: OfOneself) -> Own:
    with opened(memory_mb=MEMORY_MB) as engine:
        _lay(engine, asked.rows, asked.responses)
        return own_of(engine, asked.person, now_at=asked.now_at, zone_minutes=asked.zone_minutes)


def _room(asked: OfRoom) -> Report:
    ledger = Ledger(Path(asked.ledger), key=asked.key)
    with translation.override(asked.language), opened(memory_mb=MEMORY_MB) as engine:
        _lay(engine, asked.rows, [])
        report = look(engine, People(asked.standing), read=asked.read, ledger=ledger)
    ledger.keep()
    return report


def _archive(asked: OfArchive, told: Tell) -> Looked:
    """Read it, ask everything of it, and of whoever brought it; of its tables nothing is left."""
    with translation.override(asked.language):
        groups = read_groups(Path(asked.groups)) if asked.groups else []
        wishes = Wishes(confirmed=frozenset(frozenset(group) for group in asked.are_one))
        reading = read_archive(Path(asked.path), into=Path(asked.into), wishes=wishes, progress=_reading(told))
        with opened() as here, opened(asked.engine) as engine, alone(Path(asked.ledger).parent):
            lay_reading(reading.folder, people=here, talk=engine)
            roster = roster_of(here, groups=groups, objecting=reading.raws(asked.stays_out))
            ledger = Ledger(Path(asked.ledger), key=asked.key)
            read = read_of(reading, name=asked.name, left_out=roster.left_out)
            report = look(engine, roster.people, read=read, ledger=ledger, told=lambda what: told(READ, what))
            own = _own_in(engine, here, mine=reading.raws(asked.mine))
            ledger.keep()
    named = {row.person for row in groups}
    return Looked(report, own, [name for name in roster.nobody if name in named])


def _reading(told: Tell) -> Callable[[Progress], None]:
    """Tell of each hundredth once; reading is the most of it."""
    last = -1

    def moved(progress: Progress) -> None:
        nonlocal last
        percent = READ * progress.done // max(1, progress.total)
        if percent > last:
            last = percent
            told(percent, _("Reading the archive"))

    return moved


def _own_in(engine: Engine, here: Engine, *, mine: Iterable[str]) -> OwnInArchive | None:
    """Of whoever is proven to be one person in it, and one only; names are looked up here."""
    wanted = {name.casefold() for name in mine}
    rows = here.ask("SELECT raw, person, name FROM person WHERE kind = 'human'")
    found = {person for raw, person, _name in rows if {str(raw).casefold(), str(person).casefold()} & wanted}
    if len(found) != 1:
        return None
    called = {person: name for _raw, person, name in sorted(rows, key=str) if name}
    ((now_at,),) = here.ask("SELECT MAX(ts_utc) AS last_at FROM message")
    zones: dict[str, int | None] = dict(
        here.ask("SELECT person, MAX(zone_minutes) AS zone FROM person GROUP BY person")
    )
    (person,) = found
    own = own_of(engine, person, now_at=now_at or 0, zone_minutes=zones.get(person) or 0)
    said_at = _said_at(here, [message for message, _name in own.awaiting])
    return OwnInArchive(
        sorted(called.get(name, name) for name in own.both_ways),
        [(called.get(name, name), said_at[message]) for message, name in own.awaiting],
        list(own.rhythm),
        sorted(called.get(name, name) for name in own.used_to),
    )


def _said_at(here: Engine, messages: Iterable[int]) -> dict[int, int]:
    """When a few messages were said: asked here, and of them alone."""
    columns = {"msg_id": TABLES["message"]["msg_id"].type}
    keep_rows(here, "wanted", columns=columns, rows=[(message,) for message in messages])
    return dict(here.ask("SELECT m.msg_id, m.ts_utc FROM message AS m JOIN wanted AS w ON w.msg_id = m.msg_id"))


def _lay(engine: Engine, rows: Rows, responses: Rows) -> None:
    for name, lines in (("message", rows), ("response", responses)):
        columns = {column: said.type for column, said in TABLES[name].items()}
        keep_rows(engine, name, columns=columns, rows=lines)
