"""Reads the archives that lie in tests/wire, and asks their tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from speak.mirror.archives.reading import Reading, Wishes, read_archive

Row = tuple[Any, ...]
WIRE = Path(__file__).parent.parent / "wire" / "archives"


@dataclass(frozen=True)
class Read:
    """A reading, and its tables as rows."""

    reading: Reading

    def rows(self, table: str, *columns: str) -> list[Row]:
        """These columns of a table, in order."""
        names = ", ".join(columns)
        select = f"SELECT {names} FROM read_parquet('{self.reading.table(table)}') ORDER BY ALL"  # noqa: S608 - ours
        with duckdb.connect() as base:
            return base.execute(select).fetchall()

    def messages(self, *columns: str) -> dict[str, Row]:
        """These columns of each message, by its id."""
        return {row[0]: row[1:] for row in self.rows("message", "msg_id", *columns)}

    def one(self, table: str, *columns: str) -> set[Any]:
        """The values of a single column, or of several as tuples."""
        rows = self.rows(table, *columns)
        return {row[0] for row in rows} if len(columns) == 1 else set(rows)


def read(name: str | Path, into: Path, *, opted_in: Iterable[str] = (), same: Iterable[Iterable[str]] = ()) -> Read:
    """Read an archive of tests/wire, or any other by its path."""
    wishes = Wishes(frozenset(opted_in), frozenset(frozenset(group) for group in same))
    return Read(read_archive(WIRE / name, into=into / "reading", wishes=wishes))
