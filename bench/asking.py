"""python -m bench.asking FOLDER: asks every measure of the reading in FOLDER, up to the finished page; prints JSON.

As `speak mirror` does it, in a process of its own, so that its memory is its own.
"""

import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "speak.operations.settings")
django.setup()

from bench.slackform import PEOPLE  # noqa: E402 - Django must be set up first
from bench.watching import MIB, Asked, Peak, Watch  # noqa: E402
from speak.mirror.counting import MEASURES  # noqa: E402
from speak.mirror.engines import opened  # noqa: E402
from speak.mirror.groups import Row  # noqa: E402
from speak.mirror.ledger import Ledger  # noqa: E402
from speak.mirror.looking import lay_reading, look  # noqa: E402
from speak.mirror.report import Read  # noqa: E402
from speak.mirror.roster import roster_of  # noqa: E402
from speak.mirror.standing import FOREVER  # noqa: E402
from speak.web.shown.mirror import report_page  # noqa: E402

PARTS, IN_THE_ROOM = 12, 9


def asked(reading: Path, scratch: Path) -> Asked:
    """Ask every measure, with parts and people in the room; one that is not answered is an error."""
    groups = [
        Row(f"U{number:08d}", f"Part {number % PARTS}", number < IN_THE_ROOM, 0, FOREVER) for number in range(PEOPLE)
    ]
    with Peak() as peak, Watch() as watch, opened() as here, opened() as engine:
        lay_reading(reading, people=here, talk=engine)
        roster = roster_of(here, groups=groups)
        ledger = Ledger(scratch / "shown-before", key=bytes(32))
        report = look(engine, roster.people, read=Read("A bench", "slack", 0, {}, (), 0), ledger=ledger)
        ledger.keep()
        report_page(report)
    if missing := set(MEASURES) - {finding.name for finding in report.findings}:
        message = f"the archive gives no answer to {sorted(missing)}"
        raise RuntimeError(message)
    return Asked(len(report.findings), watch.spent, peak.bytes / MIB)


def main() -> None:
    """Ask, and print."""
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(asdict(asked(Path(sys.argv[1]), Path(scratch)))))


if __name__ == "__main__":
    main()
