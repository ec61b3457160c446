"""Asking for everything, and fetching it once it is made."""

import datetime as dt
import logging
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from speak.clients.archive.making import make
from speak.clients.models import Phase, TakeAlong
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import NotFound, TooMuch
from speak.kernel.tasks import task

KEPT_FOR = dt.timedelta(days=7)
# One that is not made after this long was lost with whatever made it, and may be asked for anew.
PATIENCE = dt.timedelta(hours=1)
log = logging.getLogger(__name__)


@transaction.atomic
def ask(owner: Actor) -> TakeAlong:
    """Have everything made into one file; the one from before is thrown away.

    Raises:
        TooMuch: one is being made already.
    """
    before = taken_along(owner)
    if before is not None and is_being_made(before):
        raise TooMuch(gettext("It is being made already."), hint=gettext("Come back in a few minutes."))
    _path(owner.pk).unlink(missing_ok=True)
    asked, _ = TakeAlong.objects.update_or_create(
        owner=owner, defaults={"asked_at": clock.now(), "made_at": None, "failed_at": None, "phase": Phase.WAITING}
    )
    make_archive.enqueue(owner_id=owner.pk)
    return asked


def taken_along(owner: Actor) -> TakeAlong | None:
    """What somebody asked for last, as long as it is kept."""
    return TakeAlong.objects.filter(owner=owner).first()


def is_being_made(asked: TakeAlong) -> bool:
    """Whether it is not there yet, and can still come."""
    return asked.made_at is None and asked.failed_at is None and asked.asked_at > clock.now() - PATIENCE


def file_of(owner: Actor) -> Path:
    """Where the file lies.

    Raises:
        NotFound: it is not made yet, or was thrown away.
    """
    asked = taken_along(owner)
    path = _path(owner.pk)
    if asked is None or asked.made_at is None or not path.exists():
        raise NotFound(gettext("There is nothing to fetch."), hint=gettext("Ask for it to be made."))
    return path


def throw_old_ones_away() -> int:
    """Throw away what was made a week ago; returns how many."""
    old = TakeAlong.objects.filter(asked_at__lt=clock.now() - KEPT_FOR)
    for asked in old:
        _path(asked.owner_id).unlink(missing_ok=True)
        asked.delete()
    return len(old)


def throw_away(owner_id: int) -> None:
    """Throw away what was made for somebody, whenever that was."""
    _path(owner_id).unlink(missing_ok=True)
    TakeAlong.objects.filter(owner=owner_id).delete()


@task
def make_archive(owner_id: int) -> None:
    """Make what was asked for. Whatever goes wrong is said on the page, and in the log."""
    owner = Actor.objects.filter(pk=owner_id).first()
    if owner is None or taken_along(owner) is None:
        return
    try:
        make(owner, _path(owner_id), moved=partial(_note, owner_id))
    except OSError:
        log.exception("everything of %s could not be written", owner)
        TakeAlong.objects.filter(owner=owner).update(failed_at=clock.now())
        return
    TakeAlong.objects.filter(owner=owner).update(made_at=clock.now())


def _note(owner_id: int, phase: Phase) -> None:
    TakeAlong.objects.filter(owner=owner_id).update(phase=phase)


def _path(owner_id: int) -> Path:
    return Path(settings.SPEAK_DATA) / "taken-along" / f"{owner_id}.zip"
