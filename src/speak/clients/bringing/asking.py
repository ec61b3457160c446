"""Asking for a file to be brought, seeing how far it is, undoing it."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.db import transaction

from speak.clients.bringing.carrying import Moved, carry_out, unheard
from speak.clients.models import ENDED, Import, ImportState
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import NotFound, TooMuch
from speak.voice.actions import BroughtFor, check_may_bring, forget_brought

# One that did not go on for this long was left lying by whatever did it, and may be taken up again.
PATIENCE = dt.timedelta(minutes=10)


@transaction.atomic
def begin(owner: Actor, *, name: str, chosen: BroughtFor) -> Import:
    """Note that a file of this name is to be brought, for these readers.

    Raises:
        TooMuch: another one of theirs is on its way.
        NotYours, Suspended, WrongAudience: as `voice.actions.check_may_bring`.
    """
    check_may_bring(owner, chosen)
    Actor.objects.select_for_update().get(pk=owner.pk)
    if any(is_under_way(known) for known in Import.objects.filter(owner=owner).exclude(state__in=ENDED)):
        raise TooMuch("Something is being brought already.", hint="Come back when it is done.")
    return Import.objects.create(owner=owner, name=name[:200], open_as=chosen.open_as, followers_as=chosen.followers_as)


def bring_file(owner: Actor, *, path: Path, chosen: BroughtFor, moved: Moved = unheard) -> Import:
    """Bring a file that lies on this machine, here and now; the row says how it went.

    Raises:
        TooMuch, NotYours, Suspended, WrongAudience: as `begin`.
    """
    row = begin(owner, name=path.name, chosen=chosen)
    carry_out(row.pk, path=path, moved=moved)
    row.refresh_from_db()
    return row


def imports_of(owner: Actor) -> list[Import]:
    """What somebody brought and did not forget, the newest first."""
    return list(Import.objects.filter(owner=owner).order_by("-pk")[:50])


def import_of(owner: Actor, import_id: int) -> Import:
    """One of them.

    Raises:
        NotFound: it is not theirs, or not there.
    """
    row = Import.objects.filter(owner=owner, pk=import_id).select_related("owner").first()
    if row is None:
        raise NotFound("There is nothing here, or nothing for you.")
    return row


def is_under_way(row: Import) -> bool:
    """Whether it goes on by itself."""
    return row.state not in ENDED and row.moved_at > clock.now() - PATIENCE


def undo(owner: Actor, *, import_id: int) -> None:
    """Take away all that it brought, and forget it; what was there before stays.

    Raises:
        NotFound: it is not theirs.
    """
    row = import_of(owner, import_id)
    Import.objects.filter(pk=row.pk).update(state=ImportState.UNDOING, moved_at=clock.now())
    while forget_brought(owner, import_id=row.pk):
        continue
    forget(owner, import_id=import_id)


def forget(owner: Actor, *, import_id: int) -> None:
    """Forget the report, and the file where it is still there; the words stay.

    Raises:
        NotFound: it is not theirs.
    """
    row = import_of(owner, import_id)
    file_of(row).unlink(missing_ok=True)
    row.delete()


def file_of(row: Import) -> Path:
    """Where its file lies until it was brought."""
    return Path(settings.SPEAK_DATA) / "brought" / str(row.pk)
