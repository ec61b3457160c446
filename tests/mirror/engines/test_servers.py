"""What happens between us and a server: what it is sent, what is left there, how it is said that something fails."""

import re
import ssl
import threading
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest
import trustme

from speak.mirror.engines import Engine, EngineFailure, opened
from speak.mirror.engines.copies import PREFIX
from speak.mirror.ground import keep_rows
from tests.mirror.talk import put, seeded
from tests.mirror.test_properties import lively

from . import clickhouse_server, trino_server
from .trino_server import Trino

pytestmark = [
    pytest.mark.engine,
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.enable_socket,
]
CLICKHOUSE = f"{clickhouse_server.USER}:{quote(clickhouse_server.PASSWORD, safe='')}"
TRINO = f"{trino_server.USER}:{quote(trino_server.PASSWORD, safe='')}"
SCHEMA = f"{trino_server.CATALOG}/{trino_server.SCHEMA}"
NOBODY = "127.0.0.1:1"


@pytest.fixture
def clickhouse(clickhouse_place: str) -> str:
    """The address of a ClickHouse that holds nothing."""
    return f"clickhouse://{CLICKHOUSE}@{clickhouse_place}/{clickhouse_server.DATABASE}"


@pytest.fixture
def trino_address(trino: Trino) -> str:
    """The address of a Trino that holds nothing."""
    return trino.address


@pytest.fixture(params=["clickhouse", "trino_address"])
def address(request: pytest.FixtureRequest) -> str:
    """First the one, then the other."""
    found: str = request.getfixturevalue(request.param)
    return found


def held(address: str) -> list[str]:
    """Every table there that a run of ours made, but for what it takes to look."""
    with opened(address) as engine:
        return [name for (name,) in engine.rows(engine.made_by_runs)]  # type: ignore[union-attr]


def names(engine: Engine) -> list[tuple[str, ...]]:
    return engine.ask("SELECT person FROM me ORDER BY person")


def test_tables_are_there_while_it_runs_and_gone_when_it_ends(address: str) -> None:
    with opened(address) as engine:
        put(engine, lively(seeded(2)))
        there = held(address)
        assert all(name.startswith(PREFIX) for name in there)
        assert {"message", "response", "standing"} <= {name.rsplit("_", 1)[-1] for name in there}
    assert not held(address)


def test_nothing_is_left_after_something_failed(address: str) -> None:
    def broken_off() -> None:
        with opened(address) as engine:
            keep_rows(engine, "me", columns={"person": "VARCHAR"}, rows=[("ana",)])
            engine.make("wrong", "SELECT nothing FROM me")

    with pytest.raises(EngineFailure, match=r"declines: [A-Z_]+"):
        broken_off()
    assert not held(address)


def test_two_runs_at_once_do_not_meet(address: str) -> None:
    with opened(address) as one, opened(address) as other:
        keep_rows(one, "me", columns={"person": "VARCHAR"}, rows=[("ana",)])
        keep_rows(other, "me", columns={"person": "VARCHAR"}, rows=[("ben",)])
        assert (names(one), names(other)) == ([("ana",)], [("ben",)])
        keep_rows(one, "me", columns={"person": "VARCHAR"}, rows=[("cem",)])
        assert names(one) == [("cem",)]


def test_what_a_killed_run_left_is_removed(address: str) -> None:
    with opened(address) as engine:
        keep_rows(engine, "me", columns={"person": "VARCHAR"}, rows=[("ana",)])
        engine.do(f"CREATE TABLE {PREFIX}1700000000_ab_me {engine.storage} AS SELECT 1 AS one")  # type: ignore[union-attr]
        assert len(held(address)) == 1


def test_every_kind_of_value_arrives_as_it_is(address: str) -> None:
    kinds = {"word": "VARCHAR", "number": "INTEGER", "moment": "BIGINT", "is_so": "BOOLEAN"}
    rows = [(None, 0, None, None), ("O'Neill \\ \n\t “x” 🦆 %s ?", 1, 2**62, True), ("", 2, -1, False)]
    with opened(address) as engine:
        keep_rows(engine, "thing", columns=kinds, rows=rows)
        assert engine.ask("SELECT word, number, moment, is_so FROM thing ORDER BY number") == rows


def test_many_rows_arrive_in_several_parts(address: str, tmp_path: Path) -> None:
    file = tmp_path / "many.parquet"
    with duckdb.connect() as door:
        many = "SELECT range AS number, md5(range::VARCHAR) AS word FROM range(10000)"
        door.execute(f"COPY ({many}) TO '{file}'")
    with opened(address) as engine:
        engine.read("many", [file, file])
        asked = "SELECT COUNT(*) AS rows, COUNT(DISTINCT word) AS words, SUM(number) AS sum FROM many"
        assert engine.ask(asked) == [(20_000, 10_000, 99_990_000)]


def test_a_trino_is_never_asked_more_than_it_takes_at_once(trino: Trino, trino_address: str) -> None:
    with opened(trino_address) as engine:
        rows = [(f"{number:0200}",) for number in range(10_000)]
        keep_rows(engine, "me", columns={"person": "VARCHAR"}, rows=rows)
    inserts = [query for query in trino.asked if query.startswith("INSERT")]
    assert len(inserts) > 4
    assert max(map(len, inserts)) < trino_server.MOST_CHARACTERS // 2


@pytest.mark.parametrize("lives", ["clickhouse", "trino"])
def test_nobody_there_is_said_in_words(lives: str) -> None:
    pytest.importorskip("trino")
    address = f"clickhouse://{CLICKHOUSE}@{NOBODY}" if lives == "clickhouse" else f"trino://ana@{NOBODY}/{SCHEMA}"
    failure = refused(address)
    assert str(failure).endswith(f"at {NOBODY} cannot be reached.")
    assert not failure.permanent


@pytest.mark.parametrize("status", [200, 404])
def test_somebody_else_there_is_said_in_words(status: int) -> None:
    pytest.importorskip("trino")
    with somebody_else(status) as place:
        failures = [refused(f"clickhouse://{CLICKHOUSE}@{place}/talk"), refused(f"trino://ana@{place}/{SCHEMA}")]
    assert all(re.search(r"cannot be reached|does not answer as", str(failure)) for failure in failures)


@contextmanager
def somebody_else(status: int) -> Iterator[str]:
    """A server of pages."""

    class Pages(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(b"<p>Welcome</p>")

        def log_message(self, *_given: object) -> None:
            """Quietly."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_wrong_password_is_said_in_words(clickhouse_place: str) -> None:
    failure = refused(f"clickhouse://measurer:not-this-one@{clickhouse_place}/conversation")
    assert str(failure) == f"ClickHouse at {clickhouse_place} declines: AUTHENTICATION_FAILED (516)."
    assert failure.hint == "Does the address hold the right user and password?"


def test_a_database_that_is_missing_is_said_in_words(clickhouse_place: str, trino: Trino) -> None:
    failure = refused(f"clickhouse://{CLICKHOUSE}@{clickhouse_place}/elsewhere")
    assert "declines: UNKNOWN_DATABASE (81)" in str(failure)
    assert failure.hint == "Is the database at the end of the address there?"
    failure = refused(f"trino://{trino_server.USER}@{trino.place}/lake/elsewhere")
    assert "declines: SCHEMA_NOT_FOUND" in str(failure)
    assert failure.hint == "Are the catalog and the schema at the end of the address there?"


@pytest.fixture
def authority() -> trustme.CA:
    """Who vouches for servers here."""
    return trustme.CA()


@pytest.fixture
def secured(authority: trustme.CA) -> Iterator[Trino]:
    """A Trino that asks for TLS and a password."""
    pytest.importorskip("trino")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with trino_server.trino(context) as server:
        yield server


def test_a_password_goes_to_a_trino_over_tls_and_nowhere_else(
    authority: trustme.CA, secured: Trino, tmp_path: Path
) -> None:
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(file)
    with opened(f"trino://{TRINO}@{secured.place}/{SCHEMA}?ca_cert={file}") as engine:
        keep_rows(engine, "me", columns={"person": "VARCHAR"}, rows=[("ana",)])
        assert names(engine) == [("ana",)]
    failure = refused(f"trino://measurer:not-this-one@{secured.place}/{SCHEMA}?ca_cert={file}")
    assert str(failure) == f"Trino at {secured.place} does not let us in."
    assert str(refused(f"trino://{TRINO}@{secured.place}/{SCHEMA}")).endswith("cannot be reached.")


def test_a_clickhouse_is_reached_over_tls(authority: trustme.CA, tmp_path: Path) -> None:
    pytest.importorskip("clickhouse_connect")
    file, certificate = tmp_path / "authority.pem", tmp_path / "server.pem"
    authority.cert_pem.write_to_path(file)
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(certificate)
    with clickhouse_server.clickhouse(certificate) as place:
        address = f"clickhouse://{CLICKHOUSE}@{place}/{clickhouse_server.DATABASE}?secure=true"
        with opened(f"{address}&ca_cert={file}") as engine:
            keep_rows(engine, "me", columns={"person": "VARCHAR"}, rows=[("ana",)])
            assert names(engine) == [("ana",)]
        assert str(refused(address)) == f"ClickHouse at {place} cannot be reached."


def refused(address: str) -> EngineFailure:
    """Why it could not be opened; nothing of it, nor of what lies behind it, holds the password."""
    with ExitStack() as leaving, pytest.raises(EngineFailure) as caught:
        leaving.enter_context(opened(address))
    told = "".join(traceback.format_exception(caught.value)) + caught.value.hint
    assert not [word for word in ("p@ss", "p%40ss", "not-this-one") if word in told]
    return caught.value
