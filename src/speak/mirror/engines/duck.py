"""DuckDB in this process: what is used where no other engine is named."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from speak.mirror.engines.door import Row

# What DuckDB may hold in memory before it writes to its folder, in MiB.
MEMORY_MB = 640


class Duck:
    """DuckDB in this process: bounded in memory, spilling into a folder."""

    def __init__(self, folder: Path, *, memory_mb: int = MEMORY_MB, threads: int = 2) -> None:
        """`folder` is empty and ours; whoever gave it removes it."""
        self.folder = folder
        self._door = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": f"{memory_mb}MB",
                "threads": threads,
                "temp_directory": str(folder / "spill"),
                "preserve_insertion_order": False,
            },
        )

    def read(self, name: str, parquet: Sequence[Path]) -> None:
        """As `Engine.read`."""
        self._door.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {parquet_in(parquet)}")  # noqa: S608 - files of ours

    def make(self, name: str, query: str, *, is_kept: bool = True) -> None:
        """As `Engine.make`."""
        self._door.execute(f"CREATE OR REPLACE {'TABLE' if is_kept else 'VIEW'} {name} AS {query}")

    def ask(self, query: str) -> list[Row]:
        """As `Engine.ask`."""
        return self._door.execute(query).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._door.close()


def parquet_in(files: Sequence[Path]) -> str:
    """Files as DuckDB reads them together."""
    paths = ", ".join(map(quoted, files))
    return f"read_parquet([{paths}])"


def quoted(path: Path) -> str:
    """A path as text in SQL."""
    return "'{}'".format(str(path).replace("'", "''"))
