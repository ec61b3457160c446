"""Where a file lies that somebody brings, until it has been brought."""

import re
import shutil
from pathlib import Path

from django.conf import settings

from speak.clients.models import Import

ODD = re.compile(r"[^\w.()-]+")
LONGEST = 100


def file_of(row: Import) -> Path:
    """Its place, under the name that it had, since some files are known by their names."""
    name = ODD.sub("_", row.name)[-LONGEST:].strip(".") or "file"
    return _folder(row) / name


def throw_file_away(row: Import) -> None:
    """It is not needed any more."""
    shutil.rmtree(_folder(row), ignore_errors=True)


def _folder(row: Import) -> Path:
    return Path(settings.SPEAK_DATA) / "brought" / str(row.pk)
