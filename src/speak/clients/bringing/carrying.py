"""Bringing a file here: looked at as a whole first, then written a few posts at a time, each time for good.

Whoever does it may be killed at any moment: begun again, it goes on after what is here already, since nothing is
brought twice. A file that turns out to be broken has brought nothing.
"""

import tempfile
from collections.abc import Callable
from contextlib import suppress
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
    row = _row(import_id, ImportState.GATHERING)
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

    def bring(work: Work) -> bool:
        if work.row.state != ImportState.BRINGING:
            work.check()
        return work.row.state == ImportState.FETCHING or work.bring(enough)

    row = _row(import_id, ImportState.WAITING, ImportState.READING, ImportState.BRINGING)
    return row is None or _carry(row, bring, path=path, moved=moved)


def carry_pictures(
    import_id: int, *, path: Path, ask: Ask = real_ask, moved: Moved = unheard, enough: Enough = never
) -> bool:
    """Fetch the pictures that its posts show from elsewhere, or go on with it; says whether that is all."""
    row, most = _row(import_id, ImportState.FETCHING), settings.SPEAK_IMPORT_MB * MB
    return row is None or _carry(row, lambda work: work.fetch(ask, enough, most_bytes=most), path=path, moved=moved)


def carry_ties(
    import_id: int, *, path: Path, ask: Ask = real_ask, moved: Moved = unheard, enough: Enough = never
) -> bool:
    """Look up whom and what it names, or go on with it; says whether that is all. Other servers are asked."""
    row = _row(import_id, ImportState.TYING)
    return row is None or _carry(row, lambda work: work.tie(ask, enough), path=path, moved=moved, refused=_leave)


def take_away(import_id: int) -> None:
    """Undo all that it brought, and forget it."""
    row = _row(import_id, ImportState.UNDOING)
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


def _leave(row: Import, error: Refusal | Failure) -> None:
    """It was whole when its posts were brought; they stay."""
    move(row, state=ImportState.DONE, refused=_sentence(row, error))


def _row(import_id: int, *states: ImportState) -> Import | None:
    return Import.objects.select_related("owner").filter(pk=import_id, state__in=states).first()


def _carry(
    row: Import,
    do: Callable[[Work], bool],
    *,
    path: Path,
    moved: Moved,
    refused: Callable[[Import, Refusal | Failure], None] = refuse,
) -> bool:
    """Do a part of the work on a file; what was refused or stopped is over too."""
    try:
        with tempfile.TemporaryDirectory(prefix="speak-import-") as scratch, opened(path, Path(scratch)) as container:
            return do(Work(row, container, format_of(container), moved))
    except (Refusal, Failure) as error:
        refused(row, error)
    except Stopped:
        pass
    return True


def _sentence(row: Import, error: Refusal | Failure) -> str:
    refusal = error if isinstance(error, Refusal) else garbled(row.name)
    return f"{refusal.sentence} {refusal.hint}".strip()[:500]
