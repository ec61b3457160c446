"""The clocks of the world, by the names of the IANA time zone database (RFC 6557), such as Europe/Berlin."""

import datetime as dt
import zoneinfo
from functools import cache

# Where people are; the rest of the database are offsets, and names kept for old programs. Browsers say these or UTC.
AREAS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia"),
    *("Atlantic", "Australia", "Europe", "Indian", "Pacific"),
)
UTC = "UTC"


@cache
def names() -> tuple[str, ...]:
    """Every zone that somebody may live by, in the order of their names; UTC comes last."""
    found = (name for name in zoneinfo.available_timezones() if name.partition("/")[0] in AREAS and "/" in name)
    return (*sorted(found), UTC)


def named(name: str) -> dt.tzinfo | None:
    """The zone with this name; none where there is no such, or this machine has never heard of it."""
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (ValueError, KeyError, OSError):
        return None
