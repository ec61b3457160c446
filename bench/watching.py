"""What a piece of work costs while it is watched: seconds, seconds of processors, and the most memory."""

import os
import resource
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

MIB = 1024 * 1024


@dataclass(frozen=True)
class Spent:
    """Seconds that passed, and seconds of processors, in all processes."""

    seconds: float
    cpu_seconds: float

    def between(self, other: "Spent") -> "Spent":
        """The middle of two: a machine's speed changes from one minute to the next."""
        return Spent((self.seconds + other.seconds) / 2, (self.cpu_seconds + other.cpu_seconds) / 2)


@dataclass(frozen=True)
class Asked:
    """What it cost to ask so many measures of one archive, and to make the page that shows them."""

    measures: int
    spent: Spent
    peak_mib: float


class Watch:
    """Measures what is done while it is open."""

    spent: Spent

    def __enter__(self) -> Self:
        """The clock runs."""
        self._begun, self._cpu = time.perf_counter(), _cpu_seconds()
        return self

    def __exit__(self, *_: object) -> None:
        """The clock stands."""
        self.spent = Spent(time.perf_counter() - self._begun, _cpu_seconds() - self._cpu)


def _cpu_seconds() -> float:
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


class Peak:
    """The most memory this process and those it started held at once, looked at ten times a second."""

    def __init__(self) -> None:
        """Nothing was held yet."""
        self.bytes = 0
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        """Begin to look."""
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no longer."""
        self._ended.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._ended.wait(0.1):
            self.bytes = max(self.bytes, sum(_resident(process) for process in _family(os.getpid())))


def _family(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            yield from _family(int(child))


def _resident(process: int) -> int:
    """Bytes of memory that are this process's own share of what it holds, or all of it where shares are not told."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
