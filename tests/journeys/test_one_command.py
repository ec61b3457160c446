"""`speak run`, which is what `make run` starts: everything under one supervisor, and nothing left behind."""

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import fresh_database
from tests.running import Home, free_port, until

pytestmark = [pytest.mark.journey, pytest.mark.timeout(180)]


class Everything:
    """One `speak run`, with what it prints."""

    def __init__(self, home: Home) -> None:
        """Start it on the home's port."""
        self.home = home
        self.log = home.folder / "run.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "speak", "run", "--port", str(home.port)],
                env=home.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def printed(self) -> str:
        """All it has said so far."""
        return self.log.read_text()

    def is_up(self) -> bool:
        """Whether the web answers and the worker has given a sign of life."""
        with contextlib.suppress(OSError):
            return self.home.get("/health")[0] == 200 and (self.home.folder / "worker.alive").exists()
        return False

    def child(self, name: str) -> int:
        """The process id of `speak serve` or `speak worker`; 0 while it is not there."""
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            for pid in (task / "children").read_text().split():
                command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
                if name.encode() in command:
                    return int(pid)
        return 0

    def leave_nothing(self) -> None:
        """However the test went."""
        if self.process.poll() is None:
            self.end(signal.SIGTERM)

    def end(self, how: signal.Signals) -> int:
        """Ask it to end; its exit code."""
        self.process.send_signal(how)
        return self.process.wait(30)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Home]:
    """A machine on which nothing has been started yet."""
    folder = tmp_path / "home"
    folder.mkdir()
    with fresh_database() as database:
        yield Home(folder, free_port(), database_url=database)


def is_there(pid: int) -> bool:
    """Whether a process runs."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def test_one_command_starts_everything_tends_it_and_ends_it(place: Home) -> None:
    everything = Everything(place)
    try:
        until(everything.is_up, seconds=60, says=everything.printed())
        assert f"Speak for Yourself is at {place.url}" in everything.printed()
        link = re.search(rf"{place.url}(/join/\S+)", everything.printed())
        assert link is not None, everything.printed()
        assert place.get(link[1])[0] == 200

        fallen = everything.child("worker")
        os.kill(fallen, signal.SIGKILL)
        until(lambda: everything.child("worker") not in {0, fallen}, seconds=30, says=everything.printed())
        assert "“speak worker” ended with -9; again in 1 s." in everything.printed()

        left = [everything.child("serve"), everything.child("worker")]
        assert everything.end(signal.SIGINT) == 0
        assert not any(is_there(pid) for pid in left)
        assert "Everything has ended" in everything.printed()
    finally:
        everything.leave_nothing()

    place.speak("person", "add", "alice", "--password-stdin", typed="green bicycle under rain\n")
    again = Everything(place)
    try:
        until(again.is_up, seconds=60, says=again.printed())
        assert "/join/" not in again.printed(), "somebody lives here: no link for a first person"
        assert place.get("/@alice")[0] == 200
        assert again.end(signal.SIGTERM) == 0
    finally:
        again.leave_nothing()


def test_a_wrong_setting_refuses_to_start_and_says_why(place: Home) -> None:
    place.settings["SPEAK_OPEN"] = "perhaps"
    everything = Everything(place)
    assert everything.process.wait(30) == 1
    assert "SPEAK_OPEN is 'perhaps'." in everything.printed()
    assert "Traceback" not in everything.printed()
