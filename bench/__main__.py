"""python -m bench [sqlite] [postgres] [--without-trouble] [--json FILE]: measures, and prints a table and JSON."""

import argparse
import json
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from bench import measures
from bench.program import running
from bench.trouble import Trouble, trouble
from bench.unit import seconds_per_signature
from tests.postgres import postgres

AIMS = {
    "delivery": 2.0,
    "incoming Create": 5.0,
    "timeline: query": 3.0,
    "home timeline page": 3.0,
    "home timeline for apps": 3.0,
}
MIB = 1024 * 1024


def measured(database_url: str, *, with_trouble: bool) -> dict[str, object]:
    """All figures on one database."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), database_url=database_url) as program:
        time.sleep(3)
        idle = program.memory()
        cookie = json.loads(program.run("bench.seed", "reader"))["cookie"]
        figures = [
            measures.deliveries(program),
            *measures.timeline(program, cookie),
            measures.incoming(program),
        ]
        after = program.memory()
        found = trouble(program) if with_trouble else None
        return {"figures": figures, "idle_bytes": idle, "after_bytes": after, "trouble": found}


def main() -> None:
    """Measure what was asked for; both databases unless one is named."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("databases", nargs="*", metavar="DATABASE", help="sqlite, postgres; both unless named")
    arguments.add_argument("--json", type=Path)
    arguments.add_argument("--without-trouble", action="store_true", help="no dead and slow servers: minutes less")
    wanted = arguments.parse_args()
    with_trouble = not wanted.without_trouble
    databases = wanted.databases or ["sqlite", "postgres"]
    if not set(databases) <= {"sqlite", "postgres"}:
        arguments.error("a database is sqlite or postgres")
    unit = seconds_per_signature()
    report: dict[str, object] = {"unit_seconds": unit, "unit": "one RSA-2048 signature"}
    print(f"one unit = one RSA-2048 signature = {unit * 1000:.3f} ms of CPU\n")
    for database in databases:
        if database == "postgres":
            with postgres() as address:
                found = measured(address, with_trouble=with_trouble)
        else:
            found = measured("", with_trouble=with_trouble)
        report[database] = _printed(database, found, unit)
    text = json.dumps(report, indent=2)
    print(text)
    if wanted.json:
        wanted.json.write_text(text, encoding="utf-8")


def _printed(database: str, found: dict[str, object], unit: float) -> dict[str, object]:
    """Print one database's table; returns the same for the JSON."""
    out: dict[str, object] = {}
    print(f"{database:22}{'units':>8}{'aim':>6}{'CPU ms':>9}  ")
    for figure in found["figures"]:  # type: ignore[attr-defined]
        units = figure.cpu_seconds / unit
        aim = f"{AIMS[figure.name]:.0f}" if figure.name in AIMS else ""
        row = f"{figure.name:22}{units:8.2f}{aim:>6}{figure.cpu_seconds * 1000:9.2f}  {figure.note}"
        print(row)
        out[figure.name] = {"units": units, "cpu_seconds": figure.cpu_seconds, "note": figure.note}
    for name in ("idle_bytes", "after_bytes"):
        size = int(str(found[name])) // MIB
        print(f"{'memory ' + name.split('_')[0]:22}{size:8} MiB (aim 200 when idle)")
        out[name] = found[name]
    in_trouble = found["trouble"]
    if isinstance(in_trouble, Trouble):
        print(
            f"with 40 of 200 servers dead and 40 slow, the others have everything after {in_trouble.ratio:.2f} times"
            f" the time alone (aim 1.5; {in_trouble.seconds_alone:.1f} s); each of the dead was asked at most"
            f" {in_trouble.most_knocks} times in {in_trouble.seconds_watched:.0f} s"
        )
        out["trouble"] = {**asdict(in_trouble), "ratio": in_trouble.ratio}
    print()
    return out


if __name__ == "__main__":
    main()
