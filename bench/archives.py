"""python -m bench.archives [MILLIONS …] [--json FILE]: reads archives in Slack's form, of 1 and 10 million messages.

Measures the seconds and the memory of reading, against inflating the zip and typed parsing alone, in the same run and
by as many processes.
"""

import argparse
import json
import multiprocessing
import os
import resource
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Self

from bench.slackform import write_archive
from speak.mirror.archives.reading import read_archive
from speak.mirror.archives.slack_days import DAY
from speak.mirror.archives.sources import LOCAL_HEADER, Extent, Zip

MILLION = 1_000_000
MIB = 1024 * 1024
AIM_RATIO, AIM_MIB = 1.5, 1024


@dataclass(frozen=True)
class Spent:
    """Seconds that passed, and seconds of processors, in all processes."""

    seconds: float
    cpu_seconds: float


class _Watch:
    """Measures what is done while it is open."""

    spent: Spent

    def __enter__(self) -> Self:
        self._begun, self._cpu = time.perf_counter(), _cpu_seconds()
        return self

    def __exit__(self, *_: object) -> None:
        self.spent = Spent(time.perf_counter() - self._begun, _cpu_seconds() - self._cpu)


def _cpu_seconds() -> float:
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


@dataclass(frozen=True)
class Measured:
    """Seconds and memory for one archive."""

    messages: int
    zip_mib: float
    json_mib: float
    inflating: Spent
    parsing_too: Spent
    reading: Spent
    peak_mib: float

    @property
    def ratio(self) -> float:
        """How many times as long reading takes as inflating and typed parsing alone."""
        return self.reading.seconds / self.parsing_too.seconds

    @property
    def cpu_ratio(self) -> float:
        """The same by the time of processors, which others at work on the machine change less."""
        return self.reading.cpu_seconds / self.parsing_too.cpu_seconds


def measured(messages: int, folder: Path) -> Measured:
    """Make an archive of so many messages, and read it."""
    path = folder / f"{messages}.zip"
    write_archive(path, messages=messages)
    source = Zip(path)
    sizes = source.sizes()
    extents = [source.extent(name) for name in sizes if name.count("/")]
    inflating = _spent(path, extents, is_parsed=False)
    parsing = _spent(path, extents, is_parsed=True)
    source.close()
    del extents, source
    with _Peak() as peak, _Watch() as watch:
        found = read_archive(path, into=folder / f"read-{messages}")
    if found.messages != messages or found.not_understood:
        message = f"{found.messages} of {messages} were read, and not understood: {found.not_understood}"
        raise RuntimeError(message)
    size = path.stat().st_size
    path.unlink()
    return Measured(messages, size / MIB, sum(sizes.values()) / MIB, inflating, parsing, watch.spent, peak.bytes / MIB)


def _spent(path: Path, extents: list[Extent], *, is_parsed: bool) -> Spent:
    """What as many processes as there are processors spend to inflate, and parse, everything."""
    workers = os.cpu_count() or 1
    share = max(1, len(extents) // (workers * 32))
    parts = [extents[start : start + share] for start in range(0, len(extents), share)]
    with _Watch() as watch, ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(_inflate_all, [path] * len(parts), parts, [is_parsed] * len(parts)))
    return watch.spent


def _inflate_all(path: Path, extents: list[Extent], is_parsed: bool) -> int:  # noqa: FBT001 - handed over by map
    count = 0
    with path.open("rb") as file:
        for extent in extents:
            raw = _inflated(file, extent)
            count += len(DAY.decode(raw)) if is_parsed else len(raw)
    return count


def _inflated(file: BinaryIO, extent: Extent) -> bytes:
    """One entry by Python's own zlib, as `zipfile` reads it."""
    file.seek(extent.offset)
    header = file.read(LOCAL_HEADER)
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), os.SEEK_CUR)
    raw = zlib.decompressobj(-zlib.MAX_WBITS).decompress(file.read(extent.packed), extent.size + 1)
    if zlib.crc32(raw) != extent.crc:
        message = "the archive was not written as it should"
        raise RuntimeError(message)
    return raw


class _Peak:
    """The most memory this process and those it started held at once, looked at ten times a second."""

    def __init__(self) -> None:
        self.bytes = 0
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
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


def main() -> None:
    """Measure each size, and print what was found."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("millions", nargs="*", type=float, default=[1, 10])
    arguments.add_argument("--json", type=Path)
    arguments.add_argument("--folder", type=Path, help="where there is room for the archive: half a GiB a million")
    wanted = arguments.parse_args()
    report = []
    for millions in wanted.millions:
        with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
            found = measured(int(millions * MILLION), Path(folder))
        report.append({**asdict(found), "ratio": found.ratio, "cpu_ratio": found.cpu_ratio})
        share = found.inflating.seconds / found.reading.seconds
        print(
            f"{found.messages:,} messages, {found.json_mib:,.0f} MiB in a zip of {found.zip_mib:,.0f}:"
            f" reading takes {found.reading.seconds:.1f} s, inflating alone {share:.0%} of that;"
            f" {found.ratio:.2f} times inflating and typed parsing, {found.cpu_ratio:.2f} by CPU (aim {AIM_RATIO});"
            f" {found.peak_mib:.0f} MiB (aim {AIM_MIB})"
        )
    if wanted.json:
        wanted.json.write_text(json.dumps(report, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
