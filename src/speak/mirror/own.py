"""What one person sees of their own conversation. It opens to them alone: there is no other way to ask."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from speak.identity.models import Actor
from speak.kernel import clock
from speak.mirror.engines import Engine, opened
from speak.mirror.ground import People, Standing, keep_rows, laid
from speak.mirror.here import lay_posts, micros
from speak.mirror.measures import definition
from speak.voice.queries import readable_by

EIGHT_HOURS = 28_800_000_000
THIRDS = 21
MOST_POSTS = 50_000
ME = {"person": "VARCHAR", "zone_micros": "BIGINT", "now_at": "BIGINT"}


@dataclass(frozen=True, slots=True)
class Own:
    """People by their ids, in no order that says anything; what waits, oldest first; the week in 21 thirds of days."""

    both_ways: tuple[str, ...]
    awaiting: tuple[tuple[str, str], ...]
    rhythm: tuple[int, ...]
    used_to: tuple[str, ...]


def own_mirror(viewer: Actor, *, now: datetime | None = None) -> Own:
    """The viewer's own conversation on this server, live: what they said, whom it answered, who answered them.

    Only posts that they may read go in, whoever runs the server.
    """
    mine = Q(author=viewer) | Q(answered=viewer) | Q(replies__author=viewer)
    posts = readable_by(viewer).filter(mine).select_related("author").distinct().order_by("-pk")[:MOST_POSTS]
    with opened() as engine:
        lay_posts(engine, posts)
        return own_of(engine, str(viewer.pk), now_at=micros(now or clock.now()))


def own_of(engine: Engine, person: str, *, now_at: int, zone_minutes: int = 0) -> Own:
    """The same of an archive that is this person's own; the engine holds `message` and `response`."""
    everybody = engine.ask("SELECT DISTINCT person FROM message WHERE kind = 'human'")
    laid(engine, People([Standing(name) for (name,) in sorted(everybody)]))
    keep_rows(engine, "me", columns=ME, rows=[(person, zone_minutes * 60_000_000, now_at)])
    thirds = {int(start): int(times) for start, times in engine.ask(definition("own/rhythm").query)}
    return Own(
        both_ways=tuple(name for (name,) in engine.ask(definition("own/both_ways").query)),
        awaiting=tuple((msg, name) for msg, name in engine.ask(definition("own/awaiting").query)),
        rhythm=tuple(thirds.get(place * EIGHT_HOURS, 0) for place in range(THIRDS)),
        used_to=tuple(name for (name,) in engine.ask(definition("own/used_to").query)),
    )
