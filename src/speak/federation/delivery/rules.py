"""What an answer of an inbox means, and when its server is left alone. Pure."""

import datetime as dt
import email.utils
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

LONGEST_ASKED_PAUSE = dt.timedelta(hours=1)
# A server's breaker opens after this many failures in a row, then lets one probe through at a time.
FAILURES_TO_OPEN = 5
FIRST_OPEN = dt.timedelta(minutes=2)
LONGEST_OPEN = dt.timedelta(hours=3)
# After so many days of nothing but failures a server is asked once a week (interop 6.6).
DAYS_TO_REST = 7
REST = dt.timedelta(days=7)


class Verdict(StrEnum):
    """What an answer means for the copy."""

    TAKEN = "taken"
    OTHER_SCHEME = "other scheme"
    LATER = "later"
    NEVER = "never"
    INBOX_GONE = "inbox gone"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict; whether the server as a whole is in trouble; how long it asks to be left alone."""

    verdict: Verdict
    is_server_ill: bool = False
    pause: dt.timedelta | None = None


def server_of(inbox_url: str) -> str:
    """The host of an inbox, with its port where it names one: what breakers and turns are counted by."""
    return urlsplit(inbox_url).netloc.lower()


def judge(status: int, headers: Mapping[str, str], *, now: dt.datetime) -> Judgement:
    """What an HTTP answer of an inbox means (interop 6.7, points 5 and 6)."""
    if 200 <= status < 300:  # noqa: PLR2004 - the class of success
        return Judgement(Verdict.TAKEN)
    if status == 401:  # noqa: PLR2004 - Unauthorized
        return Judgement(Verdict.OTHER_SCHEME)
    if status in {408, 425, 429} or status >= 500:  # noqa: PLR2004 - try again later; their fault
        pause = asked_pause(headers.get("retry-after", ""), now=now)
        return Judgement(Verdict.LATER, is_server_ill=True, pause=pause)
    if status in {404, 410}:  # Not Found, Gone
        return Judgement(Verdict.INBOX_GONE)
    return Judgement(Verdict.NEVER)


def asked_pause(header: str, *, now: dt.datetime, longest: dt.timedelta = LONGEST_ASKED_PAUSE) -> dt.timedelta | None:
    """How long `Retry-After` (RFC 9110, 10.2.3) asks to wait, at most so long; nothing where it says nothing."""
    text = header.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        seconds = min(int(text[:9]), longest.total_seconds())
        return dt.timedelta(seconds=seconds)
    try:
        until = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=dt.UTC)
    return min(max(until - now, dt.timedelta(0)), longest)


def open_for(failures: int, *, failing_days: int) -> dt.timedelta | None:
    """How long nothing is sent to a server after so many failures in a row, on so many distinct days."""
    if failing_days >= DAYS_TO_REST:
        return REST
    if failures < FAILURES_TO_OPEN:
        return None
    doublings: int = 2 ** min(failures - FAILURES_TO_OPEN, 20)
    return min(FIRST_OPEN * doublings, LONGEST_OPEN)
