"""Bringing an archive, showing what it shows to everybody here, having it forgotten."""

import re
import secrets
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import Conflict, TooMuch
from speak.mirror.brought import Brought, State, brought_by, every, keep, own_brought
from speak.mirror.tasks import look_at_archive

MOST_KEPT = 10
UNSAFE = re.compile(r"[^\w.-]+")
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Beside:
    """What comes along with an archive: the file of groups, and the names of those who stay out."""

    groups: bytes = b""
    stays_out: list[str] = field(default_factory=list)


def bring(
    owner: Actor, *, called: str, file_name: str, put: Callable[[Path], None], beside: Beside = Beside()
) -> Brought:
    """Take an archive in, and have it looked at; `put` puts the file where it is told.

    Raises:
        TooMuch: the owner has as many as are kept.
    """
    if len(brought_by(owner)) >= MOST_KEPT:
        raise TooMuch(_("You have brought as many as are kept for you."), hint=_("Have one forgotten first."))
    token = secrets.token_urlsafe(16)
    brought = Brought(token, owner.pk, called.strip()[:LONGEST_NAME], clock.now(), beside.stays_out)
    folder = brought.folder / "archive"
    folder.mkdir(parents=True, mode=0o700)
    with ExitStack() as giving_up:
        giving_up.callback(shutil.rmtree, brought.folder, ignore_errors=True)
        put(folder / (UNSAFE.sub("_", file_name).lstrip(".")[-LONGEST_NAME:] or "archive"))
        if beside.groups:
            (brought.folder / "groups.csv").write_bytes(beside.groups)
        keep(brought)
        giving_up.pop_all()
    with transaction.atomic():
        look_at_archive.enqueue(token=token)
    return brought


def share(owner: Actor, token: str, *, is_shared: bool) -> None:
    """Show a report to everybody here, or to nobody else any more."""
    found = own_brought(owner, token)
    if found.state != State.DONE:
        raise Conflict(_("There is no report yet."), hint=_("Wait until it is made."))
    keep(msgspec.structs.replace(found, is_shared=is_shared))


def forget(owner: Actor, token: str) -> None:
    """Delete all of it: the archive if it is still there, the report, what it showed of its owner."""
    shutil.rmtree(own_brought(owner, token).folder, ignore_errors=True)


def forget_everything_of(owner_id: int) -> None:
    """The same for all that somebody brought."""
    for found in every():
        if found.owner_id == owner_id:
            shutil.rmtree(found.folder, ignore_errors=True)
