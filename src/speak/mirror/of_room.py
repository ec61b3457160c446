"""What a room sees of its own conversation: the same page for each of its members, and for nobody else.

It is about the last whole month (UTC), and made once: whoever looks first has it made, and everybody sees that until
the month is over. So two looks cannot be compared, and months do not overlap. Who objects meanwhile has it made anew,
without them; the ledger of the room then keeps back what a comparison would tell.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel import clock
from speak.mirror.apart import OfRoom, ask
from speak.mirror.here import Rows, micros, rows_of
from speak.mirror.keeping import alone, folder_of, key
from speak.mirror.release import USUAL, about
from speak.mirror.report import Read, Report
from speak.mirror.standing import Standing
from speak.rooms.models import Room
from speak.rooms.queries import memberships_at, room_for
from speak.voice.queries import said_by_people_in_room


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where rooms' reports and ledgers lie, the key of the ledgers, the language reports are made in."""

    folder: Path
    key: bytes
    language: str = "en"


def room_mirror(
    viewer: Actor,
    room_id: int,
    *,
    keeping: Keeping,
    objecting: frozenset[int] = frozenset(),
    now: dt.datetime | None = None,
) -> Report | None:
    """The mirror of a room the viewer is in, of the last whole month; None where fewer than ten people are counted.

    `objecting` are the ids of those who asked not to be counted.

    Raises:
        NotInRoom: the viewer is not in it.
    """
    room = room_for(viewer, room_id)
    first, until = month_before(now or clock.now())
    everybody = memberships_at(room, until)
    members = [one for one in everybody if one.actor_id not in objecting]
    standing = [Standing(str(one.actor_id), joined_at=micros(one.joined_at), is_listed=True) for one in members]
    if len(standing) < USUAL:
        return None
    people = frozenset(one.person for one in standing)
    folder = keeping.folder / str(room.pk)
    file = _file_of(folder, first, people)
    report = _made(file)
    if report is not None:
        return report
    # Nobody waits here: whoever comes while it is made looks again.
    with alone(folder, waits=False):
        rows = _said(room, (first, until))
        read = Read(room.name, _("a room here"), len(rows), left_at_their_wish=about(len(everybody) - len(members)))
        ledger = str(folder / "ledger")
        asked = OfRoom(rows, standing, read, ledger, keeping.key, keeping.language)
        report = _made(file) or ask(asked, Report)
        for earlier in folder.glob("????-??-*.json"):
            if not earlier.name.startswith(f"{first:%Y-%m}-"):
                earlier.unlink()
        part = file.with_suffix(".part")
        part.write_bytes(msgspec.json.encode(report))
        part.replace(file)
    return report


def keeping_here() -> Keeping:
    """In the data folder of this server, in its own language: it is the same file for everybody."""
    return Keeping(folder_of("rooms"), key(), settings.LANGUAGE_CODE)


def month_before(now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """The last whole month in UTC: its first moment, and the first after it."""
    until = now.astimezone(dt.UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (until - dt.timedelta(days=1)).replace(day=1), until


def _said(room: Room, month: tuple[dt.datetime, dt.datetime]) -> Rows:
    posts = said_by_people_in_room(room.pk).filter(said_at__gte=month[0], said_at__lt=month[1])
    return rows_of(posts.select_related("author"))


def _file_of(folder: Path, first: dt.datetime, people: frozenset[str]) -> Path:
    """Where the report of a month about these people lies.

    It stays beside others of the month: whoever stays out, and then does not, has the first one shown again, not a new
    one made that could be compared with it.
    """
    digest = hashlib.blake2b(" ".join(sorted(people)).encode(), digest_size=16).hexdigest()
    return folder / f"{first:%Y-%m}-{digest}.json"


def _made(file: Path) -> Report | None:
    """What was made before; what cannot be read was made by another version."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Report)
    except (OSError, msgspec.MsgspecError):
        return None
