"""What time it is."""

import datetime as dt


def now() -> dt.datetime:
    """The present instant, in UTC, with its zone."""
    return dt.datetime.now(dt.UTC)
