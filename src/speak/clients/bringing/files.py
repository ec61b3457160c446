"""Where a file lies that somebody brings, until it has been brought."""

import re
import shutil
from pathlib import Path

from django.conf import settings

from speak.clients.models import Import

ODD = re.compile(r"[^\w.()-]+")
LONGEST = 100


def file_of(row: Import) -> Path:
    """Its place, under the name that it had, since some files are known by their names; of an account, a folder."""
    if row.is_account:
        return _folder(row) / "account"
    name = ODD.sub("_", row.name)[-LONGEST:].strip(".") or "file"
    return _folder(row) / name


def pictures_of(row: Import) -> Path:
    """The folder of pictures that were fetched for it."""
    return _folder(row) / "pictures"


def throw_file_away(row: Import) -> None:
    """It is not needed any more."""
    shutil.rmtree(_folder(row), ignore_errors=True)


def _folder(row: Import) -> Path:
    return Path(settings.SPEAK_DATA) / "brought" / str(row.pk)
