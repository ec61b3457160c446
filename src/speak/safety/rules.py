"""Promise 15 as pure functions: safe from the first room. No database, no clock, no Django."""

import datetime as dt
import re
from dataclasses import dataclass

DOMAIN = re.compile(
    r"(?=.*[.:])[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d{1,5})?", re.ASCII
)
LONGEST_DOMAIN = 253
REPORTS_A_DAY = 20
REPORTS_A_DAY_OF_A_SERVER = 50
# How long words that were handed over are kept once a decision was made, and at most without one.
KEPT_AFTER_DECISION = dt.timedelta(days=90)
KEPT_AT_MOST = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Hearing:
    """How somebody stands to a report that they might handle."""

    has_accepted: bool = False  # was named, and said yes
    is_here: bool = False  # has a home here and can sign in
    is_suspended: bool = False
    is_reported: bool = False
    is_reporter: bool = False


def may_handle(hearing: Hearing) -> bool:
    """Whoever is reported never handles the report; nor does anybody who was not named for it."""
    if hearing.is_reported or hearing.is_reporter:
        return False
    return hearing.has_accepted and hearing.is_here and not hearing.is_suspended


def may_see(*, is_reporter: bool, is_chosen: bool, is_reported: bool) -> bool:
    """A report is read by whoever made it and by whom they chose; running the server opens none."""
    return (is_reporter or is_chosen) and not is_reported


def may_limit(*, hears_reports: bool, runs_this_server: bool, is_about_self: bool) -> bool:
    """Who decides on a limit, and who lifts one: nobody for themselves."""
    return (hears_reports or runs_this_server) and not is_about_self


def is_live(*, until: dt.datetime | None, is_lifted: bool, now: dt.datetime) -> bool:
    """Whether a limit holds."""
    return not is_lifted and (until is None or until > now)


def is_to_be_forgotten(*, created_at: dt.datetime, decided_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether the words in a report have been kept long enough; whoever withdraws one takes them along at once."""
    return (decided_at is not None and decided_at <= now - KEPT_AFTER_DECISION) or created_at <= now - KEPT_AT_MOST


def read_domain(text: str) -> str:
    """A server's domain as somebody types it, or the address of a page there; empty where it is none."""
    typed = text.strip().lower().removeprefix("https://").removeprefix("http://").split("/", 1)[0]
    found = typed.rsplit("@", 1)[-1].rstrip(".")
    return found if len(found) <= LONGEST_DOMAIN and DOMAIN.fullmatch(found) else ""


def domains_above(domain: str) -> tuple[str, ...]:
    """A domain and those it lies below, as far as a limit could be on them: a.b.example, b.example."""
    parts = domain.lower().rstrip(".").split(".")
    return tuple(".".join(parts[start:]) for start in range(max(len(parts) - 1, 1)))
