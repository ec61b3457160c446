"""The side that answers: looks, in the process apart."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from django.utils import translation

from speak.kernel.errors import Refusal
from speak.mirror.apart.questions import Answered, Declined, Failed, OfOneself, OfRoom, Own, Question, Rows, Word
from speak.mirror.engines import Engine, opened
from speak.mirror.ground import keep_rows
from speak.mirror.ledger import Ledger
from speak.mirror.looking import look, own_of
from speak.mirror.report import Report
from speak.mirror.standing import People
from speak.mirror.table import TABLES

# A page of one person or one room needs little.
MEMORY_MB = 256
Tell = Callable[[int, str], None]


def word_on(question: Question, told: Tell) -> Word:
    """The answer, or why there is none."""
    try:
        return Answered(msgspec.msgpack.encode(_answer(question, told)))
    except Refusal as refusal:
        return Declined(refusal.sentence, refusal.hint)
    except Exception as error:  # noqa: BLE001 - the edge of this process; what it says could tell of people
        return Failed(type(error).__name__)


def _answer(question: Question, told: Tell) -> Any:  # noqa: ANN401 - whoever asked knows
    match question:
        case OfOneself():
            return _own(question)
        case OfRoom():
            return _room(question, told)


def _own(asked: OfOneself) -> Own:
    with opened(memory_mb=MEMORY_MB) as engine:
        _lay(engine, asked.rows)
        return own_of(engine, asked.person, now_at=asked.now_at, zone_minutes=asked.zone_minutes)


def _room(asked: OfRoom, told: Tell) -> Report:
    del told
    ledger = Ledger(Path(asked.ledger), key=asked.key)
    with translation.override(asked.language), opened(asked.engine, memory_mb=MEMORY_MB) as engine:
        _lay(engine, asked.rows)
        report = look(engine, People(asked.standing), read=asked.read, ledger=ledger)
    ledger.keep()
    return report


def _lay(engine: Engine, rows: Rows) -> None:
    for name, lines in (("message", rows), ("response", [])):
        columns = {column: said.type for column, said in TABLES[name].items()}
        keep_rows(engine, name, columns=columns, rows=lines)
