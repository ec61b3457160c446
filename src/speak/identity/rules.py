"""Promises about identity. Pure."""


def may_follow(*, is_self: bool, is_blocked: bool, is_gone: bool) -> bool:
    """Whether one actor may ask to follow another. `is_blocked`: either has blocked the other."""
    return not (is_self or is_blocked or is_gone)


def follow_needs_asking(*, target_approves_followers: bool, target_is_local: bool) -> bool:
    """Whether a follow waits for an answer: always across servers, here where the target wants to be asked."""
    return target_approves_followers or not target_is_local
