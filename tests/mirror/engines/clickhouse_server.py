"""A ClickHouse server's HTTP interface before chdb, in a process of its own.

`python -m tests.mirror.engines.clickhouse_server`: it says its port, serves one user with a password,
and ends when its standard input does.
"""

import base64
import contextlib
import re
import ssl
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

USER, PASSWORD, DATABASE = "measurer", "p@ss/word", "conversation"
# What says how an answer travels; anything else beside a question is a setting.
TRAVEL = {"database", "query", "wait_end_of_query", "enable_http_compression", "client_protocol_version", "query_id"}
INSERT = re.compile(r"^INSERT INTO (\S+) (\(.*\)) *FORMAT Parquet$", re.DOTALL)
CODE = re.compile(r"Code: (\d+)")
WRONG_PASSWORD = b"Code: 516. DB::Exception: Authentication failed (AUTHENTICATION_FAILED)"


@contextlib.contextmanager
def clickhouse(certificate: Path | None = None) -> Iterator[str]:
    """The place of such a server, host and port, for as long as it is wanted; with a certificate, over TLS."""
    program = [
        sys.executable,
        "-m",
        "tests.mirror.engines.clickhouse_server",
        *([str(certificate)] if certificate else []),
    ]
    root = Path(__file__).parents[3]
    with subprocess.Popen(program, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield f"127.0.0.1:{int(process.stdout.readline())}"
        process.communicate()


class Handler(BaseHTTPRequestHandler):
    """One request: who asks, the question, the settings beside it."""

    protocol_version = "HTTP/1.1"
    session: ClassVar[Any]
    lock = threading.Lock()
    allowed = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

    def do_POST(self) -> None:
        body = self._body()
        if self.headers.get("Authorization") != self.allowed:
            self._answer(403, WRONG_PASSWORD, code="516")
            return
        said = dict(parse_qsl(urlsplit(self.path).query))
        try:
            with self.lock:
                answer = self._asked(said, body)
        except RuntimeError as error:
            found = CODE.search(str(error))
            self._answer(500, str(error).encode(), code=found[1] if found else "1002")
        else:
            self._answer(200, answer)

    do_GET = do_POST  # noqa: N815 - the library's name

    def log_message(self, *_given: object) -> None:
        """Quietly."""

    def _asked(self, said: dict[str, str], body: bytes) -> bytes:
        self.session.query(f"USE {said.get('database', 'default')}")
        for name, value in said.items():
            if name not in TRAVEL:
                self.session.query(f"SET {name} = '{value}'")
        question = said.get("query", "")
        if rows := INSERT.match(question.strip()):
            with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
                file.write(body)
                file.flush()
                source = f"SELECT * FROM file('{file.name}', Parquet)"  # noqa: S608 - a file of ours
                self.session.query(f"INSERT INTO {rows[1]} {rows[2]} {source}")
            return b""
        return bytes(self.session.query(question + body.decode(), "TabSeparated").bytes())

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        found = bytearray()
        while size := int(self.rfile.readline(), 16):
            found += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return bytes(found)

    def _answer(self, status: int, body: bytes, *, code: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if code:
            self.send_header("X-ClickHouse-Exception-Code", code)
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Until nobody wants it any more."""
    with tempfile.TemporaryDirectory() as folder:
        Handler.session = import_module("chdb.session").Session(folder)
        Handler.session.query(f"CREATE DATABASE {DATABASE} ENGINE = Atomic")
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        for certificate in sys.argv[1:]:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
        sys.stdin.read()
        server.shutdown()


if __name__ == "__main__":
    main()
