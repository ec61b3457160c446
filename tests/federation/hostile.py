"""A site made to hurt, on a real socket behind the real door."""

import asyncio
import gzip
import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from speak.kernel.outbound import Answer, Call, Sign
from tests.kernel.outbound.places import IMPATIENT, INSIDE, OUTSIDE, a_door

TYPE = "text/html; charset=utf-8"
# The door gives each call a second; the rest is for a machine that has much else to do.
PATIENCE_SECONDS = 20
PATHS = (
    "loop",
    "round",
    "bomb",
    "endless",
    "slow",
    "inwards",
    "metadata",
    "file",
    "deep",
    "many",
    "nothing",
    "cut",
    "headers",
)


class Hostile(http.server.BaseHTTPRequestHandler):
    """Each path hurts in its own way."""

    link = b""

    def do_GET(self) -> None:
        way = self.path.strip("/").partition("?")[0]
        elsewhere = {
            "loop": self.path,
            "round": f"/round?{time.monotonic()}",
            "inwards": f"http://{INSIDE}:1/",
            "metadata": "http://169.254.169.254/latest/meta-data/",
            "file": "file:///etc/passwd",
        }
        if way in elsewhere:
            self._start(302, Location=elsewhere[way])
        elif way == "bomb":
            self._start(200, **{"Content-Type": TYPE, "Content-Encoding": "gzip"})
            self.wfile.write(gzip.compress(self.link + b" " * 50_000_000))
        elif way in {"endless", "slow"}:
            self._start(200, **{"Content-Type": TYPE})
            self._go_on(pause=0.2 if way == "slow" else 0)
        elif way == "headers":
            self._start(200, **{f"X-{number}": "x" * 500 for number in range(300)})
        elif way == "cut":
            self._start(200, **{"Content-Type": TYPE, "Content-Length": "100000"})
        else:
            self._start(200, **{"Content-Type": TYPE})
            self.wfile.write({"deep": self.link + b"<div>" * 5_000, "many": self.link + b"<p>" * 20_000}.get(way, b""))

    def _start(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _go_on(self, *, pause: float) -> None:
        until = time.monotonic() + 5
        while time.monotonic() < until:
            try:
                self.wfile.write(self.link + b"x" * (10 if pause else 65_536))
            except OSError:
                return
            time.sleep(pause)

    def log_message(self, *_given: object) -> None:
        """Quietly."""


@contextmanager
def hostile_site() -> Iterator[str]:
    """Its address; every page of it that says anything says `Hostile.link`."""
    server = http.server.ThreadingHTTPServer((OUTSIDE, 0), Hostile)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://{OUTSIDE}:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def ask(call: Call, *, sign: Sign | None = None) -> Answer:
    """Through the real door, which is soon impatient."""

    async def once() -> Answer:
        async with a_door(bounds=IMPATIENT) as door:
            return await door.send(call, sign=sign)

    return asyncio.run(once())
