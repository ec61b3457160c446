"""What time it is."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The present instant, in UTC, with its zone."""
    return timezone.now()
