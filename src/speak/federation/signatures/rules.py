"""What a signature has to cover, and for how long it counts. Pure; after what Mastodon asks for."""

import datetime as dt
from collections.abc import Collection

USUAL_LIFE = dt.timedelta(minutes=5)
LONGEST_LIFE = dt.timedelta(hours=12)
SKEW = dt.timedelta(hours=1)  # by how much clocks of servers may differ

READING = frozenset({"GET", "HEAD"})


def ends_at(created_at: dt.datetime, *, expires_at: dt.datetime | None) -> dt.datetime:
    """When a signature stops to count: when it says so, at most 12 hours after it was made."""
    if expires_at is None:
        return created_at + USUAL_LIFE
    return min(expires_at, created_at + LONGEST_LIFE)


def is_from_the_future(created_at: dt.datetime, *, now: dt.datetime) -> bool:
    """Whether it says it is made later than any honest clock could say now."""
    return created_at > now + SKEW


def is_over(end: dt.datetime, *, now: dt.datetime) -> bool:
    """Whether it does not count any more, by any honest clock."""
    return now > end + SKEW


def needs_digest(method: str, *, has_body: bool) -> bool:
    """Whether the body has to be signed: whenever there is one, or should be one."""
    return has_body or method not in READING


def lacking_in_cavage(covered: Collection[str], *, method: str, has_body: bool) -> str | None:
    """What an older signature (draft-cavage-http-signatures) should cover and does not; None if all is there.

    It must cover when it was made, what it is for, and all of what it says.
    """
    if "date" not in covered and "(created)" not in covered:
        return "date or (created)"
    if "(request-target)" not in covered and "digest" not in covered:
        return "(request-target) or digest"
    if method in READING and "host" not in covered:
        return "host"
    if needs_digest(method, has_body=has_body) and "digest" not in covered:
        return "digest"
    return None


def lacking_in_rfc9421(covered: Collection[str], *, method: str, has_body: bool, has_query: bool) -> str | None:
    """What a signature by RFC 9421 should cover and does not; None if all is there.

    Mastodon asks for `@method` and `@target-uri`. The parts of the target say the same: taken as well.
    """
    if "@method" not in covered:
        return "@method"
    if not covers_target(covered, has_query=has_query):
        return "@target-uri"
    if needs_digest(method, has_body=has_body) and "content-digest" not in covered:
        return "content-digest"
    return None


def covers_target(covered: Collection[str], *, has_query: bool) -> bool:
    """Whether a signature by RFC 9421 is for this address and no other."""
    if "@target-uri" in covered:
        return True
    if "@authority" not in covered:
        return False
    return "@request-target" in covered or ("@path" in covered and ("@query" in covered or not has_query))
