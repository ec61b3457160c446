"""Asking for a file to be brought, seeing how far it is, undoing it."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from speak.clients.bringing import turns
from speak.clients.bringing.carrying import carry_out, unheard
from speak.clients.bringing.files import file_of, throw_file_away
from speak.clients.bringing.work import Moved
from speak.clients.models import ENDED, Import, ImportState
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import Invalid, NotFound, TooMuch
from speak.kernel.outbound import Ask
from speak.kernel.outbound import ask as real_ask
from speak.voice.actions import BroughtFor, check_may_bring

# One that did not go on for this long was left lying by whatever did it, and may be taken up again.
PATIENCE = dt.timedelta(minutes=10)


@transaction.atomic
def begin(owner: Actor, *, name: str, chosen: BroughtFor, wrote_as: str = "") -> Import:
    """Note that a file of this name is to be brought, for these readers; `wrote_as` tells who of several is its owner.

    Raises:
        TooMuch: another one of theirs is on its way.
        NotYours, Suspended, WrongAudience: as `voice.actions.check_may_bring`.
    """
    check_may_bring(owner, chosen)
    Actor.objects.select_for_update().get(pk=owner.pk)
    if any(is_under_way(known) for known in Import.objects.filter(owner=owner).exclude(state__in=ENDED)):
        raise TooMuch(_("Something is being brought already."), hint=_("Come back when it is done."))
    return Import.objects.create(
        owner=owner, name=name[:200], open_as=chosen.open_as, followers_as=chosen.followers_as, wrote_as=wrote_as[:200]
    )


def bring_file(  # noqa: PLR0913 - each is a choice of whoever asks
    owner: Actor,
    *,
    path: Path,
    chosen: BroughtFor,
    wrote_as: str = "",
    ask: Ask = real_ask,
    moved: Moved = unheard,
) -> Import:
    """Bring a file that lies on this machine, here and now; the row says how it went.

    Raises:
        TooMuch, NotYours, Suspended, WrongAudience: as `begin`.
    """
    row = _interrupted(owner, path, chosen) or begin(owner, name=path.name, chosen=chosen, wrote_as=wrote_as)
    carry_out(row.pk, path=path, ask=ask, moved=moved)
    return _ended(row)


def take_in(owner: Actor, *, name: str, pieces: Iterable[bytes], chosen: BroughtFor, wrote_as: str = "") -> Import:
    """Keep a file that arrives in pieces, and have it brought in the background.

    Raises:
        TooMuch, NotYours, Suspended, WrongAudience: as `begin`.
    """
    row = begin(owner, name=name, chosen=chosen, wrote_as=wrote_as)
    path = file_of(row)
    try:
        path.parent.mkdir(parents=True)
        with path.open("xb") as file:
            for piece in pieces:
                file.write(piece)
    except OSError:
        throw_file_away(row)
        row.delete()
        raise
    turns.begin(row.pk)
    return row


def take_in_account(owner: Actor, *, address: str, chosen: BroughtFor) -> Import:
    """Have what anyone can read of an account elsewhere fetched and brought, once it has said that it is the owner's.

    Raises:
        Invalid: there is no address.
        TooMuch, NotYours, Suspended, WrongAudience: as `begin`.
    """
    row = _begin_account(owner, address, chosen)
    turns.begin(row.pk)
    return row


def bring_account(
    owner: Actor, *, address: str, chosen: BroughtFor, ask: Ask = real_ask, moved: Moved = unheard
) -> Import:
    """The same, here and now; the row says how it went.

    Raises:
        Invalid, TooMuch, NotYours, Suspended, WrongAudience: as `take_in_account`.
    """
    row = _begin_account(owner, address, chosen)
    carry_out(row.pk, path=file_of(row), ask=ask, moved=moved)
    return _ended(row)


def go_on(owner: Actor, *, import_id: int) -> None:
    """Take up again what was left lying.

    Raises:
        NotFound: it is not theirs.
        TooMuch: it goes on by itself.
    """
    row = import_of(owner, import_id)
    if is_under_way(row) or row.state in ENDED:
        raise TooMuch(_("It goes on by itself."), hint=_("Come back in a few minutes."))
    Import.objects.filter(pk=row.pk).update(moved_at=clock.now(), refused="")
    turns.begin(row.pk)


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
        raise NotFound(_("There is nothing here, or nothing for you."))
    return row


def is_under_way(row: Import) -> bool:
    """Whether it goes on by itself."""
    return row.state not in ENDED and not row.refused and row.moved_at > clock.now() - PATIENCE


def undo(owner: Actor, *, import_id: int) -> None:
    """Have all that it brought taken away, and forget it; what was there before stays.

    Raises:
        NotFound: it is not theirs.
    """
    row = import_of(owner, import_id)
    Import.objects.filter(pk=row.pk).update(state=ImportState.UNDOING, moved_at=clock.now())
    turns.begin(row.pk)


def forget_all_of(owner: Actor) -> None:
    """Forget all that somebody was bringing, as they leave. The caller holds the transaction."""
    for row in Import.objects.filter(owner=owner):
        transaction.on_commit(partial(throw_file_away, row))
    Import.objects.filter(owner=owner).delete()


def forget(owner: Actor, *, import_id: int) -> None:
    """Forget the report, and the file where it is still there; the words stay, and cannot be undone at once any more.

    Raises:
        NotFound: it is not theirs.
        TooMuch: it is on its way.
    """
    row = import_of(owner, import_id)
    if is_under_way(row):
        raise TooMuch(_("It is on its way."), hint=_("Come back when it is done."))
    throw_file_away(row)
    row.delete()


def _ended(row: Import) -> Import:
    row.refresh_from_db()
    if row.state in ENDED:
        throw_file_away(row)
    return row


def _interrupted(owner: Actor, path: Path, chosen: BroughtFor) -> Import | None:
    """One of the same file, begun by hand and killed; those that a page took in have a file of their own."""
    begun = Import.objects.filter(owner=owner, name=path.name[:200], open_as=chosen.open_as, is_account=False)
    last = begun.exclude(state__in=(*ENDED, ImportState.UNDOING)).order_by("-pk").first()
    return None if last is None or file_of(last).exists() else last


def _begin_account(owner: Actor, address: str, chosen: BroughtFor) -> Import:
    if not address.strip():
        raise Invalid(_("Write the address of your other home."), hint=_("It looks like @name@server.example."))
    row = begin(owner, name=address.strip(), chosen=chosen)
    Import.objects.filter(pk=row.pk).update(is_account=True, state=ImportState.GATHERING)
    row.refresh_from_db()
    return row
