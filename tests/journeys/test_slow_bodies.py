"""Whoever sends slowly, or never ends, keeps nobody waiting, and nothing of it is written."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import fresh_database
from tests.running import Home, home

pytestmark = [pytest.mark.journey, pytest.mark.timeout(120)]

SLOW = 60
START = (
    b"POST /inbox HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/activity+json\r\n"
    b"Content-Length: 1000\r\n\r\n{"
)
WRITTEN = """
from speak.federation.models import Received
from speak.identity.models import Actor
from speak.voice.models import Post
print(Received.objects.count() + Actor.objects.exclude(domain="").count() + Post.objects.count())
"""


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[Home]:
    """A server of ours."""
    with fresh_database() as database, home(tmp_path / "home", database_url=database) as server:
        yield server


def test_many_who_send_slowly_keep_nobody_waiting(ours: Home) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(SLOW):
            stack.enter_context(socket.create_connection(("127.0.0.1", ours.port))).sendall(START)
        assert ours.get("/health")[0] == 200
        assert ours.get("/")[0] == 200
    assert ours.get("/health")[0] == 200, "those who hung up in the middle left nothing behind"
    assert ours.python(WRITTEN).strip() == "0"
    assert "Traceback" not in ours.logs()
