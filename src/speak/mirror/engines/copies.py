"""Engines that see none of our files: tables are copied to them, under names of this run, and removed when it ends."""

import logging
import secrets
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from sqlglot import exp

from speak.mirror.engines.carrying import carried, parsed
from speak.mirror.engines.door import EngineFailure, Row
from speak.mirror.engines.sending import Parcel, packed

# A table's whole name: this, when the run began, a word at random, and what the table is: two runs never meet.
PREFIX = "speak_mirror_"
# No run lasts so long: what is older was left behind by one that was killed.
LEFT_BEHIND_SECONDS = 2 * 24 * 3600
log = logging.getLogger(__name__)


class Copies(ABC):
    """What is the same for all such engines; how each is spoken to, it says itself."""

    # sqlglot's name for its dialect.
    dialect: ClassVar[str]
    # What CREATE TABLE says of where its rows lie.
    storage: ClassVar[str] = ""
    # The names of all tables that runs of ours made, also other runs.
    made_by_runs: str

    def __init__(self, folder: Path) -> None:
        """`folder` is empty and ours."""
        self.folder = folder
        self._run = f"{PREFIX}{int(time.time())}_{secrets.token_hex(4)}_"
        self._tables: dict[str, str] = {}
        self._stand_ins: dict[str, exp.Expr] = {}

    def read(self, name: str, parquet: Sequence[Path]) -> None:
        """As `Engine.read`, and whole: what is there is counted."""
        with packed(name, parquet, folder=self.folder) as parcel:
            table = self._free(name)
            columns = ", ".join(f"{column} {self._type(kind)}" for column, kind in parcel.columns.items())
            self.do(f"CREATE TABLE {table} ({columns}) {self.storage}")
            self.send(table, parcel)
            ((arrived,),) = self.rows(f"SELECT COUNT(*) AS arrived FROM {table}")  # noqa: S608 - a name of ours
            if arrived != parcel.rows:
                raise EngineFailure(f"{self} was sent {parcel.rows} rows, and holds {arrived}.")
        self._stand_ins[name] = exp.to_table(table)

    def make(self, name: str, query: str, *, is_kept: bool = True) -> None:
        """As `Engine.make`. What is asked anew is no view there: it stands, as written here, where its name stood."""
        asked = parsed(query, stand_ins=self._stand_ins)
        if is_kept:
            table = self._free(name)
            self.do(f"CREATE TABLE {table} {self.storage} AS {asked.sql(dialect=self.dialect)}")
            asked = exp.to_table(table)
        self._stand_ins[name] = asked

    def ask(self, query: str) -> list[Row]:
        """As `Engine.ask`."""
        return self.rows(carried(query, self.dialect, stand_ins=self._stand_ins))

    def close(self) -> None:
        """Remove what this run made there; what cannot be removed, a later run removes."""
        self._remove(self._tables.values())
        self.leave()

    def sweep(self) -> None:
        """Remove what runs left behind that were killed."""
        before = time.time() - LEFT_BEHIND_SECONDS
        began = {table: table.removeprefix(PREFIX).partition("_")[0] for (table,) in self.rows(self.made_by_runs)}
        self._remove(table for table, seconds in began.items() if seconds.isdigit() and int(seconds) < before)

    @abstractmethod
    def do(self, sql: str) -> None:
        """Have something done, in its dialect."""

    @abstractmethod
    def rows(self, sql: str) -> list[Row]:
        """What it answers, in its dialect."""

    @abstractmethod
    def send(self, table: str, parcel: Parcel) -> None:
        """Bring rows into a table that is there."""

    @abstractmethod
    def leave(self) -> None:
        """Let go of it."""

    @abstractmethod
    def __str__(self) -> str:
        """What it is and where, for whoever runs this; no name, no password."""

    def _remove(self, tables: Iterable[str]) -> None:
        """As many as can be; whether they can must not hide how the run itself ended."""
        for table in tables:
            try:
                self.do(f"DROP TABLE IF EXISTS {table}")
            except EngineFailure as failure:
                log.warning("%s The table %s may be left there.", failure, table)
                if not failure.permanent:
                    break

    def _free(self, name: str) -> str:
        """A name for a table there, under which there is none."""
        if name in self._tables:
            self.do(f"DROP TABLE IF EXISTS {self._tables[name]}")
        return self._tables.setdefault(name, self._run + name)

    def _type(self, kind: str) -> str:
        return exp.DataType.build(kind, dialect="duckdb").sql(dialect=self.dialect)
