"""Rows that are due: what is owed for hours is a row with a time, taken up by whichever worker comes first.

What fails is put off, ever longer; what is done, or was tried for long enough, is settled.
"""

import datetime as dt
import random
from collections.abc import Callable, Iterable
from typing import Protocol, cast

from django.db.models import Model, QuerySet

from speak.kernel import clock

# Jittered, from a minute to six hours, for about three days.
FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(hours=6)
GIVEN_UP_AFTER = dt.timedelta(days=3)
JITTER = 0.2


class Owed(Protocol):
    """A row, as it was read when it was taken up: how often it was tried before, and since when."""

    @property
    def pk(self) -> int:
        """Which row of its table."""

    @property
    def due_at(self) -> dt.datetime | None:
        """When it is tried next; nothing where nothing is owed."""

    @property
    def first_at(self) -> dt.datetime:
        """When it was first owed."""

    @property
    def attempts(self) -> int:
        """How often it failed since."""


def take_up(model: type[Model], *, most: int, lease: dt.timedelta, by: str = "due_at") -> list[int]:
    """The ids of up to `most` rows whose time (the column `by`) has come, the longest due first.

    Each is handed out once, and again after the `lease` only when nobody reported back by then.
    """
    due = model._default_manager.filter(**{f"{by}__lte": clock.now()}).order_by(by)  # noqa: SLF001 - Django's documented name
    return hold(model, due.values_list("pk", flat=True)[:most], lease=lease, by=by)


def hold(model: type[Model], ids: Iterable[int], *, lease: dt.timedelta, by: str = "due_at") -> list[int]:
    """Of these rows those that are still due: nobody else holds them, and from now on nobody does for the `lease`."""
    now = clock.now()
    rows = model._default_manager.filter(**{f"{by}__lte": now})  # noqa: SLF001 - likewise
    return [pk for pk in ids if rows.filter(pk=pk).update(**{by: now + lease})]


def put_off(row: Owed, **said: object) -> bool:
    """Plan what failed anew, with what is `said` of it; False, and nothing written, where it was tried for long enough.

    Whatever planned it meanwhile has the last word.
    """
    attempts = row.attempts + 1
    due_at = next_attempt(attempts, first_at=row.first_at, now=clock.now(), chance=random.random)
    if due_at is None:
        return False
    _as_taken_up(row).update(due_at=due_at, attempts=attempts, **said)
    return True


def settle(row: Owed, **said: object) -> None:
    """Nothing is owed any more, unless something planned it meanwhile."""
    _as_taken_up(row).update(due_at=None, **said)


def next_attempt(
    attempts: int, *, first_at: dt.datetime, now: dt.datetime, chance: Callable[[], float]
) -> dt.datetime | None:
    """When to try again after `attempts` failures, or nothing when it is time to give up.

    `chance` gives a number from 0 to 1; the pause is stretched or shortened by up to a fifth.
    """
    if now - first_at >= GIVEN_UP_AFTER:
        return None
    doublings: int = 2 ** min(attempts - 1, 20)
    pause = min(FIRST_PAUSE * doublings, LONGEST_PAUSE)
    return now + pause * (1 - JITTER + 2 * JITTER * chance())


def _as_taken_up(row: Owed) -> QuerySet[Model]:
    model = cast("type[Model]", type(row))
    return model._default_manager.filter(pk=row.pk, due_at=row.due_at)  # noqa: SLF001 - likewise
