"""What time it is."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from contextvars import ContextVar

_moved_by: ContextVar[dt.timedelta] = ContextVar("moved_by", default=dt.timedelta())


def now() -> dt.datetime:
    """The present instant, in UTC, with its zone."""
    return dt.datetime.now(dt.UTC) + _moved_by.get()


@contextlib.contextmanager
def moved(by: dt.timedelta) -> Iterator[None]:
    """Within, the clock goes ahead or behind by so much: for invented histories, never for what people do."""
    before = _moved_by.set(by)
    try:
        yield
    finally:
        _moved_by.reset(before)
