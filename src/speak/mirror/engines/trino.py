"""Trino, reached by its HTTP protocol. It has no way to take a file: rows are sent as text, many in one INSERT."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult

from django.utils.translation import gettext as _
from sqlglot import exp

from speak.kernel.errors import Invalid
from speak.mirror.engines.addresses import server_at
from speak.mirror.engines.copies import PREFIX, Copies
from speak.mirror.engines.door import IS_IT_THERE, EngineFailure, Row, library
from speak.mirror.engines.sending import Parcel

EXAMPLE = "trino://user@host:8080/catalog/schema"
PORT, SECURE_PORT = 8080, 443
CONNECT_SECONDS, SILENT_SECONDS = 10, 120
# How long one question may take.
MOST_RUN_TIME = "1h"
# Of the million characters that a Trino takes as one question where nobody changed it.
INSERT_CHARACTERS = 400_000
UNAUTHORIZED, FORBIDDEN = "error 401", "error 403"
# What its library stumbles over when somebody else answers.
NO_TRINO = (ValueError, KeyError)


class Trino(Copies):
    """A Trino server, `trino://user@host:8080/catalog/schema`; with a password, or `?secure=true`, over TLS."""

    dialect = "trino"

    def __init__(self, folder: Path, *, address: SplitResult) -> None:
        """`address` is what SPEAK_MIRROR_ENGINE holds."""
        super().__init__(folder)
        server = server_at(address, example=EXAMPLE, least=2)
        is_secure = server.is_secure
        if is_secure is None:
            is_secure = bool(server.password) or server.port == SECURE_PORT
        if server.password and not is_secure:
            raise Invalid(
                _("SPEAK_MIRROR_ENGINE would send a password to a Trino in the clear."),
                hint=_("Leave out the password, or secure=false: a Trino takes passwords over TLS alone."),
            )
        port = server.port or (SECURE_PORT if is_secure else PORT)
        catalog, schema = server.path
        self._where = f"{server.host}:{port}"
        schemas = exp.Literal.string(schema).sql(dialect=self.dialect)
        self.made_by_runs = (
            f"SELECT table_name FROM information_schema.tables WHERE table_schema = {schemas}"  # noqa: S608 - quoted
            f" AND starts_with(table_name, '{PREFIX}')"
        )
        connect = library("trino.dbapi", "trino").connect
        basic = library("trino.auth", "trino").BasicAuthentication
        self._errors = _errors()
        self._door: Any = self._answered(
            connect,
            host=server.host,
            port=port,
            user=server.user or "speak",
            auth=basic(server.user, server.password) if server.password else None,
            catalog=catalog,
            schema=schema,
            http_scheme="https" if is_secure else "http",
            http_session=_trusting(server.ca_cert) if server.ca_cert else None,
            request_timeout=(CONNECT_SECONDS, SILENT_SECONDS),
            session_properties={"query_max_run_time": MOST_RUN_TIME},
            source="speak-mirror",
        )
        self.sweep()

    def do(self, sql: str) -> None:
        """As `Copies.do`: it is done when all is heard."""
        self.rows(sql)

    def rows(self, sql: str) -> list[Row]:
        """As `Copies.rows`."""
        return [tuple(row) for row in self._answered(lambda: self._door.cursor().execute(sql).fetchall())]

    def send(self, table: str, parcel: Parcel) -> None:
        """As `Copies.send`, row by row and so slow where there are millions."""
        for rows in parcel.literals(most=INSERT_CHARACTERS):
            self.do(f"INSERT INTO {table} ({', '.join(parcel.columns)}) VALUES {rows}")  # noqa: S608 - quoted

    def leave(self) -> None:
        """Close the connection."""
        self._door.close()

    def __str__(self) -> str:
        """As `Copies.__str__`."""
        return f"Trino at {self._where}"

    def _answered(self, asked: Any, **words: Any) -> Any:  # noqa: ANN401 - the library's own
        try:
            return asked(**words)
        except self._errors as error:
            raise self._failure(error) from error

    def _failure(self, error: Exception) -> EngineFailure:
        name = getattr(error, "error_name", "")
        if name:
            return EngineFailure(f"{self} declines: {name}.", hint=_hint(name), permanent=True)
        if str(error).startswith((UNAUTHORIZED, FORBIDDEN)):
            hint = "Does the address hold the right user and password?"
            return EngineFailure(f"{self} does not let us in.", hint=hint, permanent=True)
        if isinstance(error, NO_TRINO):
            return EngineFailure(f"{self} does not answer as Trino does.", hint=IS_IT_THERE, permanent=True)
        return EngineFailure(f"{self} cannot be reached.", hint=IS_IT_THERE)


def _trusting(ca_cert: str) -> Any:  # noqa: ANN401 - the library's own
    """A session that trusts these authorities alone; left to itself, it would prefer what REQUESTS_CA_BUNDLE says."""
    session = library("requests", "requests").Session()
    session.verify, session.trust_env = ca_cert, False
    return session


def _errors() -> tuple[type[Exception], ...]:
    found = library("trino.exceptions", "trino")
    return (found.Error, found.HttpError, library("requests.exceptions", "requests").RequestException, *NO_TRINO)


def _hint(name: str) -> str:
    if name in {"CATALOG_NOT_FOUND", "SCHEMA_NOT_FOUND", "MISSING_CATALOG_NAME", "MISSING_SCHEMA_NAME"}:
        return "Are the catalog and the schema at the end of the address there?"
    if name == "PERMISSION_DENIED":
        return "The user must be allowed CREATE TABLE, INSERT, SELECT and DROP TABLE in that schema."
    return ""
