"""What the web server calls: it takes each request in whole, and only then one of a few threads answers it.

Reading waits for whoever sends, answering does not: so nobody who sends slowly, or never ends, keeps others waiting.
Speaks RSGI (granian) on one side and WSGI (PEP 3333) to Django on the other.
"""

import asyncio
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import SEEK_END, BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Protocol
from urllib.parse import unquote_to_bytes

from granian.rsgi import ProtocolClosed, ProtocolError  # type: ignore[attr-defined] # they are there to be caught

# So long a body may take, and as much longer as it is larger: in seconds, and bytes a second.
PATIENCE, SLOWEST = 20.0, 4096
# More than any form of ours takes but one, that takes archives; what is announced as larger is refused unread.
MOST = 64 * 1024 * 1024
IN_MEMORY = 1024 * 1024
# So much of a long answer is read at once.
PIECE = 256 * 1024
BODILESS = {"GET", "HEAD", "OPTIONS"}
PLAIN = ("content-type", "text/plain; charset=utf-8")
ALONE = {"CONTENT-TYPE": "CONTENT_TYPE", "CONTENT-LENGTH": "CONTENT_LENGTH"}

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Call(Protocol):
    """The request, as granian describes it."""

    proto: str
    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None
    headers: Any


class Line(Protocol):
    """The way to whoever asks, as granian gives it."""

    async def __call__(self) -> bytes:
        """The body, whole."""

    def __aiter__(self) -> Any:  # noqa: ANN401 - granian's
        """The body, in pieces."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer at once."""

    def response_stream(self, status: int, headers: Headers) -> Any:  # noqa: ANN401 - granian's
        """Answer in pieces."""


@dataclass(frozen=True, slots=True)
class Taking:
    """How many bytes are taken in at a path, where it is more than usual; and where large bodies lie meanwhile."""

    most_at: Callable[[str], int] = lambda _path: MOST
    folder: str | None = None


class TooLarge(Exception):
    """More than any page takes."""


@dataclass(slots=True)
class Answer:
    """What Django answers: the start of the body, and the rest where there is more."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    start: bytes = b""
    rest: Iterator[bytes] | None = None
    close: Callable[[], None] = lambda: None

    def begin(self, status: str, headers: Headers, _fault: object = None) -> None:
        """WSGI's `start_response`."""
        self.status, self.headers = int(status.split(" ", 1)[0]), headers

    def more(self) -> bytes:
        """The next piece of a long body; empty at its end."""
        pieces, size = [], 0
        for piece in self.rest or ():
            pieces.append(piece)
            size += len(piece)
            if size >= PIECE:
                break
        return b"".join(pieces)


class Front:
    """The application, as granian wants it."""

    def __init__(
        self,
        application: Application,
        *,
        threads: int,
        patience: float = PATIENCE,
        taking: Taking = Taking(),
    ) -> None:
        """So many `threads` answer; a body has `patience` seconds to arrive, and more the larger it is."""
        self.application, self.patience, self.taking = application, patience, taking
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="answers")

    async def __rsgi__(self, call: Call, line: Line) -> None:
        """Take it in, have it answered, send the answer."""
        if call.proto != "http":
            return
        try:
            body = await received(call, line, patience=self.patience, taking=self.taking)
        except TimeoutError:
            line.response_bytes(408, [PLAIN, ("connection", "close")], b"That took too long to arrive.\n")
            return
        except TooLarge:
            line.response_bytes(413, [PLAIN, ("connection", "close")], b"That is more than anything here takes.\n")
            return
        except (ProtocolClosed, ProtocolError):
            return  # whoever asked is gone
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self.threads, self.answered, call, body)
        if answer.rest is None:
            line.response_bytes(answer.status, answer.headers, answer.start)
            return
        try:
            way = line.response_stream(answer.status, answer.headers)
            piece = answer.start
            while piece:
                await way.send_bytes(piece)
                piece = await loop.run_in_executor(self.threads, answer.more)
        finally:
            await loop.run_in_executor(self.threads, answer.close)

    def answered(self, call: Call, body: IO[bytes]) -> Answer:
        """In a thread: what Django says; of a long answer only the start."""
        answer = Answer()
        with body:
            result = self.application(environ_of(call, body), answer.begin)
        close = getattr(result, "close", lambda: None)
        answer.rest = iter(result)
        answer.start = answer.more()
        if len(answer.start) < PIECE:
            answer.rest = None
            close()
        else:
            answer.close = close
        return answer


async def received(call: Call, line: Line, *, patience: float, taking: Taking) -> IO[bytes]:
    """The body, whole.

    Raises:
        TimeoutError: it did not arrive in time.
        TooLarge: it is larger than anything here takes.
    """
    announced = str(call.headers.get("content-length") or "")
    length = int(announced[:20]) if announced.isascii() and announced.isdigit() else 0
    if length == 0 and (call.method in BODILESS or announced):
        return BytesIO()
    most = taking.most_at(call.path) if length > MOST else MOST
    if length > most:
        raise TooLarge
    async with asyncio.timeout(patience + length / SLOWEST):
        if 0 < length <= IN_MEMORY:
            return BytesIO(await line())
        return await spooled(line, most=most, folder=taking.folder)


async def spooled(line: Line, *, most: int, folder: str | None) -> IO[bytes]:
    """A body that is large, or does not say how large it is, on the disk beyond the first megabyte."""
    with ExitStack() as stack:
        body: IO[bytes] = stack.enter_context(SpooledTemporaryFile(IN_MEMORY, dir=folder))
        async for piece in line:
            if body.tell() + len(piece) > most:
                raise TooLarge
            body.write(piece)
        stack.pop_all()  # closed once it is answered
    return body


def environ_of(call: Call, body: IO[bytes]) -> Environ:
    """The request as WSGI describes it. What has `_` in its name could pass for what has `-`, and is left out."""
    host, _, port = call.server.rpartition(":")
    length = body.seek(0, SEEK_END)
    body.seek(0)
    environ: Environ = {
        "REQUEST_METHOD": call.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(call.path).decode("latin-1"),
        "QUERY_STRING": call.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{call.http_version}",
        "REMOTE_ADDR": call.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": call.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in call.headers.items():
        if "_" not in name:
            key = name.upper()
            key = ALONE.get(key) or f"HTTP_{key.replace('-', '_')}"
            joint = ";" if key == "HTTP_COOKIE" else ","
            environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    if length:
        environ["CONTENT_LENGTH"] = str(length)
    if call.authority and "HTTP_HOST" not in environ:
        environ["HTTP_HOST"] = call.authority
    return environ
