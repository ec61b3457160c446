"""What may go elsewhere at all, and how long answers are looked for. Pure: no database, no clock, no Django."""

import datetime as dt

HERE, FOLLOWERS, QUIET, PUBLIC = 30, 40, 50, 60  # as in voice.reach
# There, anyone reads it, or whoever asked for it; nobody knows all of them.
FOR_ANYONE = frozenset({"mastodon", "mail"})
# There, a circle reads it that its author knows.
FOR_A_CIRCLE = frozenset({"slack", "mattermost"})


FIRST_LOOK = dt.timedelta(minutes=10)
LONGEST_PAUSE = dt.timedelta(hours=12)
LOOKED_FOR = dt.timedelta(days=7)


def next_look(looks: int, *, said_at: dt.datetime, now: dt.datetime) -> dt.datetime | None:
    """When answers there are looked for after so many looks: less and less often, and after a week no more."""
    if now - said_at >= LOOKED_FOR:
        return None
    doublings: int = 2 ** min(looks, 20)
    return now + min(FIRST_LOOK * doublings, LONGEST_PAUSE)


def may_go(kind: str, reach: int, *, answers_narrower: bool) -> bool:
    """Whether its author may have it said in a place of this kind too (promise 4).

    Where anyone reads, only what is for anyone. To a circle also what is for everyone here or for followers; never
    what is for people by name or for a room. `answers_narrower`: it answers what not everybody can read, so that it
    stays with those who can.
    """
    if answers_narrower:
        return False
    if kind in FOR_ANYONE:
        return reach in {QUIET, PUBLIC}
    return kind in FOR_A_CIRCLE and reach in {HERE, FOLLOWERS, QUIET, PUBLIC}
