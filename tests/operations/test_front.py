"""Requests are taken in whole before a thread answers them; what comes too slowly, or is too large, is refused."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from speak.operations import front
from speak.operations.front import Environ, Front, Headers, Taking

Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


@dataclass
class Call:
    """A request, as granian would describe it."""

    method: str = "POST"
    path: str = "/in%20box/%C3%BC"
    query_string: str = "q=%20a"
    headers: Mapping[str, str] = field(default_factory=dict)
    proto: str = "http"
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "[::1]:50000"
    scheme: str = "https"
    authority: str | None = None


@dataclass
class Line:
    """The way to whoever asks: `pieces` of a body, with a pause before each; keeps what was answered."""

    pieces: Sequence[bytes] = ()
    pause: float = 0.0
    status: int = 0
    headers: Headers = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)

    async def __call__(self) -> bytes:
        return b"".join([piece async for piece in self])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The pieces, each after the pause."""
        for piece in self.pieces:
            await asyncio.sleep(self.pause)
            yield piece

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        self.status, self.headers, self.sent = status, headers, [body]

    def response_stream(self, status: int, headers: Headers) -> "Line":
        self.status, self.headers = status, headers
        return self

    async def send_bytes(self, piece: bytes) -> None:
        self.sent.append(piece)


class Closing(list[bytes]):
    """A body that has to be closed, as those of Django."""

    is_closed = False

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def seen() -> dict[str, Any]:
    """What the application was asked."""
    return {}


def answering(seen: dict[str, Any], body: Closing) -> Application:
    """An application that remembers what it was asked."""

    def application(environ: Environ, start: Callable[..., Any]) -> Closing:
        seen.update(environ, body=environ["wsgi.input"].read())
        start("202 Accepted", [("x-one", "1")])
        return body

    return application


def ask(call: Call, line: Line, seen: dict[str, Any], *, body: Closing | None = None, patience: float = 5.0) -> Line:
    """One request, from beginning to end."""
    application = answering(seen, Closing([b"tak", b"en"]) if body is None else body)
    asyncio.run(Front(application, threads=1, patience=patience).__rsgi__(call, line))
    return line


def test_django_hears_it_as_it_was_asked(seen: dict[str, Any]) -> None:
    headers = {"host": "home.example", "content-type": "text/x", "content-length": "5", "x-a": "1", "x_a": "2"}
    line = ask(Call(headers=headers), Line([b"he", b"llo"]), seen)
    assert (line.status, line.headers, line.sent) == (202, [("x-one", "1")], [b"taken"])
    assert (seen["body"], seen["CONTENT_LENGTH"], seen["CONTENT_TYPE"]) == (b"hello", "5", "text/x")
    assert (seen["PATH_INFO"].encode("latin-1").decode(), seen["QUERY_STRING"]) == ("/in box/ü", "q=%20a")
    assert (seen["HTTP_HOST"], seen["HTTP_X_A"], seen["REMOTE_ADDR"]) == ("home.example", "1", "::1")
    assert (seen["wsgi.url_scheme"], seen["SERVER_PORT"], seen["REQUEST_METHOD"]) == ("https", "8000", "POST")


def test_a_body_of_unknown_length_is_measured(seen: dict[str, Any]) -> None:
    ask(Call(headers={"transfer-encoding": "chunked"}), Line([b"x" * 700_000, b"y" * 700_000]), seen)
    assert (len(seen["body"]), seen["CONTENT_LENGTH"]) == (1_400_000, "1400000")


@pytest.mark.parametrize("headers", [{"content-length": "4"}, {"transfer-encoding": "chunked"}])
def test_what_comes_too_slowly_is_refused_and_nobody_is_asked(seen: dict[str, Any], headers: dict[str, str]) -> None:
    line = ask(Call(headers=headers), Line([b"a"] * 4, pause=30.0), seen, patience=0.01)
    assert (line.status, seen) == (408, {})


@pytest.mark.parametrize("headers", [{"content-length": "9" * 30}, {"content-length": "101"}, {}])
def test_what_is_too_large_is_refused_and_nobody_is_asked(
    seen: dict[str, Any], headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front, "MOST", 100)
    line = ask(Call(headers=headers), Line([b"x" * 60, b"x" * 60]), seen)
    assert (line.status, seen) == (413, {})


def test_where_more_is_taken_it_is_taken(seen: dict[str, Any], monkeypatch: pytest.MonkeyPatch, own_data: Path) -> None:
    monkeypatch.setattr(front, "MOST", 100)
    monkeypatch.setattr(front, "IN_MEMORY", 100)
    taking = Taking(lambda path: 150 if path.startswith("/in") else 100, str(own_data))
    application = Front(answering(seen, Closing([b"taken"])), threads=1, taking=taking)
    statuses = []
    for path, length in (("/in%20box", 120), ("/in%20box", 151), ("/out", 120)):
        call, line = Call(path=path, headers={"content-length": str(length)}), Line([b"x" * length])
        asyncio.run(application.__rsgi__(call, line))
        statuses.append(line.status)
    assert statuses == [202, 413, 413]
    assert len(seen["body"]) == 120
    assert not list(own_data.iterdir()), "nothing stays"


def test_a_long_answer_goes_in_pieces_and_is_closed(seen: dict[str, Any]) -> None:
    body = Closing([b"x" * 100_000] * 7)
    line = ask(Call("GET"), Line(), seen, body=body)
    assert (len(line.sent), sum(map(len, line.sent))) == (3, 700_000)
    assert body.is_closed
    assert seen["body"] == b""


def test_a_short_answer_is_closed(seen: dict[str, Any]) -> None:
    body = Closing([b"x"])
    assert ask(Call("GET"), Line(), seen, body=body).sent == [b"x"]
    assert body.is_closed
