"""What one person sees of their own conversation. It opens to them alone: there is no other way to ask."""

from datetime import datetime

from speak.identity.models import Actor
from speak.kernel import clock
from speak.mirror.apart import OfOneself, Own, ask
from speak.mirror.here import micros, rows_of
from speak.mirror.table import ResponseKind
from speak.voice.queries import naming_among, said_with

MOST_POSTS = 50_000
THIRDS = 21


def own_mirror(viewer: Actor, *, now: datetime | None = None, zone_minutes: int = 0) -> Own:
    """The viewer's own conversation on this server, live: what they said, whom it answered, who answered them.

    Only posts that they may read go in, whoever runs the server. `zone_minutes`: how far their clock is east of UTC.
    """
    posts = list(said_with(viewer)[:MOST_POSTS])
    if not posts:
        return Own((), (), (0,) * THIRDS, ())
    me, named = str(viewer.pk), naming_among(viewer, [post.pk for post in posts])
    naming = [post for post in posts if post.pk in named and post.author_id != viewer.pk]
    responses = [(post.pk, str(post.author_id), me, ResponseKind.MENTION, micros(post.said_at)) for post in naming]
    return ask(OfOneself(rows_of(posts), responses, me, micros(now or clock.now()), zone_minutes), Own)
