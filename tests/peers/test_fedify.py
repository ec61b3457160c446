"""A server on Fedify, which others wrote, finds somebody here, follows, hears and answers."""

import json
import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import chromium
from tests.makers import PASSWORD
from tests.peers.conftest import TOOLS, with_packages_of
from tests.running import Authority, Home, free_port, home, until
from tests.visitor import Visitor

pytestmark = [pytest.mark.peer, pytest.mark.browser, pytest.mark.timeout(300)]
FOLDER = Path(__file__).parent / "fedify"


@dataclass
class Peer:
    """The other server; `do` tells it what to do."""

    url: str
    authority: Authority

    def do(self, command: str, **wanted: str) -> dict[str, Any]:
        """Run one of the commands of peer.mjs."""
        request = urllib.request.Request(  # noqa: S310 - our own peer
            f"{self.url}/control/{command}",
            data=json.dumps(wanted).encode() if wanted else None,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30, context=self.authority.context()) as answer:  # noqa: S310
            found: dict[str, Any] = json.loads(answer.read())
        return found

    def heard(self, kind: str) -> list[dict[str, Any]]:
        """What has arrived there."""
        found: list[dict[str, Any]] = self.do("state")[kind]
        return found


@pytest.fixture(scope="module", params=["rfc9421", "draft-cavage-http-signatures-12"])
def peer(request: pytest.FixtureRequest, authority: Authority) -> Iterator[Peer]:
    """The other server, once for each way of signing."""
    environment = with_packages_of(FOLDER) | {"NODE_EXTRA_CA_CERTS": str(authority.bundle)}
    port = free_port()
    command = [
        str(TOOLS / "node"),
        "peer.mjs",
        str(port),
        str(authority.certificate),
        str(authority.key),
        request.param,
    ]
    with subprocess.Popen(
        command, cwd=FOLDER, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            assert "listening" in process.stdout.readline()
            yield Peer(f"https://localhost:{port}", authority)
        finally:
            # What is started is a program that starts Node.
            os.killpg(process.pid, signal.SIGTERM)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Home]:
    """Our server, with Alice on it."""
    with home(tmp_path_factory.mktemp("ours") / "data", authority=authority) as server:
        server.speak("person", "add", "alice", "--name", "Alice", "--password-stdin", typed=f"{PASSWORD}\n")
        yield server


@pytest.fixture(scope="module")
def alice_at_home(ours: Home) -> Iterator[Visitor]:
    """Alice at her browser."""
    with chromium.opened() as browser:
        context = browser.new_context(ignore_https_errors=True, viewport={"width": 390, "height": 844})
        context.set_default_timeout(15_000)
        visitor = Visitor(context.new_page(), ours, "alice")
        visitor.sign_in()
        yield visitor


def test_a_server_made_by_others_finds_follows_hears_and_answers(
    ours: Home, peer: Peer, alice_at_home: Visitor
) -> None:
    alice = peer.do("lookup", what=f"@alice@{ours.domain}")
    assert (alice["type"], alice["name"], alice["preferredUsername"]) == ("Person", "Alice", "alice")
    assert alice["keys"] == 1, "an RSA key for everybody"
    assert alice["multikeys"] >= 1, "and an Ed25519 key as FEP-521a publishes it"

    asked = peer.do("follow", actor=alice["id"])
    until(lambda: peer.heard("accepts"), says=f"no Accept arrived\n{ours.logs()}")
    assert asked["id"] in json.dumps(peer.heard("accepts"))

    path = alice_at_home.say("The harbor plan was never written down.", audience="Anyone, anywhere")
    said = f"{ours.url}/posts/{path.rsplit('/', 1)[1]}"
    until(lambda: [each for each in peer.heard("creates") if each["objectId"] == said], says=ours.logs())
    heard = next(each for each in peer.heard("creates") if each["objectId"] == said)
    assert "harbor plan" in heard["text"]
    post = peer.do("lookup", what=said)
    assert (post["type"], post["attributedTo"]) == ("Note", alice["id"])

    peer.do("reply", to=alice["id"], post=said, text="It was, on a napkin.")
    alice_at_home.sees("on a napkin", at=path)
    alice_at_home.sees("Fay Elsewhere answered you", at="/notifications")
    peer.do("like", to=alice["id"], post=said)
    alice_at_home.sees("Fay Elsewhere thanks you", at="/notifications")
