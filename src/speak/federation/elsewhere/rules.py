"""What may go elsewhere at all. Pure: no database, no clock, no Django."""

HERE, FOLLOWERS, QUIET, PUBLIC = 30, 40, 50, 60  # as in voice.reach
# There, anyone reads it, or whoever asked for it; nobody knows all of them.
FOR_ANYONE = frozenset({"mastodon", "mail"})
# There, a circle reads it that its author knows.
FOR_A_CIRCLE = frozenset({"slack", "mattermost"})


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
