"""`activitypub-testing`, which others wrote, finds nothing wrong with somebody here."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.makers import PASSWORD
from tests.peers.conftest import TOOLS, with_packages_of
from tests.running import Authority, Home, home

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300)]
FOLDER = Path(__file__).parent / "activitypub_testing"
PROGRAM = FOLDER / "node_modules" / "activitypub-testing" / "src" / "cli.js"

CHECKS = 15
PASSED = {
    "actor-must-serve-as2-object-to-get",
    "actor-objects-must-have-inbox-outbox-properties",
    "followers-collection-must-be-a-collection",
    "following-collection-must-be-a-collection",
    "outbox-must-be-an-orderedcollection",
}


@pytest.fixture
def ours(tmp_path: Path, authority: Authority) -> Iterator[Home]:
    """Our server, with Alice on it."""
    with home(tmp_path / "ours", authority=authority) as server:
        server.speak("person", "add", "alice", "--name", "Alice", "--password-stdin", typed=f"{PASSWORD}\n")
        yield server


def test_an_actor_passes_every_check(ours: Home, authority: Authority) -> None:
    environment = with_packages_of(FOLDER) | {"NODE_EXTRA_CA_CERTS": str(authority.bundle)}
    command = [str(TOOLS / "node"), str(PROGRAM), "test", "actor", f"{ours.url}/@alice"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    failed = [each for each in found if each["result"]["outcome"] == "failed"]
    assert not failed
    assert {each["test"]["slug"] for each in found if each["result"]["outcome"] == "passed"} == PASSED
    assert len(found) == CHECKS, "what needs one to speak from outside through the outbox does not apply here"
