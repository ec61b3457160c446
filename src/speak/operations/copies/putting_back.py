"""Putting a copy back: read and checked beside the data, then moved into place; what was there stays in a folder."""

import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec
from django.conf import settings
from django.db import connection

from speak.identity.queries import people_here
from speak.kernel import clock
from speak.kernel.errors import Conflict, Invalid
from speak.operations.copies.databases import check_database, name_of_copy, put_database_back
from speak.operations.copies.values import DUMPED, EMBEDDED, LIST, REPLACED, Contents, Measured, OneFile
from speak.operations.presence import alone

KNOWN_FORMAT = 1
MADE_AT_A_START = {EMBEDDED, f"{EMBEDDED}-wal", f"{EMBEDDED}-shm", "secret"}
OURS = MADE_AT_A_START | {"media", "brought", "taken-along", "mirror"}


def put_back(source: Path, *, replaces: bool) -> Contents:
    """Put the database, the files and the secret of a copy where this server looks for them.

    Raises:
        Conflict: a server runs on this data; or somebody lives here and `replaces` is not given.
        Invalid: it is no copy, is not whole, or is of another kind of database; nothing has changed.
    """
    data = Path(settings.SPEAK_DATA)
    with alone(data) as nobody_runs:
        if not nobody_runs:
            raise Conflict("A server runs on this data.", hint="Stop it first: web, worker and stream.")
        if not replaces and _somebody_lives_here(data):
            raise Conflict(
                f"There is something in {data} already.",
                hint="Name another folder by SPEAK_DATA, or say --replace: what is there now is put aside.",
            )
        with tempfile.TemporaryDirectory(prefix=".being-put-back-", dir=data) as name:
            fresh = Path(name)
            contents = _checked(source, fresh)
            connection.close()
            if contents.database == DUMPED:
                put_database_back(fresh / DUMPED)
                (fresh / DUMPED).unlink()
            _move(fresh, data, keeps=replaces)
    return contents


def _somebody_lives_here(data: Path) -> bool:
    has_tables = bool(connection.introspection.table_names())
    return (has_tables and people_here().exists()) or any((data / "media").glob("*"))


def _checked(source: Path, fresh: Path) -> Contents:
    """What lies in a copy, laid out in `fresh`; each file as the list says, and no other."""
    found: dict[str, OneFile] = {}
    listed = b""
    for name, file in _read(source):
        if name == LIST:
            listed = file.read()
            continue
        target = fresh / _safe(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        measured = Measured(file)
        with target.open("xb") as written:
            shutil.copyfileobj(measured, written)
        if name == "secret" or name.startswith("mirror/"):
            target.chmod(0o600)
        found[name] = measured.found
    try:
        contents = msgspec.json.decode(listed, type=Contents)
    except msgspec.DecodeError as error:
        raise Invalid(f"{source} is no copy, or breaks off.", hint="“speak backup” makes copies.") from error
    wrong = sorted(name for name in {*found, *contents.files} if found.get(name) != contents.files.get(name))
    if wrong or contents.database not in found or contents.format != KNOWN_FORMAT:
        raise Invalid(f"{source} is not whole: {', '.join(wrong[:5]) or 'it is of another kind'}.")
    if contents.database != name_of_copy():
        kind = "PostgreSQL" if contents.database == DUMPED else "the embedded database"
        raise Invalid(f"This is a copy of {kind}.", hint="SPEAK_DATABASE_URL has to name the same kind of database.")
    check_database(fresh / contents.database)
    return contents


def _read(source: Path) -> Iterator[tuple[str, IO[bytes]]]:
    if source.is_dir():
        for file in sorted(source.rglob("*")):
            if file.is_file() and not file.is_symlink():
                with file.open("rb") as opened:
                    yield file.relative_to(source).as_posix(), opened
        return
    try:
        with tarfile.open(source, mode="r:") as tar:
            for member in tar:
                opened_member = tar.extractfile(member) if member.isreg() else None
                if opened_member is not None:
                    yield member.name, opened_member
    except tarfile.TarError as error:
        raise Invalid(f"{source} is no copy, or breaks off.", hint="“speak backup” makes copies.") from error


def _safe(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise Invalid(f"It holds a file that would lie elsewhere: {name}.")
    return path


def _move(fresh: Path, data: Path, *, keeps: bool) -> None:
    """What was there of ours goes aside, then each thing to its place; the database last.

    Where nobody lived (not `keeps`), an empty database and a secret that signed nothing are not kept.
    """
    aside = data / f"{REPLACED}{clock.now():%Y%m%d-%H%M%S}"
    for each in sorted(data.iterdir()):
        if each.name in OURS or (fresh / each.name).exists():
            aside.mkdir(exist_ok=True, mode=0o700)
            each.rename(aside / each.name)
    for each in sorted(fresh.iterdir(), key=lambda path: path.name == EMBEDDED):
        each.rename(data / each.name)
    if not keeps and aside.exists() and {each.name for each in aside.iterdir()} <= MADE_AT_A_START:
        shutil.rmtree(aside)
