"""How far one has read, for one's other apps (docs.joinmastodon.org/methods/markers)."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

import msgspec
from django.db import transaction

from speak.clients.api.endpoints import Call, endpoint
from speak.clients.api.paging import Id
from speak.clients.models import Marker as Row
from speak.identity.models import Actor
from speak.kernel import clock

Timeline = Literal["home", "notifications"]


class Marker(msgspec.Struct, kw_only=True):
    """A place in a timeline; `version` counts how often it was moved."""

    last_read_id: str
    version: int
    updated_at: dt.datetime


class Wanted(msgspec.Struct, kw_only=True):
    """Of which timelines."""

    timeline: list[Timeline] = []


class Place(msgspec.Struct, kw_only=True):
    """The last that was read."""

    last_read_id: Id


class Places(msgspec.Struct, kw_only=True):
    """Where somebody is now."""

    home: Place | None = None
    notifications: Place | None = None


@endpoint("GET", "/api/v1/markers", "read:statuses")
def markers(call: Call, given: Wanted) -> dict[str, Marker]:
    """Where one was."""
    return _shown(call.me, given.timeline)


@endpoint("POST", "/api/v1/markers", "write:statuses")
def move(call: Call, given: Places) -> dict[str, Marker]:
    """Be further on now."""
    moved = {name: place for name in ("home", "notifications") if (place := getattr(given, name))}
    with transaction.atomic():
        for name, place in moved.items():
            row, is_new = Row.objects.select_for_update().get_or_create(
                actor=call.me, timeline=name, defaults={"last_read_id": place.last_read_id}
            )
            if not is_new:
                row.last_read_id, row.version, row.changed_at = place.last_read_id, row.version + 1, clock.now()
                row.save()
    return _shown(call.me, list(moved))


def _shown(actor: Actor, timelines: Iterable[str]) -> dict[str, Marker]:
    rows = Row.objects.filter(actor=actor, timeline__in=timelines)
    return {
        row.timeline: Marker(last_read_id=str(row.last_read_id), version=row.version, updated_at=row.changed_at)
        for row in rows
    }
