"""Many days of Slack, read by several processes at once, each writing rows of its own into the scratch folder."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from speak.mirror.archives.containers import Container
from speak.mirror.archives.said import Roster, Space, Who
from speak.mirror.archives.sink import Sink, Tally
from speak.mirror.archives.slack_days import Days
from speak.mirror.archives.sources import Extent, Zip, inflate
from speak.mirror.archives.streams import MIB
from speak.mirror.errors import Damaged

BATCH = 64 * MIB
MOST_PROCESSES = 8


class Day(NamedTuple):
    """The file of one day, and the place it was said in."""

    name: str
    space: Space


@dataclass(frozen=True)
class Batch:
    """Days for one process: where each lies in the zip, and of which place it is."""

    zip: Path
    label: str
    days: tuple[tuple[str, Space, Extent], ...]

    @property
    def size(self) -> int:
        """Bytes, inflated."""
        return sum(extent.size for _, _, extent in self.days)


@dataclass(frozen=True)
class Found:
    """What one process found in one batch."""

    tally: Tally
    people: dict[str, Who]
    renamed: dict[str, str]
    size: int


def read_together(container: Container, sink: Sink, *, source: Zip, days: list[Day]) -> dict[str, str]:
    """Read the days, as many processes at once as there are processors; returns what channels were called before."""
    renamed: dict[str, str] = {}
    workers = min(MOST_PROCESSES, os.cpu_count() or 1)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_begin, initargs=(sink.scratch, sink.roster.people)
    ) as pool:
        for found in _in_turn(pool, _batches(container, source, days), most=workers + 1):
            sink.tally.add(found.tally)
            renamed |= found.renamed
            for raw, who in found.people.items():
                sink.roster.people.setdefault(raw, who)
            container.meter.add(found.size)
    return renamed


def _in_turn(pool: ProcessPoolExecutor, batches: Iterator[Batch], *, most: int) -> Iterator[Found]:
    """Hand out batches, never more than `most` at a time."""
    waiting: set[Future[Found]] = set()
    for batch in batches:
        waiting.add(pool.submit(_read, batch))
        if len(waiting) >= most:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    yield from (future.result() for future in wait(waiting).done)


def _batches(container: Container, source: Zip, days: list[Day]) -> Iterator[Batch]:
    held: list[tuple[str, Space, Extent]] = []
    size, number = 0, 0
    for day in days:
        extent = source.extent(container.real_name(day.name))
        held.append((day.name, Space(day.space.id), extent))
        size += extent.size
        if size >= BATCH:
            yield Batch(source.path, f"days-{number}", tuple(held))
            held, size, number = [], 0, number + 1
    if held:
        yield Batch(source.path, f"days-{number}", tuple(held))


class _Process:
    """What a reading process was given at its start."""

    scratch: Path
    people: dict[str, Who]


def _begin(scratch: Path, people: dict[str, Who]) -> None:
    _Process.scratch, _Process.people = scratch, people


def _read(batch: Batch) -> Found:
    """Runs in a process of its own."""
    sink = Sink(_Process.scratch, label=batch.label)
    sink.roster = Roster(people=dict(_Process.people))
    with sink, batch.zip.open("rb") as file:
        days = Days(sink)
        for name, space, extent in batch.days:
            try:
                days.read(inflate(file, extent), space, name)
            except Damaged as error:
                sink.missed(name, str(error))
    new = {raw: who for raw, who in sink.roster.people.items() if raw not in _Process.people}
    return Found(sink.tally, new, days.renamed, batch.size)
