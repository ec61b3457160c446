"""Taking up copies that are owed, so that no two workers send the same, and none is lost with a worker."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from speak.federation.delivery.rules import FAILURES_TO_OPEN
from speak.federation.models import Activity, Delivery, Server
from speak.federation.signatures import Scheme, SigningKey
from speak.identity.models import Key, KeyKind
from speak.kernel import clock

# A worker that is killed loses its claims after this long: longer than any attempt takes.
CLAIM = dt.timedelta(minutes=2)
PER_SERVER = 4
LOOK_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Parcel:
    """A copy ready to be sent: all that sending needs, nothing left to ask the database."""

    delivery_id: int
    inbox_url: str
    host: str
    attempts: int
    created_at: dt.datetime
    body: bytes
    key: SigningKey
    scheme: Scheme


def claim(limit: int, *, busy: Mapping[str, int], only_due: bool = True) -> list[Parcel]:
    """Take up at most `limit` copies; `busy` counts those under way by server.

    Left alone: copies about something of which an earlier copy still waits for the same inbox,
    servers whose breaker is open or whose probe is under way, and servers busy enough.
    """
    now = clock.now()
    with transaction.atomic():
        chosen = _chosen(limit, now, busy=busy, only_due=only_due)
        Delivery.objects.filter(pk__in=[row.pk for row in chosen]).update(claimed_until=now + CLAIM)
    return _parcels(chosen)


def _chosen(limit: int, now: dt.datetime, *, busy: Mapping[str, int], only_due: bool) -> list[Delivery]:
    full = [host for host, count in busy.items() if count >= PER_SERVER]
    is_open = Server.objects.filter(open_until__gt=now).values("host")
    earlier = Delivery.objects.filter(
        about_uri=OuterRef("about_uri"), inbox_url=OuterRef("inbox_url"), pk__lt=OuterRef("pk"), given_up_at=None
    )
    free = Delivery.objects.filter(Q(claimed_until=None) | Q(claimed_until__lt=now), given_up_at=None)
    if only_due:
        free = free.filter(due_at__lte=now)
    rows = (
        free.filter(~Exists(earlier))
        .exclude(host__in=is_open)
        .exclude(host__in=full)
        .order_by("due_at", "pk")
        .select_for_update(skip_locked=True, of=("self",))[: limit * LOOK_AHEAD]
    )
    probing = set(Server.objects.filter(failures__gte=FAILURES_TO_OPEN).values_list("host", flat=True))
    taken, chosen = Counter(busy), []
    for row in rows:
        if taken[row.host] >= (1 if row.host in probing else PER_SERVER):
            continue
        taken[row.host] += 1
        chosen.append(row)
        if len(chosen) == limit:
            break
    return chosen


def _parcels(chosen: list[Delivery]) -> list[Parcel]:
    activities = Activity.objects.in_bulk({row.activity_id for row in chosen})
    signers = {activity.actor_id for activity in activities.values()}
    keys = {
        key.actor_id: SigningKey.from_pem(key.key_uri, key.private_pem)
        for key in Key.objects.filter(actor__in=signers, kind=KeyKind.RSA).exclude(private_pem="").order_by("pk")
    }
    schemes = dict(Server.objects.filter(host__in={row.host for row in chosen}).values_list("host", "scheme"))
    bodies = {pk: activity.body.encode() for pk, activity in activities.items()}
    return [
        Parcel(
            delivery_id=row.pk,
            inbox_url=row.inbox_url,
            host=row.host,
            attempts=row.attempts,
            created_at=activities[row.activity_id].created_at,
            body=bodies[row.activity_id],
            key=keys[activities[row.activity_id].actor_id],
            scheme=Scheme(schemes.get(row.host, Scheme.CAVAGE)),
        )
        for row in chosen
    ]
