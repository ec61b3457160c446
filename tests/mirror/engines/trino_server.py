"""A server that speaks Trino's protocol over HTTP, and answers by DuckDB.

It shows that we speak as its library does, not what a Trino would find.
"""

import base64
import contextlib
import itertools
import json
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import duckdb
import sqlglot

CATALOG, SCHEMA, USER, PASSWORD = "lake", "conversation", "measurer", "p@ss/word"
# Trino's own limit, where nobody changed it.
MOST_CHARACTERS = 1_000_000
ROWS_IN_A_PAGE = 20
TYPES = {"BIGINT": "bigint", "INTEGER": "integer", "HUGEINT": "bigint", "BOOLEAN": "boolean", "VARCHAR": "varchar"}


class Trino(ThreadingHTTPServer):
    """What it holds, what it was asked, and what it has not yet told."""

    daemon_threads = True

    def __init__(self, context: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.scheme = "http"
        if context:
            self.socket = context.wrap_socket(self.socket, server_side=True)
            self.scheme = "https"
        self.door = duckdb.connect()
        self.door.execute(f"ATTACH ':memory:' AS {CATALOG}; CREATE SCHEMA {CATALOG}.{SCHEMA}; USE {CATALOG}.{SCHEMA}")
        self.lock = threading.Lock()
        self.asked: list[str] = []
        self.numbers = itertools.count(1)
        self.waiting: dict[str, Iterator[dict[str, Any]]] = {}

    @property
    def place(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def address(self) -> str:
        """As SPEAK_MIRROR_ENGINE names it, without a password."""
        return f"trino://{USER}@{self.place}/{CATALOG}/{SCHEMA}"

    def answer(self, query: str) -> Iterator[dict[str, Any]]:
        """Page by page, and first that it waits."""
        self.asked.append(query)
        yield {"stats": {"state": "QUEUED"}}
        if len(query) > MOST_CHARACTERS:
            yield _declined("QUERY_TEXT_TOO_LARGE")
            return
        try:
            with self.lock:
                found = self.door.execute(sqlglot.transpile(query, read="trino", write="duckdb")[0])
                columns = [(name, TYPES[str(kind)]) for name, kind, *_ in found.description or ()]
                rows = found.fetchall()
        except (sqlglot.ParseError, duckdb.Error) as error:
            yield _declined("SYNTAX_ERROR" if isinstance(error, sqlglot.ParseError) else "TABLE_NOT_FOUND")
            return
        said = [{"name": name, "type": kind, "typeSignature": _signature(kind)} for name, kind in columns]
        for start in range(0, len(rows), ROWS_IN_A_PAGE):
            page = rows[start : start + ROWS_IN_A_PAGE]
            yield {"columns": said, "data": page, "stats": {"state": "RUNNING"}}
        yield {"columns": said, "stats": {"state": "FINISHED"}}


class Handler(BaseHTTPRequestHandler):
    """One request: a question, or the wish to hear more of its answer."""

    protocol_version = "HTTP/1.1"
    server: Trino
    allowed = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.server.scheme == "https" and self.headers.get("Authorization") != self.allowed:
            self._say(401, b"Unauthorized")
            return
        where = (self.headers["X-Trino-Catalog"], self.headers["X-Trino-Schema"])
        known = self.headers["X-Trino-User"] == USER and where == (CATALOG, SCHEMA)
        token = f"20260101_{next(self.server.numbers):06}"
        self.server.waiting[token] = self.server.answer(query) if known else iter([_declined("SCHEMA_NOT_FOUND")])
        self._next(token)

    def do_GET(self) -> None:
        self._next(self.path.rsplit("/", 2)[1])

    def do_DELETE(self) -> None:
        self.server.waiting.pop(self.path.rsplit("/", 2)[1], None)
        self._say(204, b"")

    def log_message(self, *_given: object) -> None:
        """Quietly."""

    def _next(self, token: str) -> None:
        page = next(self.server.waiting[token])
        base = f"{self.server.scheme}://{self.server.place}"
        word = {"id": token, "infoUri": f"{base}/ui/{token}", **page}
        if page["stats"]["state"] in {"FINISHED", "FAILED"}:
            del self.server.waiting[token]
        else:
            word["nextUri"] = f"{base}/v1/statement/{token}/{next(self.server.numbers)}"
        self._say(200, json.dumps(word).encode())

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def trino(context: ssl.SSLContext | None = None) -> Iterator[Trino]:
    """Such a server, for as long as it is wanted; with TLS it also wants a password."""
    with Trino(context) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def _signature(kind: str) -> dict[str, Any]:
    return {"rawType": kind, "arguments": []}


def _declined(name: str) -> dict[str, Any]:
    error = {"message": "it is so", "errorCode": 1, "errorName": name, "errorType": "USER_ERROR"}
    return {"error": error, "stats": {"state": "FAILED"}}
