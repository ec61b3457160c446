"""The lines themselves, to a running server: WebSocket and server-sent events, by clients that nobody here wrote."""

import json
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.postgres import fresh_database
from tests.running import Home, home

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]

PASSWORD = "correct horse battery staple"
SECONDS = 15


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A server with alice and bob, and two processes that tell what happens."""
    folder = tmp_path_factory.mktemp("streaming")
    with fresh_database() as database, home(folder, database_url=database) as server:
        for handle in ("alice", "bob"):
            server.speak("person", "add", handle, typed=f"{PASSWORD}\n{PASSWORD}\n")
        server.start("stream", "stream 2")
        yield server


@pytest.fixture
def alice(place: Home) -> str:
    """A token of alice's."""
    return token_of(place, "alice")


@pytest.fixture
def bob(place: Home) -> str:
    """A token of bob's."""
    return token_of(place, "bob")


def token_of(place: Home, handle: str) -> str:
    """A new token of somebody's."""
    return place.speak("token", handle, "--scopes", "read write follow").split()[-1]


def ask(place: Home, token: str, method: str, path: str, **given: object) -> Any:  # noqa: ANN401 - what the JSON holds
    """What the server answers an app."""
    request = urllib.request.Request(  # noqa: S310 - our own
        place.url + path,
        method=method,
        data=json.dumps(given).encode() if method != "GET" else None,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - our own
        return json.load(answer)


def line(place: Home, token: str, *, stream: str = "", process: str = "stream") -> ClientConnection:
    """A WebSocket of somebody's, with the token where browsers can show it."""
    address = f"ws://localhost:{place.stream_ports[process]}/api/v1/streaming?stream={stream}"
    return connect(address, subprotocols=[token], proxy=None)  # type: ignore[list-item]


def heard(connection: ClientConnection) -> dict[str, Any]:
    """The next message."""
    message: dict[str, Any] = json.loads(connection.recv(timeout=SECONDS))
    return message


def settled(connection: ClientConnection) -> None:
    """What was asked for before has been done: a question without sense is answered after it."""
    connection.send(json.dumps({"type": "subscribe", "stream": "nonsense"}))
    assert heard(connection) == {"error": "Unknown stream type", "status": 400}


def test_one_line_carries_several_streams_and_each_process_tells_all(place: Home, alice: str, bob: str) -> None:
    with line(place, bob, stream="user:notification") as first, line(place, alice, process="stream 2") as second:
        first.send(json.dumps({"type": "subscribe", "stream": "hashtag", "tag": "Tides"}))
        second.send(json.dumps({"type": "subscribe", "stream": "user"}))
        settled(first)
        settled(second)
        said = ask(place, alice, "POST", "/api/v1/statuses", status="@bob #tides", visibility="public")
        told = [heard(first), heard(first)]
        assert {tuple(each["stream"]) for each in told} == {("user:notification",), ("hashtag", "tides")}
        shown = next(json.loads(each["payload"]) for each in told if each["event"] == "update")
        assert shown["id"] == said["id"]
        assert heard(second)["event"] == "update"
        first.send(json.dumps({"type": "unsubscribe", "stream": "hashtag", "tag": "tides"}))
        settled(first)
        ask(place, alice, "DELETE", f"/api/v1/statuses/{said['id']}")
        gone = heard(second)
        assert (gone["event"], gone["payload"]) == ("delete", said["id"])


def test_server_sent_events_tell_the_same(place: Home, alice: str) -> None:
    address = f"http://localhost:{place.stream_ports['stream']}/api/v1/streaming/user"
    request = urllib.request.Request(
        address, headers={"Authorization": f"Bearer {alice}", "Origin": "https://app.example"}
    )
    with urllib.request.urlopen(request, timeout=SECONDS) as stream:  # noqa: S310 - our own
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert stream.headers["Access-Control-Allow-Origin"] == "*"
        assert stream.readline() == b":)\n"
        said = ask(place, alice, "POST", "/api/v1/statuses", status="To myself.", visibility="private")
        assert stream.readline() == b"event: update\n"
        assert json.loads(stream.readline().removeprefix(b"data: "))["id"] == said["id"]


@pytest.mark.parametrize(
    ("path", "token", "status"), [("user", "", 401), ("user", "nobodys", 401), ("users", "ok", 400)]
)
def test_without_a_token_that_opens_it_nothing_is_told(
    place: Home, alice: str, path: str, token: str, status: int
) -> None:
    shown = alice if token == "ok" else token
    address = f"http://localhost:{place.stream_ports['stream']}/api/v1/streaming/{path}?access_token={shown}"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address, timeout=SECONDS)
    assert refused.value.code == status
    assert json.loads(refused.value.read())["error"]
    if status == 401:
        with pytest.raises(InvalidStatus):
            line(place, shown or "none", stream=path)


def test_after_a_restart_apps_come_again_and_hear_what_happens_then(place: Home, alice: str) -> None:
    with line(place, alice, stream="user") as before:
        settled(before)
        place.stop("stream", how=signal.SIGKILL)
        with pytest.raises(ConnectionClosed):
            before.recv(timeout=SECONDS)
    place.start("stream")
    with line(place, alice, stream="user") as after:
        settled(after)
        said = ask(place, alice, "POST", "/api/v1/statuses", status="Again.", visibility="private")
        assert json.loads(heard(after)["payload"])["id"] == said["id"]
