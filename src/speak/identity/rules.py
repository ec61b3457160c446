"""Promises about identity. Pure."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass


def may_follow(*, is_self: bool, is_blocked: bool, is_gone: bool) -> bool:
    """Whether one actor may ask to follow another. `is_blocked`: either has blocked the other."""
    return not (is_self or is_blocked or is_gone)


def follow_needs_asking(*, target_approves_followers: bool, target_is_local: bool) -> bool:
    """Whether a follow waits for an answer: always across servers, here where the target wants to be asked."""
    return target_approves_followers or not target_is_local


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
