"""Times as files tell them: in ISO 8601, as mail does, or as databases do."""

import datetime as dt
from email.utils import parsedate_to_datetime


def moment(written: str) -> dt.datetime | None:
    """When; in UTC where nothing else is said, and nothing where it is no time."""
    words = written.strip()
    if not words or words.startswith("0000"):
        return None
    try:
        found = dt.datetime.fromisoformat(words)
    except ValueError:
        try:
            found = parsedate_to_datetime(words)
        except (ValueError, TypeError, IndexError):
            return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (OverflowError, ValueError):
        return None


def from_millis(millis: float) -> dt.datetime | None:
    """Thousandths of a second since 1970."""
    try:
        return dt.datetime.fromtimestamp(millis / 1000, tz=dt.UTC)
    except (OverflowError, ValueError, OSError):
        return None
