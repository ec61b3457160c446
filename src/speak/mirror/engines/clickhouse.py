"""ClickHouse: within this process, or a server that is reached by HTTP. Their SQL is the same."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult

from speak.mirror.engines.addresses import server_at
from speak.mirror.engines.copies import PREFIX, Copies
from speak.mirror.engines.door import IS_IT_THERE, EngineFailure, Row, library
from speak.mirror.engines.duck import quoted
from speak.mirror.engines.sending import Parcel

EXAMPLE = "clickhouse://user:password@host:8123/database"
PORT, SECURE_PORT = 8123, 8443
CONNECT_SECONDS = 10
# How long one question may take, and how long nothing may be heard meanwhile: it tells how far it is.
MOST_SECONDS = 3600
SILENT_SECONDS = 300
# An absent row of an outer join is NULL, as everywhere else.
SETTINGS: dict[str, Any] = {"join_use_nulls": 1}
SETTING = "The user must be allowed to set join_use_nulls and max_execution_time."
# ClickHouse's numbers of errors, and what to do about them.
HINTS = {
    81: "Is the database at the end of the address there?",
    164: SETTING,
    192: "Does the address hold the right user?",
    193: "Does the address hold the right password?",
    194: "Does the address hold a password? The server wants one.",
    452: SETTING,
    497: "The user must be allowed CREATE TABLE, INSERT, SELECT and DROP TABLE in that database.",
    516: "Does the address hold the right user and password?",
}


class _ClickHouse(Copies):
    dialect = "clickhouse"
    storage = "ENGINE = MergeTree ORDER BY tuple()"
    made_by_runs = f"SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, '{PREFIX}')"  # noqa: S608 - a word of ours


class Chdb(_ClickHouse):
    """ClickHouse within this process, `chdb://`; for tests, and for who has it already."""

    def __init__(self, folder: Path) -> None:
        """`folder` is empty and ours."""
        super().__init__(folder)
        self._door: Any = library("chdb.session", "chdb").Session(str(folder / "chdb"))
        self.do("CREATE DATABASE IF NOT EXISTS mirror ENGINE = Atomic")
        self.do("USE mirror")
        for name, value in SETTINGS.items():
            self.do(f"SET {name} = {value}")

    def do(self, sql: str) -> None:
        """As `Copies.do`."""
        self._door.query(sql)

    def rows(self, sql: str) -> list[Row]:
        """As `Copies.rows`."""
        answer = self._door.query(sql, "JSONCompactEachRow")
        return [tuple(json.loads(line)) for line in str(answer).splitlines() if line]

    def send(self, table: str, parcel: Parcel) -> None:
        """As `Copies.send`: it reads files of this machine."""
        for piece in parcel.pieces():
            self.do(f"INSERT INTO {table} SELECT * FROM file({quoted(piece)}, Parquet)")  # noqa: S608 - a file of ours

    def leave(self) -> None:
        """End the session."""
        self._door.close()

    def __str__(self) -> str:
        """As `Copies.__str__`."""
        return "ClickHouse within this process"


class ClickHouse(_ClickHouse):
    """A ClickHouse server, `clickhouse://user:password@host:8123/database`, with `?secure=true` over TLS."""

    def __init__(self, folder: Path, *, address: SplitResult) -> None:
        """`address` is what SPEAK_MIRROR_ENGINE holds."""
        super().__init__(folder)
        server = server_at(address, example=EXAMPLE)
        is_secure = server.port in {443, SECURE_PORT} if server.is_secure is None else server.is_secure
        port = server.port or (SECURE_PORT if is_secure else PORT)
        self._where = f"{server.host}:{port}"
        connect = library("clickhouse_connect", "clickhouse-connect").get_client
        self._errors: Any = library("clickhouse_connect.driver.exceptions", "clickhouse-connect")
        self._door: Any = self._answered(
            connect,
            host=server.host,
            port=port,
            username=server.user or "default",
            password=server.password,
            database="".join(server.path) or "__default__",
            interface="https" if is_secure else "http",
            ca_cert=server.ca_cert or None,
            connect_timeout=CONNECT_SECONDS,
            send_receive_timeout=SILENT_SECONDS,
            settings=SETTINGS | {"max_execution_time": MOST_SECONDS},
            client_name="speak-mirror",
            # Nothing is kept in a session: any server behind the address may answer.
            autogenerate_session_id=False,
        )
        self.sweep()

    def do(self, sql: str) -> None:
        """As `Copies.do`."""
        self._answered(self._door.command, sql)

    def rows(self, sql: str) -> list[Row]:
        """As `Copies.rows`."""
        return list(self._answered(self._door.query, sql).result_rows)

    def send(self, table: str, parcel: Parcel) -> None:
        """As `Copies.send`: Parquet as it is, read while it is sent."""
        for piece in parcel.pieces():
            with piece.open("rb") as rows:
                self._answered(self._door.raw_insert, table, list(parcel.columns), rows, fmt="Parquet")

    def leave(self) -> None:
        """Close the connection."""
        self._door.close()

    def __str__(self) -> str:
        """As `Copies.__str__`."""
        return f"ClickHouse at {self._where}"

    def _answered(self, asked: Any, *words: Any, **more: Any) -> Any:  # noqa: ANN401 - the library's own
        try:
            return asked(*words, **more)
        except self._errors.Error as error:
            raise self._failure(error) from error

    def _failure(self, error: Any) -> EngineFailure:  # noqa: ANN401 - the library's own
        if error.code is not None:
            sentence = f"{self} declines: {error.name or 'error'} ({error.code})."
            return EngineFailure(sentence, hint=HINTS.get(error.code, ""), permanent=True)
        if isinstance(error, self._errors.OperationalError):
            return EngineFailure(f"{self} cannot be reached.", hint=IS_IT_THERE)
        return EngineFailure(f"{self} does not answer as ClickHouse does.", hint=IS_IT_THERE, permanent=True)
