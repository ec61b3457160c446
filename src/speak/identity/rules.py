"""Promises about identity. Pure."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

# A domain that does not show whose it is for so long, looked at every day, is lost.
DOMAIN_PATIENCE = dt.timedelta(days=4)
# Whoever writes the names of a domain decides about its site, too.
STRENGTHS = {"": 0, "file": 1, "record": 2}


def may_follow(*, is_self: bool, is_blocked: bool, is_gone: bool) -> bool:
    """Whether one actor may ask to follow another. `is_blocked`: either has blocked the other."""
    return not (is_self or is_blocked or is_gone)


def follow_needs_asking(*, target_approves_followers: bool, target_is_local: bool, target_is_site: bool) -> bool:
    """Whether a follow waits for an answer: always across servers, here where the target wants to be asked.

    A site that says what is new in a feed says it to whoever reads.
    """
    return not target_is_site and (target_approves_followers or not target_is_local)


@dataclass(frozen=True, slots=True)
class Teller:
    """How somebody of whom another would be told stands to them."""

    is_followed: bool = False
    is_follower: bool = False
    is_new: bool = False  # younger than thirty days
    is_private: bool = False  # speaks to them among a few, unasked
    is_limited: bool = False


def hearing(policy: Mapping[str, str], teller: Teller) -> str:
    """What becomes of what would be told: `accept`, `filter` or `drop`, the strictest that holds.

    Whom one follows one hears, but where the policy speaks of those who do not follow back.
    """
    held = {
        "for_not_following": not teller.is_followed,
        "for_not_followers": not teller.is_follower,
        "for_new_accounts": teller.is_new and not teller.is_followed,
        "for_private_mentions": teller.is_private and not teller.is_followed,
        "for_limited_accounts": teller.is_limited and not teller.is_followed,
    }
    found = {policy[name] for name, holds in held.items() if holds}
    return next((verdict for verdict in ("drop", "filter") if verdict in found), "accept")


def domain_passes_on(*, holder: str, other: str) -> bool:
    """Whether a domain goes from whoever has it to another, given the proofs that are found for each at one moment.

    Both could be true for a while: the holder keeps it unless the other's proof is the stronger one.
    """
    return STRENGTHS[other] > STRENGTHS[holder]


def is_domain_lost(missing_for: dt.timedelta) -> bool:
    """Whether what holds has not been seen for too long."""
    return missing_for >= DOMAIN_PATIENCE


def next_look_at_domain(*, is_proven: bool, is_settled: bool, waits_for: dt.timedelta) -> dt.timedelta | None:
    """After how long a domain is looked at again; never where nothing is held and nobody seems to wait any more.

    `is_settled`: all that can be seen of it was seen. `waits_for`: since it was brought, or lost.
    """
    if not is_settled and waits_for < dt.timedelta(days=1):
        return dt.timedelta(minutes=10)
    if not is_settled and waits_for < dt.timedelta(days=7):
        return dt.timedelta(hours=2)
    return dt.timedelta(days=1) if is_proven else None


# A place that cannot be reached for so long points back no more, as far as anybody can tell.
LOST_AFTER = dt.timedelta(days=3)
DAILY, WHILE_AWAY = dt.timedelta(days=1), dt.timedelta(hours=6)
# In vain, a place is looked at ever more rarely, and in the end only when its owner asks for it.
IN_VAIN = (dt.timedelta(minutes=10), dt.timedelta(hours=1), dt.timedelta(hours=6))
MOST_LOOKS = 20
JITTER = 0.2


def link_holds(*, was_verified: bool, points_back: bool, is_away: bool, away_for: dt.timedelta) -> bool:
    """Whether two pages still count as pointing at each other: one that is away for a while keeps what it had."""
    return points_back or (was_verified and is_away and away_for < LOST_AFTER)


def pause_between_looks(
    *, holds: bool, is_away: bool, in_vain: int, chance: Callable[[], float]
) -> dt.timedelta | None:
    """How long to wait until a link is looked at again; nothing where it is left alone from now on.

    `in_vain` counts the looks that found nothing, this one too; `chance` gives a number from 0 up to 1.
    """
    if holds:
        pause = WHILE_AWAY if is_away else DAILY
    elif in_vain >= MOST_LOOKS:
        return None
    else:
        pause = IN_VAIN[in_vain - 1] if 0 < in_vain <= len(IN_VAIN) else DAILY
    return pause * (1 + JITTER * (2 * chance() - 1))
