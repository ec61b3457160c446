"""What is sent to an engine that sees none of our files: the columns that are asked for, bit by bit."""

import contextlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from speak.mirror.engines.duck import parquet_in, quoted
from speak.mirror.table import TABLES

# Of a reading, what questions ask for, and no more: no name, no address beside the one by which a person is known.
SENT: Mapping[str, Sequence[str]] = {
    "message": (
        *("msg_id", "thread_id", "parent_id", "parent_kind"),
        *("person", "ts_utc", "visibility", "kind", "deleted"),
    ),
    "response": ("msg_id", "from_person", "to_person", "kind"),
}
MEMORY_MB = 128
PIECE_MB = 32


class Parcel:
    """One table on its way: its columns, how many rows it has, and the rows themselves, never all of them in memory."""

    def __init__(self, door: duckdb.DuckDBPyConnection, folder: Path) -> None:
        """`door` holds the rows as `parcel`; `folder` is empty and ours."""
        self._door = door
        self._folder = folder
        # Each column with its type in DuckDB.
        self.columns = {name: kind for name, kind, *_ in door.execute("DESCRIBE parcel").fetchall()}
        ((self.rows,),) = door.execute("SELECT COUNT(*) FROM parcel").fetchall()

    def pieces(self) -> Iterator[Path]:
        """As Parquet files of some megabytes; each is gone when the next is asked for."""
        into = self._folder / "pieces"
        self._door.execute(
            f"COPY parcel TO {quoted(into)} (FORMAT parquet, COMPRESSION zstd, FILE_SIZE_BYTES '{PIECE_MB}MB')"
        )
        for piece in sorted(into.rglob("*.parquet")):
            yield piece
            piece.unlink()

    def literals(self, *, most: int) -> Iterator[str]:
        """As text, `(1, 'a', NULL), (2, 'b', true)`, about `most` characters at a time; standard SQL, not MySQL's."""
        columns = ", ".join(_literal(column, kind) for column, kind in self.columns.items())
        rows = self._door.execute(f"SELECT '(' || concat_ws(', ', {columns}) || ')' FROM parcel")  # noqa: S608 - columns of ours
        batch: list[str] = []
        length = 0
        while some := rows.fetchmany(1000):
            for (row,) in some:
                if batch and length + len(row) > most:
                    yield ", ".join(batch)
                    batch, length = [], 0
                batch.append(row)
                length += len(row) + 2
        if batch:
            yield ", ".join(batch)


@contextlib.contextmanager
def packed(name: str, parquet: Sequence[Path], *, folder: Path) -> Iterator[Parcel]:
    """A table of ours, ready to be sent; what lies in `folder` on its way is gone afterwards.

    Raises:
        ValueError: a table of a reading of which nothing is ever sent.
    """
    if name in TABLES and name not in SENT:
        raise ValueError(f"{name} is never sent anywhere")
    columns = ", ".join(SENT.get(name, "*"))
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{MEMORY_MB}MB",
        "threads": 1,
        "temp_directory": str(folder / "spill"),
    }
    with (
        tempfile.TemporaryDirectory(dir=folder, prefix="parcel-") as own,
        duckdb.connect(":memory:", config=config) as door,
    ):
        door.execute(f"CREATE VIEW parcel AS SELECT {columns} FROM {parquet_in(parquet)}")  # noqa: S608 - files of ours
        yield Parcel(door, Path(own))


def _literal(column: str, kind: str) -> str:
    text = f"'''' || replace({column}, '''', '''''') || ''''" if kind == "VARCHAR" else f"CAST({column} AS VARCHAR)"
    return f"COALESCE({text}, 'NULL')"
