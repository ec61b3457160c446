"""Reads the archives that lie in tests/wire, and asks their tables."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import duckdb

from speak.mirror.archives.containers import open_container
from speak.mirror.archives.reading import Reading, Wishes, read_archive, recognize
from speak.mirror.archives.sink import Sink
from speak.mirror.table import NUMBER

Row = tuple[Any, ...]
WIRE = Path(__file__).parent.parent / "wire" / "archives"
IDS = ("msg_id", "thread_id", "parent_id")


@dataclass(frozen=True)
class Read:
    """A reading, and its tables as rows."""

    reading: Reading
    # What the archive calls each message and conversation, by its number.
    ids: Callable[[], Mapping[int, str]]

    def rows(self, table: str, *columns: str) -> list[Row]:
        """These columns of a table, in order; messages and conversations by what the archive calls them."""
        names = ", ".join(columns)
        select = f"SELECT {names} FROM read_parquet('{self.reading.table(table)}')"  # noqa: S608 - ours
        with duckdb.connect() as base:
            found = base.execute(select).fetchall()
        return sorted((tuple(map(self._called, columns, row)) for row in found), key=_in_order)

    def _called(self, column: str, value: Any) -> Any:  # noqa: ANN401 - a value of any column
        return self._ids[value] if column in IDS and value is not None else value

    @cached_property
    def _ids(self) -> Mapping[int, str]:
        return self.ids()

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
    reading = read_archive(WIRE / name, into=into / "reading", wishes=wishes)
    return Read(reading, partial(_ids_of, WIRE / name, wishes))


def _ids_of(archive: Path, wishes: Wishes) -> Mapping[int, str]:
    """From the rows of its reader."""
    with tempfile.TemporaryDirectory() as folder, open_container(archive, Path(folder)) as container:
        with Sink(Path(folder), opted_in=wishes.opted_in) as sink:
            recognize(container).read(container, sink)
        return numbered(_ids_in(Path(folder)))


def numbered(ids: Iterable[str]) -> dict[int, str]:
    """The number of each."""
    each = sorted(set(ids))
    with duckdb.connect() as base:
        base.execute(NUMBER)
        return dict(base.execute("SELECT number(id), id FROM (SELECT unnest(?) AS id)", [each]).fetchall())


def _ids_in(scratch: Path) -> Iterator[str]:
    for file in scratch.glob("*.ndjson"):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield from (row[name] for name in ("id", "thread", "parent", "msg") if row.get(name))
    for file in scratch.glob("plain-*.tsv"):
        for line in file.read_text(encoding="ascii").splitlines():
            space, ref, _who, _kind, _size, thread = line.split("\t")
            yield from (f"{space}:{each}" for each in (ref, thread) if each)


def _in_order(row: Row) -> tuple[tuple[bool, Any], ...]:
    """NULL comes last, as in DuckDB."""
    return tuple((value is None, "" if value is None else value) for value in row)
