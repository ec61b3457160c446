"""How long a site is left alone. Pure."""

import datetime as dt
import re

SHORTEST, LONGEST = dt.timedelta(hours=1), dt.timedelta(days=1)
FAILING = dt.timedelta(minutes=30)
# Nobody counts further; by then it is read once a day.
MOST_DOUBLINGS = 6
JITTER = 0.1
MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


def pause_after(pause: dt.timedelta, *, has_news: bool) -> dt.timedelta:
    """Half as long after news, half as long again after none; between an hour and a day."""
    wanted = pause / 2 if has_news else pause * 3 / 2
    return min(max(wanted, SHORTEST), LONGEST)


def pause_after_failures(failures: int) -> dt.timedelta:
    """From half an hour to a day, doubling."""
    doublings: int = 2 ** min(max(failures - 1, 0), MOST_DOUBLINGS)
    return min(FAILING * doublings, LONGEST)


def pause_asked_for(cache_control: str) -> dt.timedelta:
    """How long an answer may be kept (RFC 9111, 5.2.2.1), at most a day; no time where it does not say."""
    found = MAX_AGE.search(cache_control)
    return min(dt.timedelta(seconds=int(found[1])), LONGEST) if found else dt.timedelta(0)


def next_reading(now: dt.datetime, *pauses: dt.timedelta, chance: float) -> dt.datetime:
    """After the longest of these pauses, a tenth sooner or later; `chance` is from 0 to 1."""
    pause = min(max(pauses), LONGEST)
    return now + pause * (1 - JITTER + 2 * JITTER * chance)
