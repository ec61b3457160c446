"""The two hundred servers of `bench.sink`, started beside the program."""

import contextlib
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

from bench.program import free_port

PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Sink:
    """Where it listens."""

    port: int

    def tally(self) -> dict[str, object]:
        """What has arrived so far."""
        with urllib.request.urlopen(f"http://127.0.1.200:{self.port}/tally", timeout=5) as answer:
            found = json.load(answer)
            assert isinstance(found, dict)  # noqa: S101 - for the type checker
            return found

    def number(self, name: str) -> float:
        """One figure of the tally."""
        return float(str(self.tally()[name]))

    def knocks(self) -> dict[str, int]:
        """How often each of the dead was asked."""
        found = self.tally()["knocks"]
        assert isinstance(found, dict)  # noqa: S101 - for the type checker
        return found

    def wait_for(self, wanted: int, *, what: str = "well") -> None:
        """Until so many have arrived at servers of this kind.

        Raises:
            RuntimeError: they did not.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.number(what) < wanted:
            if time.monotonic() > deadline:
                message = f"{self.tally()} arrived, {wanted} wanted"
                raise RuntimeError(message)
            time.sleep(0.1)


@contextlib.contextmanager
def sink(*words: str) -> Iterator[Sink]:
    """Two hundred servers, until what needs them has ended."""
    there = Sink(free_port())
    command = [sys.executable, "-m", "bench.sink", str(there.port), *words]
    process = subprocess.Popen(command)  # noqa: S603 - our own program
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                there.tally()
                break
            time.sleep(0.1)
        yield there
    finally:
        process.terminate()
        process.wait()
