"""What one person sees of their own conversation. It opens to them alone: there is no other way to ask."""

from datetime import datetime

from django.db.models import Q

from speak.identity.models import Actor
from speak.kernel import clock
from speak.mirror.apart import OfOneself, Own, ask
from speak.mirror.here import micros, rows_of
from speak.voice.queries import readable_by

MOST_POSTS = 50_000
THIRDS = 21


def own_mirror(viewer: Actor, *, now: datetime | None = None, zone_minutes: int = 0) -> Own:
    """The viewer's own conversation on this server, live: what they said, whom it answered, who answered them.

    Only posts that they may read go in, whoever runs the server. `zone_minutes`: how far their clock is east of UTC.
    """
    mine = Q(author=viewer) | Q(answered=viewer) | Q(replies__author=viewer)
    posts = readable_by(viewer).filter(mine).select_related("author").distinct().order_by("-pk")[:MOST_POSTS]
    rows = rows_of(posts)
    if not rows:
        return Own((), (), (0,) * THIRDS, ())
    return ask(OfOneself(rows, str(viewer.pk), micros(now or clock.now()), zone_minutes), Own)
