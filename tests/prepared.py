"""Databases in which nobody lives yet, made once and copied: a first start takes ten times as long."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".venv" / "prepared-databases"
NAME = "speak.sqlite3"


def embedded() -> Path:
    """The embedded database, as `speak migrate` leaves it; kept until a migration or a library changes."""
    KEPT.mkdir(exist_ok=True)
    kept = KEPT / f"{_fingerprint()}.sqlite3"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for old in KEPT.glob("*.sqlite3"):
                old.unlink()
            with tempfile.TemporaryDirectory() as folder:
                migrate(SPEAK_DATA=folder, SPEAK_DATABASE_URL="")
                shutil.move(Path(folder) / NAME, kept)
    return kept


def migrate(**settings: str) -> None:
    """Bring the database that these settings name to what this version needs."""
    environment = {**os.environ, **settings}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run(
        [sys.executable, "-m", "speak", "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL, timeout=300
    )


def _fingerprint() -> str:
    """What the kept database depends on, as one word."""
    found = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for file in sorted((ROOT / "src").glob("**/migrations/*.py")):
        found.update(file.read_bytes())
    return found.hexdigest()[:24]
