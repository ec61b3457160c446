"""Taking a copy while the server runs: written beside where it is to stand, and moved there when it is whole."""

import contextlib
import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import msgspec
from django.conf import settings

from speak.kernel import clock
from speak.kernel.errors import Conflict
from speak.operations.copies.databases import copy_database, name_of_copy
from speak.operations.copies.values import LIST, Contents, Measured, OneFile, is_copied

OURS_ALONE = 0o700


class _Copy(Protocol):
    def put(self, name: str, file: Path) -> OneFile: ...

    def close(self, contents: bytes) -> None: ...


def take_copy(to: Path) -> Contents:
    """Copy database, files and secret into one folder, or into one file where the name ends with .tar.

    Raises:
        Conflict: something stands there already, or it lies within what is copied.
    """
    data, place = Path(settings.SPEAK_DATA), to.expanduser().resolve()
    if place.exists():
        raise Conflict(f"{to} is there already.", hint="Choose another name: no copy is written over another one.")
    if place.is_relative_to(data):
        raise Conflict(f"{to} lies in the folder that is copied.", hint="Keep copies elsewhere, best on another disk.")
    if not place.parent.is_dir():
        raise Conflict(f"There is no folder {place.parent}.", hint="Make it first.")
    with tempfile.TemporaryDirectory(prefix=".being-copied-", dir=place.parent) as name:
        beside = Path(name)
        contents = _copied(data, beside, is_tar=place.suffix == ".tar")
        (beside / "whole").rename(place)
    return contents


def _copied(data: Path, beside: Path, *, is_tar: bool) -> Contents:
    database = beside / name_of_copy()
    # First the database: a file that nothing in it names does no harm.
    copy_database(database)
    copy: _Copy = _Tar(beside / "whole") if is_tar else _Folder(beside / "whole")
    files = {database.name: copy.put(database.name, database)}
    database.unlink()
    for file in _files_of(data):
        # What was taken back meanwhile is not missed.
        with contextlib.suppress(FileNotFoundError):
            name = file.relative_to(data).as_posix()
            files[name] = copy.put(name, file)
    contents = Contents(
        url=settings.SPEAK_URL,
        made_at=clock.now().isoformat(timespec="seconds"),
        version=version("speak-for-yourself"),
        database=database.name,
        files=files,
    )
    copy.close(msgspec.json.format(msgspec.json.encode(contents)))
    return contents


def _files_of(data: Path) -> Iterator[Path]:
    return (file for file in sorted(data.rglob("*")) if is_copied(data, file))


class _Folder:
    """A copy as a folder, for nobody else on this machine to read."""

    def __init__(self, place: Path) -> None:
        self.place = place
        place.mkdir(mode=OURS_ALONE)

    def put(self, name: str, file: Path) -> OneFile:
        target = self.place / name
        with file.open("rb") as opened:
            measured = Measured(opened)
            target.parent.mkdir(parents=True, exist_ok=True, mode=OURS_ALONE)
            with target.open("xb") as written:
                shutil.copyfileobj(measured, written)
        shutil.copystat(file, target)
        return measured.found

    def close(self, contents: bytes) -> None:
        (self.place / LIST).write_bytes(contents)


class _Tar:
    """A copy as one file, for nobody else to read."""

    def __init__(self, place: Path) -> None:
        self.file = os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self.tar = tarfile.open(fileobj=self.file, mode="w")  # noqa: SIM115 - closed when the list is written

    def put(self, name: str, file: Path) -> OneFile:
        with file.open("rb") as opened:
            measured = Measured(opened)
            self.tar.addfile(self.tar.gettarinfo(arcname=name, fileobj=opened), measured)
        return measured.found

    def close(self, contents: bytes) -> None:
        listed = tarfile.TarInfo(LIST)
        listed.size, listed.mode = len(contents), 0o600
        self.tar.addfile(listed, io.BytesIO(contents))
        self.tar.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
