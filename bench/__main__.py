"""python -m bench [sqlite] [postgres] [--json FILE]: measures, and prints a table and JSON."""

import argparse
import json
import tempfile
import time
from pathlib import Path

from bench import measures
from bench.program import running
from bench.unit import seconds_per_signature
from tests.postgres import postgres

AIMS = {"delivery": 2.0, "incoming Create": 5.0, "home timeline page": 3.0}
MIB = 1024 * 1024


def measured(database_url: str) -> dict[str, object]:
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
        return {"figures": figures, "idle_bytes": idle, "after_bytes": program.memory()}


def main() -> None:
    """Measure what was asked for; both databases unless one is named."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("databases", nargs="*", metavar="DATABASE", help="sqlite, postgres; both unless named")
    arguments.add_argument("--json", type=Path)
    wanted = arguments.parse_args()
    databases = wanted.databases or ["sqlite", "postgres"]
    if not set(databases) <= {"sqlite", "postgres"}:
        arguments.error("a database is sqlite or postgres")
    unit = seconds_per_signature()
    report: dict[str, object] = {"unit_seconds": unit, "unit": "one RSA-2048 signature"}
    print(f"one unit = one RSA-2048 signature = {unit * 1000:.3f} ms of CPU\n")
    for database in databases:
        if database == "postgres":
            with postgres() as address:
                found = measured(address)
        else:
            found = measured("")
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
        aim = AIMS.get(figure.name, 0)
        row = f"{figure.name:22}{units:8.2f}{aim:6.0f}{figure.cpu_seconds * 1000:9.2f}  {figure.note}"
        print(row)
        out[figure.name] = {"units": units, "cpu_seconds": figure.cpu_seconds, "note": figure.note}
    for name in ("idle_bytes", "after_bytes"):
        size = int(str(found[name])) // MIB
        print(f"{'memory ' + name.split('_')[0]:22}{size:8} MiB (aim 200 when idle)")
        out[name] = found[name]
    print()
    return out


if __name__ == "__main__":
    main()
