"""What is brought in the background, a turn at a time, so that other work has its turn too."""

import time

from speak.clients.bringing.carrying import Enough, carry_ties, carry_words, take_away
from speak.clients.bringing.files import file_of, throw_file_away
from speak.clients.models import ENDED, Import, ImportState
from speak.kernel.tasks import far_task, task

TURN_SECONDS = 20.0


def begin(import_id: int) -> None:
    """Have it done, or gone on with."""
    state = Import.objects.values_list("state", flat=True).get(pk=import_id)
    (bring_ties if state == ImportState.TYING else bring_words).enqueue(import_id=import_id)


@task
def bring_words(import_id: int) -> None:
    """The posts of a file; or, undone, away with them."""
    row = Import.objects.filter(pk=import_id).first()
    if row is None:
        return
    if row.state == ImportState.UNDOING:
        throw_file_away(row)
        take_away(import_id)
        return
    is_all = carry_words(import_id, path=file_of(row), enough=_after(TURN_SECONDS))
    _next_turn(import_id, is_all=is_all)


@far_task
def bring_ties(import_id: int) -> None:
    """Whom and what it names; other servers are asked."""
    row = Import.objects.filter(pk=import_id).first()
    if row is not None:
        is_all = carry_ties(import_id, path=file_of(row), enough=_after(TURN_SECONDS))
        _next_turn(import_id, is_all=is_all)


def _next_turn(import_id: int, *, is_all: bool) -> None:
    row = Import.objects.get(pk=import_id)
    if row.state in ENDED:
        throw_file_away(row)
    elif not is_all or row.state == ImportState.TYING:
        begin(import_id)


def _after(seconds: float) -> Enough:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end
