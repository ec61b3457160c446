"""Times as others write them. Pure; nothing is raised for what is none."""

import datetime as dt
from email.utils import parsedate_to_datetime

LONGEST = 60


def instant(written: str) -> dt.datetime | None:
    """An instant as RFC 3339, ISO 8601 or a database writes it; in UTC where nothing else is said."""
    try:
        return _in_utc(dt.datetime.fromisoformat(written.strip()[:LONGEST].upper()))
    except (ValueError, OverflowError):
        return None


def moment(written: str) -> dt.datetime | None:
    """The same, or as mail writes it (RFC 5322, 3.3), as many feeds do."""
    try:
        return instant(written) or _in_utc(parsedate_to_datetime(written.strip()[:LONGEST]))
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _in_utc(found: dt.datetime) -> dt.datetime:
    return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
