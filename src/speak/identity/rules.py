"""Promises about identity. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass


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
