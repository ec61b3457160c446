"""Where measures are asked: one door, behind it DuckDB in this process, or an engine that already stands elsewhere.

Every question is written once, in DuckDB's dialect; sqlglot carries it over. Questions return whole numbers and text
only, so that engines agree to the digit; what is divided is divided afterwards, in Python.
"""

import contextlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import SplitResult, urlsplit

import duckdb
import sqlglot
from django.utils.translation import gettext as _
from sqlglot import exp

from speak.kernel.errors import Failure, Invalid

Row = tuple[Any, ...]
# What DuckDB may hold in memory before it writes to its folder, in MiB.
MEMORY_MB = 640
# Spark that is started here: in one process, or as two workers beside it.
SPARK_HERE = {"local": "local[*]", "local-cluster": "local-cluster[2,1,1024]"}
SCHEMES = ("duckdb", "spark", "sc", "chdb")


class Engine(Protocol):
    """What a measure needs of an engine."""

    # Where small tables may lie for as long as the engine is open.
    folder: Path

    def read(self, name: str, parquet: Sequence[Path]) -> None:
        """Make Parquet files known under a name."""
        ...

    def make(self, name: str, query: str, *, is_kept: bool = True) -> None:
        """Give a question (DuckDB's dialect) a name; its answer is kept, or asked anew each time."""
        ...

    def ask(self, query: str) -> list[Row]:
        """The answer to a question (DuckDB's dialect)."""
        ...


def carried(query: str, dialect: str) -> str:
    """The same question in another engine's dialect; each column says its name: some engines keep `t.` in it."""
    asked = sqlglot.parse_one(query, read="duckdb")
    for select in asked.find_all(exp.Select):
        named = [exp.alias_(part, part.name) if isinstance(part, exp.Column) else part for part in select.expressions]
        select.set("expressions", named)
    return asked.sql(dialect=dialect)


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
        files = ", ".join(f"'{_quoted(path)}'" for path in parquet)
        self._door.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet([{files}])")  # noqa: S608 - files of ours

    def make(self, name: str, query: str, *, is_kept: bool = True) -> None:
        """As `Engine.make`."""
        self._door.execute(f"CREATE OR REPLACE {'TABLE' if is_kept else 'VIEW'} {name} AS {query}")

    def ask(self, query: str) -> list[Row]:
        """As `Engine.ask`."""
        return self._door.execute(query).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._door.close()


class Spark:
    """Spark: started here (`spark://local`, `spark://local-cluster`), on a cluster (`spark://host:7077`), or `sc://`."""

    def __init__(self, folder: Path, *, address: SplitResult) -> None:
        """`address` is what SPEAK_MIRROR_ENGINE holds."""
        self.folder = folder
        builder: Any = _library("pyspark.sql", "pyspark").SparkSession.builder.appName("speak mirror")
        if address.scheme == "sc":
            builder = builder.remote(address.geturl())
        else:
            builder = builder.master(SPARK_HERE.get(address.netloc, address.geturl()))
        settings = {
            "spark.ui.enabled": "false",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.ansi.enabled": "true",
            "spark.sql.shuffle.partitions": "2",
        }
        for name, value in settings.items():
            builder = builder.config(name, value)
        self._door: Any = builder.getOrCreate()

    def read(self, name: str, parquet: Sequence[Path]) -> None:
        """As `Engine.read`."""
        self._door.read.parquet(*map(str, parquet)).createOrReplaceTempView(name)

    def make(self, name: str, query: str, *, is_kept: bool = True) -> None:
        """As `Engine.make`."""
        asked = self._door.sql(carried(query, "spark"))
        (asked.cache() if is_kept else asked).createOrReplaceTempView(name)

    def ask(self, query: str) -> list[Row]:
        """As `Engine.ask`."""
        return [tuple(row) for row in self._door.sql(carried(query, "spark")).collect()]

    def close(self) -> None:
        """End the session."""
        self._door.stop()


class Chdb:
    """ClickHouse within this process, `chdb://`; for tests, and for who has it already."""

    def __init__(self, folder: Path) -> None:
        """`folder` is empty and ours."""
        self.folder = folder
        self._door: Any = _library("chdb.session", "chdb").Session(str(folder / "chdb"))
        self._door.query("CREATE DATABASE IF NOT EXISTS mirror ENGINE = Atomic")
        self._door.query("USE mirror")
        self._door.query("SET join_use_nulls = 1")

    def read(self, name: str, parquet: Sequence[Path]) -> None:
        """As `Engine.read`."""
        files = "{" + ",".join(_quoted(path) for path in parquet) + "}" if len(parquet) > 1 else _quoted(parquet[0])
        self._keep(name, f"SELECT * FROM file('{files}', Parquet)")  # noqa: S608 - files of ours

    def make(self, name: str, query: str, *, is_kept: bool = True) -> None:
        """As `Engine.make`."""
        if is_kept:
            self._keep(name, carried(query, "clickhouse"))
        else:
            self._door.query(f"CREATE OR REPLACE VIEW {name} AS {carried(query, 'clickhouse')}")

    def ask(self, query: str) -> list[Row]:
        """As `Engine.ask`."""
        answer = self._door.query(carried(query, "clickhouse"), "JSONCompactEachRow")
        return [tuple(json.loads(line)) for line in str(answer).splitlines() if line]

    def close(self) -> None:
        """End the session."""
        self._door.close()

    def _keep(self, name: str, query: str) -> None:
        self._door.query(f"DROP TABLE IF EXISTS {name}")
        self._door.query(f"CREATE TABLE {name} ENGINE = Memory AS {query}")


@contextlib.contextmanager
def opened(address: str = "", *, memory_mb: int = MEMORY_MB) -> Iterator[Duck | Spark | Chdb]:
    """The engine that SPEAK_MIRROR_ENGINE names, DuckDB where it names none; what it kept is gone afterwards."""
    parts = urlsplit(address or "duckdb://")
    with tempfile.TemporaryDirectory(prefix="speak-mirror-") as folder:
        engine: Duck | Spark | Chdb
        if parts.scheme == "duckdb":
            engine = Duck(Path(folder), memory_mb=memory_mb)
        elif parts.scheme in {"spark", "sc"}:
            engine = Spark(Path(folder), address=parts)
        elif parts.scheme == "chdb":
            engine = Chdb(Path(folder))
        else:
            raise Invalid(
                _("There is no way to an engine called %(name)s.") % {"name": parts.scheme or address},
                hint=_("SPEAK_MIRROR_ENGINE may begin with %(schemes)s.")
                % {"schemes": ", ".join(f"{scheme}://" for scheme in SCHEMES)},
            )
        with contextlib.closing(engine):
            yield engine


def _library(module: str, package: str) -> Any:  # noqa: ANN401 - libraries that are there only where somebody wants them
    try:
        return import_module(module)
    except ImportError as error:
        sentence = f"SPEAK_MIRROR_ENGINE names an engine whose library, {package}, is not installed."
        raise Failure(sentence, permanent=True) from error


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
