"""Mastodon.py is told what happens when it happens, over both kinds of lines."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any

import pytest
from mastodon import StreamListener

from tests.peers.apps import called
from tests.peers.apps.called import Cast, Client, calls
from tests.running import until

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300), pytest.mark.usefixtures("streaming")]
SECONDS = 20


class Enough(Exception):
    """Everything has been heard."""


class Heard(StreamListener):
    """Keeps what it is told, until the last that it waits for."""

    def __init__(self, *, last: str = "") -> None:
        self.told: list[tuple[str, Any]] = []
        self.errors: list[object] = []
        self.begun = threading.Event()
        self.last = last

    def handle_heartbeat(self) -> None:
        """The line is open."""
        self.begun.set()

    def on_websocket_error(self, error: object, for_stream: object = None) -> None:  # noqa: ARG002 - theirs
        """Keep it."""
        self.errors.append(error)

    def on_any_event(self, name: str, data: Any = None, for_stream: str | None = None) -> None:  # noqa: ANN401, ARG002 - theirs
        """Keep it."""
        self.told.append((name, data))
        if name == self.last:
            raise Enough

    def waits_for(self, kind: str, number: object = None) -> Any:  # noqa: ANN401 - what was told
        """What of this kind has this number, or any, as soon as it is told."""
        return until(lambda: self._first(kind, number), seconds=SECONDS, says=f"never told {kind} of {number}")

    def _first(self, kind: str, number: object) -> Any:  # noqa: ANN401 - what was told
        told = [data for name, data in self.told if name == kind]
        return next((data for data in told if number is None or str(_number_of(data)) == str(number)), None)


class Line:
    """An open line of somebody's app that carries several streams."""

    def __init__(self, app: Client) -> None:
        self.app = app
        self.refused = Heard()
        self.handle: Any = app.stream_open_websocket(self.refused)  # type: ignore[no-untyped-call]

    def hears(self, name: str, *what: object) -> Heard:
        """Listen to one more."""
        heard = Heard()
        getattr(self.app, name)(*what, heard, websocket_handle=self.handle)
        return heard

    def settle(self) -> None:
        """Wait until all that was asked for is heard: what is said on a line is answered in order."""
        self.handle.subscribe("nothing that there is")
        until(lambda: self.refused.errors, seconds=SECONDS, says="never answered")


@contextmanager
def line_of(app: Client) -> Iterator[Line]:
    """A line, closed afterwards."""
    line = Line(app)
    with closing(line.handle):
        yield line


@calls("stream_user", "stream_healthy")
def test_what_is_said_changed_and_taken_back_is_told_at_once(cast: Cast) -> None:
    assert cast.alice.stream_healthy() is True
    cast.erin.account_follow(cast.alice.me())
    heard = Heard(last="delete")
    with ThreadPoolExecutor() as beside:
        line = beside.submit(cast.at(cast.home, "erin").stream_user, heard)
        assert heard.begun.wait(SECONDS)
        said = cast.alice.status_post("The weir is open.", visibility="private")
        assert heard.waits_for("update", said.id).account.acct == "alice"
        cast.alice.status_update(said, "The weir is shut.")
        assert "shut" in heard.waits_for("status.update", said.id).content
        cast.alice.status_delete(said)
        with pytest.raises(Enough):
            line.result(SECONDS)
    heard.waits_for("delete", said.id)
    cast.erin.account_unfollow(cast.alice.me())
    called.answered.add("stream_user")  # it ends by what it heard, and gives nothing


@calls(
    "stream_open_websocket",
    "stream_public",
    "stream_local",
    "stream_hashtag",
    "stream_list",
    "stream_direct",
    "stream_user_notifications",
)
def test_one_line_carries_several_streams_and_each_tells_what_belongs_to_it(cast: Cast) -> None:
    alice, frank = cast.alice.me(), cast.frank
    frank.account_follow(alice)
    friends = frank.list_create("Friends")
    frank.list_accounts_add(friends, [alice])
    with line_of(frank) as line, line_of(cast.alice) as her_line:
        public, local = line.hears("stream_public"), line.hears("stream_local")
        tagged, listed = line.hears("stream_hashtag", "weir"), line.hears("stream_list", friends)
        named, awaits = line.hears("stream_direct"), her_line.hears("stream_user_notifications")
        line.settle()
        her_line.settle()
        said = cast.alice.status_post("The #weir is open.", visibility="public")
        for heard in (public, local, tagged, listed):
            assert heard.waits_for("update", said.id).account.acct == "alice"
        answer = cast.bob.status_reply(said, "Since when?", visibility="unlisted")
        assert awaits.waits_for("notification", answer.id).account.acct == "bob"
        among_few = cast.alice.status_post("@frank Between us.", visibility="direct")
        assert named.waits_for("conversation").last_status.id == among_few.id
        assert {data.id for name, data in public.told if name == "update"} == {said.id}
    frank.list_delete(friends)
    frank.account_unfollow(alice)


def _number_of(data: Any) -> object:  # noqa: ANN401 - what was told
    """Of what is about a post the number of the post."""
    if not isinstance(data, dict):
        return data
    return data["status"]["id"] if data.get("status") else data["id"]
