"""What is brought in the background, a turn at a time, so that other work has its turn too."""

import time

from speak.clients.bringing.carrying import carry_home, carry_pictures, carry_ties, carry_words, take_away
from speak.clients.bringing.files import file_of, throw_file_away
from speak.clients.bringing.work import Enough
from speak.clients.models import ENDED, Import, ImportState
from speak.kernel.tasks import far_task, task

TURN_SECONDS = 20.0
# What is done where other servers are asked.
FAR = {
    ImportState.GATHERING: carry_home,
    ImportState.FETCHING: carry_pictures,
    ImportState.TYING: carry_ties,
}
# What one turn leaves to the next; who fetches an account and hears nothing waits for its owner instead.
NEXT = frozenset({ImportState.WAITING, ImportState.FETCHING, ImportState.BRINGING, ImportState.TYING})


def begin(import_id: int) -> None:
    """Have it done, or gone on with."""
    state = Import.objects.values_list("state", flat=True).get(pk=import_id)
    is_far = state in FAR
    (bring_from_afar if is_far else bring_words).enqueue(import_id=import_id)


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
def bring_from_afar(import_id: int) -> None:
    """What other servers are asked for: an account's posts, pictures, and whom and what a file names."""
    row = Import.objects.filter(pk=import_id).first()
    if row is None:
        return
    carry = FAR.get(ImportState(row.state), carry_ties)
    is_all = carry(import_id, path=file_of(row), enough=_after(TURN_SECONDS))
    _next_turn(import_id, is_all=is_all)


def _next_turn(import_id: int, *, is_all: bool) -> None:
    row = Import.objects.filter(pk=import_id).first()
    if row is None:
        return
    if row.state in ENDED:
        throw_file_away(row)
    elif not is_all or row.state in NEXT:
        begin(import_id)


def _after(seconds: float) -> Enough:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end
