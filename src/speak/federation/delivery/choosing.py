"""Which copies may leave now: in their order, few at once for each server, none for those that are left alone."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from speak.federation.models import Delivery, Server
from speak.federation.signatures import Way, way_kept

PER_SERVER = 4
# Where the copies of a few servers stand in front of all others, those servers are looked past, so many times.
LOOKS = 8


class Owed(NamedTuple):
    """What is known of a copy that may leave."""

    pk: int
    activity_id: int
    inbox_url: str
    host: str
    about_uri: str
    attempts: int
    claimed_until: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Load:
    """What is under way from here, by server; and how many copies each may have under way at once."""

    busy: Mapping[str, int]
    places: Callable[[str], int] = lambda _: PER_SERVER


def choose(limit: int, now: dt.datetime, *, load: Load) -> tuple[list[Owed], dict[str, Way]]:
    """At most `limit` copies, held until the transaction ends, and how their servers want them signed."""
    ways: dict[str, Way] = {}
    room = _room_at(load.busy, now, load=load, ways=ways)
    chosen: list[Owed] = []
    for _ in range(LOOKS):
        wanted = limit - len(chosen)
        full = [host for host, places in room.items() if places <= 0]
        rows = _free(now, apart_from=full, known=[row.pk for row in chosen])[:wanted]
        found = [Owed(*row) for row in rows]
        room |= _room_at({row.host for row in found} - room.keys(), now, load=load, ways=ways)
        for row in found:
            if room[row.host] > 0:
                room[row.host] -= 1
                chosen.append(row)
        if len(found) < wanted or len(chosen) == limit:
            break
    return chosen, ways


def _free(
    now: dt.datetime, *, apart_from: Collection[str], known: Collection[int]
) -> QuerySet[Delivery, tuple[Any, ...]]:
    """Copies that are due, the longest waiting first; of those about one thing only the earliest for each inbox."""
    earlier = Delivery.objects.filter(
        about_uri=OuterRef("about_uri"), inbox_url=OuterRef("inbox_url"), pk__lt=OuterRef("pk"), given_up_at=None
    )
    is_free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    return (
        Delivery.objects.filter(is_free, ~Exists(earlier), given_up_at=None, due_at__lte=now)
        .exclude(host__in=Server.objects.filter(open_until__gt=now).values("host"))
        .exclude(host__in=apart_from)
        .exclude(pk__in=known)
        .order_by("due_at", "pk")
        .select_for_update(skip_locked=True, of=("self",))
        .values_list(*Owed._fields)
    )


def _room_at(hosts: Collection[str], now: dt.datetime, *, load: Load, ways: dict[str, Way]) -> dict[str, int]:
    """How many more copies each of these may get: one at a time in all, of all workers, where the last one failed."""
    known = list(Server.objects.filter(host__in=hosts).values_list("host", "scheme", "wish", "failures"))
    ways |= {host: way_kept(scheme, wish) for host, scheme, wish, _ in known}
    doubtful = [host for host, _, _, failures in known if failures]
    probed = Counter(load.busy)
    if doubtful:
        # Whoever holds the row is the one to probe; another worker that holds it is about to.
        ours = Server.objects.select_for_update(skip_locked=True).filter(host__in=doubtful)
        others = set(doubtful) - set(ours.values_list("host", flat=True))
        under_way = Delivery.objects.filter(host__in=doubtful, claimed_until__gt=now, given_up_at=None)
        probed |= Counter(others) | Counter(set(under_way.values_list("host", flat=True)))
    doubted = set(doubtful)
    return {host: (1 if host in doubted else load.places(host)) - probed[host] for host in hosts}
