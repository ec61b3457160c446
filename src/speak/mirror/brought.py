"""Archives that somebody brought to be looked at: a folder for each, with everything about it, and nothing elsewhere.

In it lie what became of it so far (`state.json`), the archive until it is read, its groups, and then the report, and
what whoever brought it sees of themselves. To forget one is to delete its folder.
"""

import contextlib
import datetime as dt
import re
import shutil
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import NotFound
from speak.mirror.apart import Looked, OwnInArchive
from speak.mirror.keeping import folder_of
from speak.mirror.report import Report

KEPT_FOR = dt.timedelta(days=365)
ARRIVES_WITHIN = dt.timedelta(days=2)
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,32}")
Kept = TypeVar("Kept")


class State(StrEnum):
    """What became of it."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


class Brought(msgspec.Struct, frozen=True):
    """One archive: whose, what it is called, how far it is (hundredths), or why it could not be read."""

    token: str
    owner_id: int
    name: str
    brought_at: dt.datetime
    stays_out: list[str]
    state: State = State.WAITING
    tries: int = 0
    percent: int = 0
    doing: str = ""
    sentence: str = ""
    hint: str = ""
    is_shared: bool = False
    has_own: bool = False
    nobody: list[str] = []

    @property
    def folder(self) -> Path:
        """Where everything about it lies."""
        return _root() / self.token

    @property
    def archive(self) -> Path | None:
        """The archive itself, until it is read."""
        return next(iter((self.folder / "archive").glob("[!.]*")), None)

    @property
    def groups(self) -> Path | None:
        """The file of groups, if one came along."""
        file = self.folder / "groups.csv"
        return file if file.exists() else None


def brought_by(viewer: Actor) -> list[Brought]:
    """What the viewer brought, the newest first."""
    return [found for found in every() if found.owner_id == viewer.pk]


def shared_here(viewer: Actor) -> list[Brought]:
    """What others brought and show to everybody here, the newest first."""
    return [found for found in every() if found.is_shared and found.owner_id != viewer.pk]


def brought_for(viewer: Actor, token: str) -> Brought:
    """One that the viewer brought, or that everybody here may see.

    Raises:
        NotFound: there is none, or none for this viewer.
    """
    found = kept(token)
    if found is None or not (found.owner_id == viewer.pk or found.is_shared):
        raise NotFound(_("There is no such archive."), hint=_("Whoever brought it may have it forgotten."))
    return found


def own_brought(viewer: Actor, token: str) -> Brought:
    """One that the viewer brought.

    Raises:
        NotFound: there is none, or somebody else brought it.
    """
    found = brought_for(viewer, token)
    if found.owner_id != viewer.pk:
        raise NotFound(_("There is no such archive."))
    return found


def report_of(viewer: Actor, token: str) -> Report:
    """What an archive shows to everybody who may see it.

    Raises:
        NotFound: it is not there, not for this viewer, or not ready.
    """
    return _read(brought_for(viewer, token).folder / "report.json", Report)


def own_in(viewer: Actor, token: str) -> OwnInArchive:
    """What whoever brought it sees of themselves.

    Raises:
        NotFound: it is somebody else's, or they are not in it.
    """
    return _read(own_brought(viewer, token).folder / "own.json", OwnInArchive)


def forget_old_ones() -> int:
    """Delete what was brought a year ago, and what never arrived whole; returns how many were brought."""
    for file in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*"):
        if file.stat().st_mtime < (clock.now() - ARRIVES_WITHIN).timestamp():
            file.unlink(missing_ok=True)
    old = [found for found in every() if found.brought_at < clock.now() - KEPT_FOR]
    for found in old:
        shutil.rmtree(found.folder, ignore_errors=True)
    return len(old)


def finish(brought: Brought, looked: Looked) -> None:
    """Keep what was found, and throw the archive away."""
    (brought.folder / "report.json").write_bytes(msgspec.json.encode(looked.report))
    if looked.own is not None:
        (brought.folder / "own.json").write_bytes(msgspec.json.encode(looked.own))
    throw_archive_away(brought)
    keep(
        msgspec.structs.replace(
            brought,
            state=State.DONE,
            percent=100,
            stays_out=[],
            has_own=looked.own is not None,
            nobody=looked.nobody,
        )
    )


def throw_archive_away(brought: Brought) -> None:
    """What is read, or cannot be, is not kept; nor are its groups."""
    shutil.rmtree(brought.folder / "archive", ignore_errors=True)
    (brought.folder / "groups.csv").unlink(missing_ok=True)


def kept(token: str) -> Brought | None:
    """One by its token, whoever brought it; for the work itself."""
    if not TOKEN.fullmatch(token):
        return None
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode((_root() / token / "state.json").read_bytes(), type=Brought)
    return None


def keep(brought: Brought) -> None:
    """Write down what became of it.

    Raises:
        FileNotFoundError: it has been forgotten meanwhile.
    """
    part = brought.folder / "state.part"
    part.write_bytes(msgspec.json.encode(brought))
    part.replace(brought.folder / "state.json")


def every() -> list[Brought]:
    """All that is here, the newest first; for the work itself."""
    found = (kept(folder.name) for folder in _root().iterdir())
    return sorted((one for one in found if one is not None), key=lambda one: one.brought_at, reverse=True)


def _root() -> Path:
    return folder_of("brought")


def _read(file: Path, kind: type[Kept]) -> Kept:
    try:
        return msgspec.json.decode(file.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError) as error:
        raise NotFound(_("There is nothing to see yet.")) from error
