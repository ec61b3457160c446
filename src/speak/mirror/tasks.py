"""Later work: looking at an archive that somebody brought, in a process apart. The archive is gone when it is read."""

import logging

from django.conf import settings
from django.utils.translation import gettext as _
from msgspec.structs import replace

from speak.identity.queries import known_actor, objecting, of_one_address
from speak.kernel.errors import Failure, Invalid
from speak.kernel.tasks import long_task
from speak.mirror.apart import Aside, Looked, OfArchive, Told
from speak.mirror.brought import Brought, State, finish, keep, kept, throw_archive_away
from speak.mirror.claims import addresses_that_are_one, names_staying_out, proven_names
from speak.mirror.keeping import alone, folder_of, key

# Less than after which another worker would take it up anew (kernel.tasks.LEASE).
SECONDS = 50 * 60
MOST_TRIES = 2
log = logging.getLogger(__name__)


@long_task
def look_at_archive(token: str) -> None:
    """Read it, and keep what it shows, one archive at a time. Whatever goes wrong is said on its page."""
    with alone(folder_of("reading")):
        _look(token)


def _look(token: str) -> None:
    found = kept(token)
    if found is None or found.state not in {State.WAITING, State.READING}:
        return
    try:
        finish(*_looked(replace(found, state=State.READING, tries=found.tries + 1)))
    except FileNotFoundError:
        return  # forgotten meanwhile
    except Invalid as refusal:
        _give_up(found, refusal.sentence, refusal.hint)
    except Failure as failure:
        log.error("an archive could not be looked at: %s", failure)  # noqa: TRY400 - it tells of no people
        _give_up(found, _("It could not be looked at."), _("Tell whoever runs this place."))


def _looked(brought: Brought) -> tuple[Brought, Looked]:
    archive, now = brought.archive, brought
    if archive is None or brought.tries > MOST_TRIES:
        raise Failure("it was tried before, and ended in the middle", permanent=True)

    def told(word: Told) -> None:
        nonlocal now
        now = replace(now, percent=word.percent, doing=word.what)
        keep(now)

    keep(now)
    aside = Aside(seconds=SECONDS)
    try:
        return now, aside.ask(_question(brought, str(archive)), Looked, told=told)
    finally:
        aside.close()


def _question(brought: Brought, archive: str) -> OfArchive:
    return OfArchive(
        path=archive,
        groups=str(brought.groups or ""),
        into=str(brought.folder / "archive" / ".tables"),
        name=brought.name,
        stays_out=[*brought.stays_out, *names_staying_out(objecting())],
        are_one=addresses_that_are_one(of_one_address()),
        mine=proven_names(known_actor(brought.owner_id)),
        ledger=str(folder_of() / "shown-before"),
        key=key(),
        engine=settings.SPEAK_MIRROR_ENGINE,
        language=settings.LANGUAGE_CODE,
    )


def _give_up(brought: Brought, sentence: str, hint: str) -> None:
    throw_archive_away(brought)
    keep(replace(brought, state=State.FAILED, sentence=sentence, hint=hint, stays_out=[]))
