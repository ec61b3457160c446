"""Bringing a file here: looked at as a whole first, then written a few posts at a time, each time for good.

Whoever does it may be killed at any moment: begun again, it goes on after what is here already, since nothing is
brought twice. A file that turns out to be broken has brought nothing.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from speak.clients.bringing.belongings import take_belongings_away
from speak.clients.bringing.documents import garbled
from speak.clients.bringing.formats import format_of
from speak.clients.bringing.gathering import gather
from speak.clients.bringing.opening import opened
from speak.clients.bringing.work import Enough, Moved, Stopped, Work, move
from speak.clients.models import Import, ImportState
from speak.kernel.errors import Failure, Invalid, Refusal
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask
from speak.voice.actions import forget_brought

MB = 1_000_000
AWAY = Invalid(_("Its server does not answer any more."), hint=_("Go on with it later."))


def unheard(_done: int, _total: int) -> None:
    """Nobody watches."""


def never() -> bool:
    """There is all the time in the world."""
    return False


def carry_out(import_id: int, *, path: Path, ask: Ask = real_ask, moved: Moved = unheard) -> None:
    """Bring all that lies at `path`, or go on with it. Why a file is refused stands in the row afterwards."""
    carry_home(import_id, path=path, ask=ask, moved=moved)
    carry_words(import_id, path=path, moved=moved)
    carry_pictures(import_id, path=path, ask=ask, moved=moved)
    carry_words(import_id, path=path, moved=moved)
    carry_ties(import_id, path=path, ask=ask, moved=moved)


def carry_home(
    import_id: int, *, path: Path, ask: Ask = real_ask, moved: Moved = unheard, enough: Enough = never
) -> bool:
    """Fetch what an account elsewhere said into the folder at `path`, or go on with it; says whether that is all."""
    row = Import.objects.select_related("owner").filter(pk=import_id, state=ImportState.GATHERING).first()
    if row is None:
        return True
    try:
        most = settings.SPEAK_IMPORT_MB * MB
        for step, _ in enumerate(gather(row.owner, row.name, path, ask=ask, most_bytes=most), 1):
            move(row)
            moved(step, 0)
            if enough():
                return False
        move(row, state=ImportState.WAITING)
    except Refusal as refusal:
        refuse(row, refusal)
    except Failure:
        # What was fetched so far stays, to go on from.
        move(row, refused=_sentence(row, AWAY))
    except Stopped:
        pass
    return True


def carry_words(import_id: int, *, path: Path, moved: Moved = unheard, enough: Enough = never) -> bool:
    """Bring its posts, or go on with them; says whether that is all, or it was `enough` for now."""
    row = Import.objects.select_related("owner").filter(pk=import_id).first()
    if row is None or row.state not in {ImportState.WAITING, ImportState.READING, ImportState.BRINGING}:
        return True
    try:
        with _work_on(row, path, moved) as work:
            if row.state != ImportState.BRINGING:
                work.check()
            return row.state == ImportState.FETCHING or work.bring(enough)
    except (Refusal, Failure) as error:
        refuse(row, error)
    except Stopped:
        pass
    return True


def carry_pictures(
    import_id: int, *, path: Path, ask: Ask = real_ask, moved: Moved = unheard, enough: Enough = never
) -> bool:
    """Fetch the pictures that its posts show from elsewhere, or go on with it; says whether that is all."""
    row = Import.objects.select_related("owner").filter(pk=import_id, state=ImportState.FETCHING).first()
    if row is None:
        return True
    try:
        with _work_on(row, path, moved) as work:
            return work.fetch(ask, enough, most_bytes=settings.SPEAK_IMPORT_MB * MB)
    except (Refusal, Failure) as error:
        refuse(row, error)
    except Stopped:
        pass
    return True


def carry_ties(
    import_id: int, *, path: Path, ask: Ask = real_ask, moved: Moved = unheard, enough: Enough = never
) -> bool:
    """Look up whom and what it names, or go on with it; says whether that is all. Other servers are asked."""
    row = Import.objects.select_related("owner").filter(pk=import_id, state=ImportState.TYING).first()
    if row is None:
        return True
    try:
        with _work_on(row, path, moved) as work:
            return work.tie(ask, enough)
    except (Refusal, Failure) as error:
        # It was whole when its posts were brought; they stay.
        move(row, state=ImportState.DONE, refused=_sentence(row, error))
    except Stopped:
        pass
    return True


@contextmanager
def _work_on(row: Import, path: Path, moved: Moved) -> Iterator[Work]:
    with tempfile.TemporaryDirectory(prefix="speak-import-") as scratch, opened(path, Path(scratch)) as container:
        yield Work(row, container, format_of(container), moved)


def take_away(import_id: int) -> None:
    """Undo all that it brought, and forget it."""
    row = Import.objects.select_related("owner").filter(pk=import_id, state=ImportState.UNDOING).first()
    if row is None:
        return
    while forget_brought(row.owner, import_id=row.pk):
        continue
    take_belongings_away(row.owner, import_id=row.pk)
    row.delete()


def refuse(row: Import, error: Refusal | Failure) -> None:
    """Nothing of it was brought, or nothing of it stays; why stands in the row."""
    while forget_brought(row.owner, import_id=row.pk):
        continue
    with suppress(Stopped):
        move(row, state=ImportState.REFUSED, refused=_sentence(row, error), done=0, total=0)


def _sentence(row: Import, error: Refusal | Failure) -> str:
    refusal = error if isinstance(error, Refusal) else garbled(row.name)
    return f"{refusal.sentence} {refusal.hint}".strip()[:500]
