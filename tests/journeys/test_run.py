"""`speak run`: one command that starts everything, keeps it going, and ends it."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from speak.operations.commands.serving import port_beside
from tests.makers import PASSWORD
from tests.postgres import fresh_database
from tests.running import Home, free_port, is_open, until

pytestmark = [pytest.mark.journey, pytest.mark.timeout(500)]

LINK = re.compile(r"http://localhost:\d+(/join/\S+)")


@dataclass
class Running:
    """`speak run` in a terminal: what it has said so far, and the processes below it."""

    home: Home
    process: subprocess.Popen[bytes]
    terminal: Path

    @property
    def said(self) -> str:
        """Everything in the terminal."""
        return self.terminal.read_text()

    def below(self, command: str) -> list[int]:
        """The ids of the processes `speak serve` and its siblings, and of what they started."""
        found = [pid for pid in children(self.process.pid) if f" {command}" in command_line(pid)]
        return [each for pid in found for each in family(pid)]

    def is_up(self) -> bool:
        """Whether the web answers and the worker lives."""
        with contextlib.suppress(OSError):
            return self.home.get("/health")[0] == 200 and bool(self.below("worker"))
        return False

    def end(self, how: signal.Signals) -> int:
        """Ask it to end, as Ctrl-C, systemd or a closed terminal do; returns its exit code."""
        self.process.send_signal(how)
        return self.process.wait(30)


def children(pid: int) -> list[int]:
    """The processes it started that still run."""
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def family(pid: int) -> list[int]:
    """A process and all below it."""
    return [pid, *(each for child in children(pid) for each in family(child))]


def command_line(pid: int) -> str:
    """What it was started with; nothing where it has ended."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A machine on which nothing has run yet; its address is not told to the program."""
    folder = tmp_path / "home"
    folder.mkdir()
    with fresh_database(is_prepared=False) as database:
        yield Home(folder, free_port(), database_url=database, settings={"SPEAK_URL": ""})


@contextlib.contextmanager
def running(home: Home) -> Iterator[Running]:
    """Start it and wait until everything is there; the port is told as `make run` and others tell it."""
    terminal = home.folder.parent / "terminal"
    with terminal.open("wb") as screen:
        process = subprocess.Popen(
            [sys.executable, "-m", "speak", "run"],
            env=home.environment() | {"PORT": str(home.port)},
            stdout=screen,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    run = Running(home, process, terminal)
    try:
        until(run.is_up, seconds=150, says=run.said)
        yield run
    finally:
        for pid in family(process.pid) if process.poll() is None else []:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def test_one_command_starts_everything_says_where_and_leaves_nothing_behind(home: Home) -> None:
    with running(home) as first:
        assert f"Speak for Yourself is at {home.url}\n" in first.said
        (path,) = LINK.findall(first.said)
        status, page = home.get(path)
        assert status == 200
        assert "<form" in page
        until((home.folder / "worker.alive").exists)
        streaming = json.loads(home.get("/api/v2/instance")[1])["configuration"]["urls"]["streaming"]
        assert streaming == f"ws://localhost:{port_beside(home.port)}"
        until(lambda: is_open(port_beside(home.port)))
        home.speak("person", "add", "alice", "--password-stdin", typed=f"{PASSWORD}\n")
        all_of_it = family(first.process.pid)
        assert len(all_of_it) >= 3
        assert first.end(signal.SIGTERM) == 0
        assert "Everything has ended" in first.said
        assert not [pid for pid in all_of_it if "speak" in command_line(pid)]

    with running(home) as second:
        assert f"Speak for Yourself is at {home.url}\n" in second.said
        assert not LINK.search(second.said), "somebody lives here: no more links are given away"
        assert home.get("/@alice")[0] == 200
        assert home.get(path)[0] == 200, "the first link opens for a week, once"
        assert second.end(signal.SIGINT) == 0


def test_what_falls_is_started_again(home: Home) -> None:
    with running(home) as run:
        fallen = {name: run.below(name) for name in ("worker", "serve", "stream")}
        for command, pids in fallen.items():
            os.kill(pids[0], signal.SIGKILL)
            until(lambda name=command: f"“speak {name}” ended with -9; again in 1 s." in run.said)  # type: ignore[misc]
            until(lambda name=command: run.below(name), says=run.said)  # type: ignore[misc]
            assert not set(run.below(command)) & set(pids)
        until(run.is_up, seconds=30, says=run.said)
        everything = [*family(run.process.pid), *(pid for pids in fallen.values() for pid in pids)]
        assert run.end(signal.SIGHUP) == 0
        assert not [pid for pid in everything if "speak" in command_line(pid)]
