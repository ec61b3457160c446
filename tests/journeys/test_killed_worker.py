"""What is owed leaves at once, and survives: the worker is killed in the middle of 200 deliveries, and all arrive."""

import json
import select
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.makers import PASSWORD
from tests.postgres import fresh_database
from tests.running import Home, home, until

pytestmark = [pytest.mark.journey, pytest.mark.timeout(180)]

INBOXES = 200
# Run beside the program: two hundred people, each on a server of their own, follow alice; then she says something.
FOLLOWERS = """
import sys, time
from speak.identity.models import Actor, Follow, FollowState
from speak.identity.queries import actor_called
from speak.kernel import clock
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.reach import Reach
port, count = int(sys.argv[1]), int(sys.argv[2])
alice = actor_called(None, "alice")
for number in range(count):
    host = f"127.0.{number // 100}.{number % 100 + 1}:{port}"
    uri = f"http://{host}/actor"
    there = Actor.objects.create(
        handle=f"p{number}", handle_key=f"p{number}", domain=host, uri=uri, inbox_url=f"http://{host}/inbox"
    )
    Follow.objects.create(
        follower=there, target=alice, uri=f"{uri}/follow", state=FollowState.ACCEPTED, accepted_at=clock.now()
    )
print(publish_post(alice, words=Words("Still here?"), audience=Audience(Reach.PUBLIC)).pk, time.time())
"""
OWED = """
from speak.federation.models import Delivery
print(Delivery.objects.count())
"""


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


@pytest.fixture
def inboxes() -> Iterator[Inboxes]:
    """Two hundred other servers."""
    server = Inboxes()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def alices(tmp_path: Path) -> Iterator[Home]:
    """A server of ours where alice lives, without a worker."""
    with fresh_database() as database:
        folder = tmp_path / "home"
        folder.mkdir()
        with home(folder, database_url=database) as server:
            server.stop("worker")
            server.speak("person", "add", "alice", "--password-stdin", typed=f"{PASSWORD}\n")
            yield server


def test_everything_owed_arrives_though_the_worker_is_killed_again_and_again(alices: Home, inboxes: Inboxes) -> None:
    post_id, _ = alices.python(FOLLOWERS, str(inboxes.server_port), str(INBOXES)).split()
    for enough in (25, 50, 75):
        alices.start("worker")
        until(partial(inboxes.have_heard, enough), says=alices.logs())
        alices.stop("worker", how=signal.SIGKILL)
    assert len(inboxes.hosts()) < INBOXES, "it was killed while something was still owed"

    alices.start("worker")
    until(partial(inboxes.have_heard, INBOXES), seconds=60, says=alices.logs())
    assert inboxes.ids() == {f"{alices.url}/activities/{post_id}"}
    until(lambda: alices.python(OWED).strip() == "0", seconds=30, says="something is still owed")


def test_what_is_newly_owed_leaves_at_once(alices: Home, inboxes: Inboxes) -> None:
    alices.start("worker")
    until((alices.folder / "worker.alive").exists, says=alices.logs())
    _, said_at = alices.python(FOLLOWERS, str(inboxes.server_port), "1").split()
    until(partial(inboxes.have_heard, 1), says=alices.logs())
    assert inboxes.first_at - float(said_at) < 1.0
