"""What is owed to which server, and why it has not arrived: about machines, for whoever runs this one."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, QuerySet

from speak.federation.delivery.rules import DAYS_TO_REST, FAILURES_TO_OPEN
from speak.federation.models import Delivery, Server
from speak.kernel import clock

MOST_SERVERS = 200


@dataclass(frozen=True, slots=True)
class OwedTo:
    """What one server is owed. `failure` as it was written down; it may name an inbox, so it is for the log only.

    `next_at`: when the next copy leaves, or the server is probed. `is_resting`: it has failed on seven days.
    """

    host: str
    waiting: int
    given_up: int
    since: dt.datetime | None
    next_at: dt.datetime | None
    failure: str
    failing_days: int
    is_resting: bool


def owed_by_server() -> list[OwedTo]:
    """What could not be handed over at once, by server, the longest list first."""
    waiting, given_up = Q(given_up_at=None), ~Q(given_up_at=None)
    rows = list(
        _not_arrived()
        .values("host")
        .annotate(
            waiting=Count("pk", filter=waiting),
            given_up=Count("pk", filter=given_up),
            since=Min("activity__created_at", filter=waiting),
            next_at=Min("due_at", filter=waiting),
        )
        .order_by("-waiting", "-given_up", "host")[:MOST_SERVERS]
    )
    hosts = [row["host"] for row in rows]
    servers = {server.host: server for server in Server.objects.filter(host__in=hosts)}
    failed = Delivery.objects.filter(host__in=hosts).exclude(last_failure="").order_by().values("host")
    latest = failed.annotate(latest=Max("pk")).values("latest")
    failures = dict(Delivery.objects.filter(pk__in=latest).values_list("host", "last_failure"))
    return [_owed_to(row, servers.get(row["host"]), failures.get(row["host"], "")) for row in rows]


def waiting_since() -> tuple[int, dt.datetime | None]:
    """How many copies are owed; and since when the first of those waits that could leave, if one could."""
    owed = Delivery.objects.filter(given_up_at=None)
    due = owed.filter(due_at__lte=clock.now()).exclude(claimed_until__gt=clock.now())
    return owed.count(), due.order_by("due_at", "pk").values_list("due_at", flat=True).first()


def servers_left_alone() -> int:
    """To how many servers nothing is sent for now."""
    return Server.objects.filter(open_until__gt=clock.now(), failures__gte=FAILURES_TO_OPEN).count()


def _not_arrived() -> QuerySet[Delivery]:
    """What failed, was given up, or waits for a server in trouble; not what is about to leave."""
    troubled = Server.objects.filter(Q(failures__gt=0) | Q(open_until__gt=clock.now())).values("host")
    return Delivery.objects.filter(Q(attempts__gt=0) | ~Q(given_up_at=None) | Q(host__in=troubled))


def _owed_to(row: Mapping[str, object], server: Server | None, failure: str) -> OwedTo:
    next_at = row["next_at"]
    if server is not None and server.open_until is not None and isinstance(next_at, dt.datetime):
        next_at = max(next_at, server.open_until)
    return OwedTo(
        **{**row, "next_at": next_at},  # type: ignore[arg-type]
        failure=(server.last_failure if server else "") or failure,
        failing_days=server.failing_days if server else 0,
        is_resting=server is not None and server.failing_days >= DAYS_TO_REST,
    )
