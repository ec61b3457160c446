"""Engines to which tables are copied: shown on one that is DuckDB too, and sees none of our files."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from speak.mirror.counting import counted
from speak.mirror.engines import Engine, EngineFailure, Row, opened
from speak.mirror.engines.copies import PREFIX, Copies
from speak.mirror.engines.sending import SENT, Parcel, packed
from speak.mirror.ground import keep_rows
from speak.mirror.looking import own_of
from speak.mirror.measures import basis
from speak.mirror.table import MESSAGE, RESPONSE, TABLES
from tests.mirror.talk import DAY, START, put, seeded
from tests.mirror.test_properties import lively

from .test_carrying import everything


class Far(Copies):
    """DuckDB elsewhere: tables arrive as text, and nothing is read from files."""

    dialect = "duckdb"
    made_by_runs = f"SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, '{PREFIX}')"  # noqa: S608 - a word of ours

    def __init__(self, folder: Path, *, there: duckdb.DuckDBPyConnection, loses: int = 0) -> None:
        super().__init__(folder)
        self.there = there
        self.loses = loses
        self.is_reachable = True

    def do(self, sql: str) -> None:
        self.rows(sql)

    def rows(self, sql: str) -> list[Row]:
        if not self.is_reachable:
            raise EngineFailure("It cannot be reached.")
        try:
            return self.there.execute(sql).fetchall()
        except duckdb.Error as error:
            raise EngineFailure("It declines.", permanent=True) from error

    def send(self, table: str, parcel: Parcel) -> None:
        for number, rows in enumerate(parcel.literals(most=2000)):
            if number >= self.loses:
                self.do(f"INSERT INTO {table} VALUES {rows}")  # noqa: S608 - rows of a test

    def leave(self) -> None:
        self.there.execute("SELECT 1")

    def __str__(self) -> str:
        """As `Copies.__str__`."""
        return "DuckDB elsewhere"


@pytest.fixture
def there() -> Iterator[duckdb.DuckDBPyConnection]:
    """A server's database."""
    with duckdb.connect() as door:
        yield door


def tables(there: duckdb.DuckDBPyConnection) -> list[str]:
    return [name for (name,) in there.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]


def everything_asked(engine: Engine) -> tuple[list[object], object]:
    found = [
        {part: sorted(asked.parts, key=lambda part: part.person) for part, asked in count.asked.items()}
        for count in counted(engine, put(engine, lively(seeded(1))))
    ]
    return list(found), own_of(engine, "p07", now_at=START + 200 * DAY)


def test_figures_are_the_same_where_tables_are_copied(there: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with closing(Far(tmp_path, there=there)) as far, opened() as here:
        assert everything_asked(far) == everything_asked(here)
        assert set(MESSAGE) - {name for name, *_ in there.execute(f"DESCRIBE {_message(there)}").fetchall()} == {
            *("source", "space_id", "author_raw", "zone_minutes", "n_recipients", "edited", "len")
        }
    assert not tables(there)


def _message(there: duckdb.DuckDBPyConnection) -> str:
    (name,) = (name for name in tables(there) if name.endswith("_message"))
    return name


def test_two_runs_at_once_do_not_meet(there: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with closing(Far(tmp_path, there=there)) as one:
        keep_rows(one, "me", columns={"person": "VARCHAR"}, rows=[("ana",)])
        with closing(Far(tmp_path, there=there)) as other:
            keep_rows(other, "me", columns={"person": "VARCHAR"}, rows=[("ben",)])
            assert (one.ask("SELECT person FROM me"), other.ask("SELECT person FROM me")) == ([("ana",)], [("ben",)])
        assert one.ask("SELECT person FROM me") == [("ana",)]
    assert not tables(there)


@pytest.mark.parametrize(
    "rows", [[], [("O'Neill \\ \n “x”", None, 2**62, True), ("", 1, -1, False), (None, 2, 0, None)]]
)
def test_rows_arrive_as_they_are(
    rows: Sequence[tuple[object, ...]], there: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    kinds = {"word": "VARCHAR", "number": "INTEGER", "moment": "BIGINT", "is_so": "BOOLEAN"}
    with closing(Far(tmp_path, there=there)) as far:
        keep_rows(far, "thing", columns=kinds, rows=rows)
        assert far.ask("SELECT word, number, moment, is_so FROM thing ORDER BY number NULLS FIRST") == list(rows)


def test_parcels_are_cut_and_leave_nothing_behind(there: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    file, folder = tmp_path / "many.parquet", tmp_path / "ours"
    folder.mkdir()
    there.execute(f"COPY (SELECT range AS number, 'word' AS word FROM range(3000)) TO '{file}'")  # noqa: S608 - a file of a test
    with packed("many", [file], folder=folder) as parcel:
        batches = list(parcel.literals(most=10_000))
        assert parcel.rows == 3000
        assert parcel.columns == {"number": "BIGINT", "word": "VARCHAR"}
        assert max(map(len, batches)) < 11_000
        assert sum(batch.count("(") for batch in batches) == 3000
        read = [duckdb.read_parquet(str(piece)).count("*").fetchall() for piece in parcel.pieces()]
        assert read == [[(3000,)]]
    assert not [*folder.iterdir()]


def test_names_of_people_are_never_sent(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="person is never sent"), packed("person", [], folder=tmp_path):
        pass
    assert set(SENT) < set(TABLES)


def test_every_column_that_is_sent_is_asked_for() -> None:
    asked = " ".join(everything())
    assert not [column for columns in SENT.values() for column in columns if column not in asked]
    assert {*SENT["message"], *SENT["response"]} < {*MESSAGE, *RESPONSE}
    assert "visibility" in basis("line")


def test_rows_lost_on_the_way_are_noticed(there: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with (
        closing(Far(tmp_path, there=there, loses=1)) as far,
        pytest.raises(EngineFailure, match="DuckDB elsewhere was sent 2 rows, and holds 0"),
    ):
        keep_rows(far, "me", columns={"person": "VARCHAR"}, rows=[("ana",), ("ben",)])
    assert not tables(there)


def test_what_a_killed_run_left_is_removed_by_a_later_one(there: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    theirs = ["speak_mirror_9999999999_ab_message", "speak_mirror_x_message", "somebody_elses"]
    for name in ("speak_mirror_1700000000_ab_message", *theirs):
        there.execute(f"CREATE TABLE {name} (one INTEGER)")
    with closing(Far(tmp_path, there=there)) as far:
        far.sweep()
    assert sorted(tables(there)) == sorted(theirs)


def test_a_server_that_went_away_is_told_of_and_hides_nothing(
    there: duckdb.DuckDBPyConnection, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def broken_off() -> None:
        with closing(Far(tmp_path, there=there)) as far:
            keep_rows(far, "me", columns={"person": "VARCHAR"}, rows=[("ana",)])
            far.is_reachable = False
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.getMessage() == f"It cannot be reached. The table {tables(there)[0]} may be left there."
