"""What is owed leaves at once, and survives: the worker is killed in the middle of 200 deliveries, and all arrive."""

import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.journeys.inboxes import Inboxes, listening
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


@pytest.fixture
def inboxes() -> Iterator[Inboxes]:
    """Two hundred other servers."""
    with listening() as server:
        yield server


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
