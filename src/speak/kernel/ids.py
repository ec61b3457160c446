"""Identifiers that sort by the time they were made."""

import datetime as dt
import itertools
import secrets

from speak.kernel import clock

RANDOM_BITS = 16
SHORT_BITS, SHORT_SINCE = 12, dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
_tail = itertools.count(secrets.randbits(RANDOM_BITS))


def new_id(*, at: dt.datetime | None = None) -> int:
    """A 63-bit integer: milliseconds since 1970 above 16 bits that count up from a random start.

    With `at`, as if it had been made then (for what was said elsewhere, earlier). Two ids made
    by one process differ while it makes fewer than 65,536 in a millisecond; between processes
    the random start makes a clash rare, and the primary key refuses it.
    """
    milliseconds = int((at or clock.now()).timestamp() * 1000)
    return (max(milliseconds, 0) << RANDOM_BITS) | (next(_tail) & ((1 << RANDOM_BITS) - 1))


def new_short_id(*, at: dt.datetime | None = None) -> int:
    """A number below 2 to the 53rd, which JavaScript keeps whole: for what is sent to apps as a number.

    Milliseconds since 2025 above 12 bits that count up from a random start, until 2094; with `at`, as if made then.
    It sorts among its like only.
    """
    milliseconds = int(((at or clock.now()) - SHORT_SINCE).total_seconds() * 1000)
    return (max(milliseconds, 0) << SHORT_BITS) | (next(_tail) & ((1 << SHORT_BITS) - 1))


def made_at(identifier: int) -> dt.datetime:
    """When an id was made, to the millisecond."""
    return dt.datetime.fromtimestamp((identifier >> RANDOM_BITS) / 1000, tz=dt.UTC)
