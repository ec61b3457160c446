"""python -m bench.archives [MILLIONS …] [--json FILE]: reads archives in Slack's form, of 1 and 10 million messages.

Measures the seconds and the memory of reading, against inflating the zip and typed parsing alone, just before and just
after, by as many processes; then of asking every measure. At last ConvoKit counts the same messages as we do
(bench.convokit).
"""

import argparse
import contextlib
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import zlib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from bench import convokit
from bench.slackform import write_archive
from bench.watching import MIB, Asked, Peak, Spent, Watch
from speak.mirror.archives.reading import read_archive
from speak.mirror.archives.slack_days import DAY
from speak.mirror.archives.sources import LOCAL_HEADER, Extent, Zip

MILLION = 1_000_000
AIM_RATIO, AIM_MIB = 1.5, 1024
# Of 10 million messages.
AIM_SECONDS = 10.0


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
    asking: Asked

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
    inflating = _spent(path, is_parsed=False)
    before = _spent(path, is_parsed=True)
    into = folder / f"read-{messages}"
    with Peak() as peak, Watch() as watch:
        found = read_archive(path, into=into)
    parsing = before.between(_spent(path, is_parsed=True))
    if found.messages != messages or found.not_understood:
        message = f"{found.messages} of {messages} were read, and not understood: {found.not_understood}"
        raise RuntimeError(message)
    size, json_mib = path.stat().st_size, sum(extent.size for extent in _days(path)) / MIB
    path.unlink()
    asking = _asked(into)
    return Measured(messages, size / MIB, json_mib, inflating, parsing, watch.spent, peak.bytes / MIB, asking)


def _asked(reading: Path) -> Asked:
    """Every measure, asked by a process that has read nothing before."""
    command = [sys.executable, "-m", "bench.asking", str(reading)]
    done = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)  # noqa: S603 - our own
    return Asked(done["measures"], Spent(**done["spent"]), done["peak_mib"])


def _days(path: Path) -> list[Extent]:
    """Where the days of channels lie in a zip."""
    with contextlib.closing(Zip(path)) as source:
        return [source.extent(name) for name in source.sizes() if "/" in name]


def _spent(path: Path, *, is_parsed: bool) -> Spent:
    """What as many processes as there are processors spend to inflate, and parse, all days."""
    workers, extents = os.cpu_count() or 1, _days(path)
    share = max(1, len(extents) // (workers * 32))
    parts = [extents[start : start + share] for start in range(0, len(extents), share)]
    with Watch() as watch, ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
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


def main() -> None:
    """Measure each size, and print what was found."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("millions", nargs="*", type=float, default=[1, 10])
    arguments.add_argument("--json", type=Path)
    arguments.add_argument("--folder", type=Path, help="where there is room for the archive: half a GiB a million")
    arguments.add_argument("--without-convokit", action="store_true", help="fetch nothing, compare with nobody")
    wanted = arguments.parse_args()
    report: dict[str, object] = {}
    for millions in wanted.millions:
        with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
            found = measured(int(millions * MILLION), Path(folder))
        share = found.inflating.seconds / found.reading.seconds
        ratios = {"ratio": found.ratio, "cpu_ratio": found.cpu_ratio, "share_of_inflating": share}
        report[str(found.messages)] = {**asdict(found), **ratios}
        asking = found.asking
        print(
            f"{found.messages:,} messages, {found.json_mib:,.0f} MiB in a zip of {found.zip_mib:,.0f}:"
            f" reading takes {found.reading.seconds:.1f} s, inflating alone {share:.0%} of that;"
            f" {found.ratio:.2f} times inflating and typed parsing, {found.cpu_ratio:.2f} by CPU (aim {AIM_RATIO});"
            f" {found.peak_mib:.0f} MiB (aim {AIM_MIB})\n"
            f"  asking all {asking.measures} measures, up to the page: {asking.spent.seconds:.1f} s"
            f" (aim {AIM_SECONDS:.0f}), {asking.spent.cpu_seconds:.1f} s of CPU;"
            f" {asking.peak_mib:.0f} MiB (aim {AIM_MIB})",
            flush=True,
        )
    if not wanted.without_convokit:
        report["convokit"] = convokit.compared(wanted.folder)
    if wanted.json:
        wanted.json.write_text(json.dumps(report, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
