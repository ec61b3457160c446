"""Many other servers on loopback, which keep who got which activity and lose what the dead have sent."""

import contextlib
import json
import select
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Inboxes(ThreadingHTTPServer):
    """Every address of 127.0.0.0/8 at one port: takes a few at a time, and keeps who got which activity."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self) -> None:
        super().__init__(("0.0.0.0", 0), _Inbox)  # noqa: S104 - all of loopback; nothing else routes here in a test
        self.arrived: Counter[tuple[str, str]] = Counter()
        self.first_at = 0.0
        self.lock = threading.Lock()
        self.turns = threading.Semaphore(8)

    def hosts(self) -> set[str]:
        """Who got anything."""
        with self.lock:
            return {host for host, _ in self.arrived}

    def have_heard(self, enough: int) -> bool:
        """Whether so many got something."""
        return len(self.hosts()) >= enough

    def have_taken(self, more_than: int) -> bool:
        """Whether more copies than so many were taken."""
        with self.lock:
            return self.arrived.total() > more_than

    def pairs(self) -> set[tuple[str, str]]:
        """Who got what."""
        with self.lock:
            return set(self.arrived)

    def ids(self) -> set[str]:
        """Every id of an activity that arrived."""
        with self.lock:
            return {uri for _, uri in self.arrived}


class _Inbox(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Take it when its turn has come; what was sent by somebody who is dead by then is lost, as in a crash."""
        assert isinstance(self.server, Inboxes)
        self.server.first_at = self.server.first_at or time.time()
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.headers["Signature"]
        with self.server.turns:
            time.sleep(0.1)
            if self._sender_is_dead():
                self.close_connection = True
                return
        with self.server.lock:
            self.server.arrived[self.headers["Host"], body["id"]] += 1
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _sender_is_dead(self) -> bool:
        readable, _, _ = select.select([self.connection], [], [], 0)
        try:
            return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)
        except ConnectionResetError:
            return True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@contextlib.contextmanager
def listening() -> Iterator[Inboxes]:
    """Two hundred other servers, until the test has ended."""
    server = Inboxes()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
