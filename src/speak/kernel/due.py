"""Rows that are due: what is owed for hours is a row with a time, taken up by whichever worker comes first."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Model

from speak.kernel import clock


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
