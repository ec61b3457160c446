"""What a room sees of its own conversation: the same page for each of its members, and for nobody else."""

from datetime import datetime

from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.kernel import clock
from speak.mirror.engines import opened
from speak.mirror.ground import People, Standing
from speak.mirror.here import lay_posts, micros
from speak.mirror.ledger import Ledger
from speak.mirror.looking import Read, Report, look
from speak.rooms.queries import memberships_of, room_for
from speak.voice.queries import said_by_people_in_room


def room_mirror(
    viewer: Actor,
    room_id: int,
    *,
    ledger: Ledger,
    objecting: frozenset[int] = frozenset(),
    now: datetime | None = None,
) -> Report:
    """The mirror of a room the viewer is in, up to the end of the last whole month (UTC).

    Members see the same, whoever they are; `objecting` are the ids of those who asked not to be counted. A room of
    fewer than ten sees that there is nothing to see. The caller keeps the ledger.

    Raises:
        NotInRoom: the viewer is not in it.
    """
    room = room_for(viewer, room_id)
    until = (now or clock.now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    posts = said_by_people_in_room(room.pk).filter(said_at__lt=until).select_related("author")
    members = memberships_of(room).filter(joined_at__lt=until).exclude(actor__in=objecting)
    standing = [Standing(str(one.actor_id), joined_at=micros(one.joined_at), is_listed=True) for one in members]
    with opened() as engine:
        lay_posts(engine, posts)
        read = Read(room.name, _("a room here"), posts.count())
        return look(engine, People(standing), read=read, ledger=ledger)
