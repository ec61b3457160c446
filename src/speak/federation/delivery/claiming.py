"""Taking up copies that are owed, so that no two workers send the same, and none is lost with a worker."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from speak.federation.delivery.choosing import Load, Owed, choose
from speak.federation.models import Activity, Delivery
from speak.federation.signatures import SigningKey, Way
from speak.federation.signing import USUAL
from speak.federation.synchronization import fields_of
from speak.identity.models import Key, KeyKind
from speak.kernel import clock
from speak.kernel.workers import has_ended, this_process

# What a worker on another machine held when it died is free again after this long: longer than any attempt takes.
CLAIM = dt.timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A copy ready to be sent: all that sending needs, nothing left to ask the database.

    `synchronization` is the Collection-Synchronization field of what goes to followers (FEP-8fcf).
    """

    delivery_id: int
    inbox_url: str
    host: str
    attempts: int
    created_at: dt.datetime
    body: bytes
    key: SigningKey
    way: Way
    synchronization: str = ""


def claim(limit: int, *, load: Load) -> list[Parcel]:
    """Take up at most `limit` copies that are due, as far as the `load` of their servers lets.

    Left alone: copies about something of which an earlier copy still waits for the same inbox,
    servers whose breaker is open or whose probe is under way, here or elsewhere, and servers busy enough.
    """
    now = clock.now()
    with transaction.atomic():
        chosen, ways = choose(limit, now, load=load)
        if not chosen:
            return []
        activities = Activity.objects.in_bulk({row.activity_id for row in chosen})
        keys = _keys_of({activity.actor_id for activity in activities.values()})
        taken_back = _taken_back(chosen, activities)
        mute = {row.pk for row in chosen if activities[row.activity_id].actor_id not in keys} - taken_back
        chosen = [row for row in chosen if row.pk not in taken_back | mute]
        if taken_back:
            Delivery.objects.filter(pk__in=taken_back).delete()
        if mute:
            Delivery.objects.filter(pk__in=mute).update(given_up_at=now, last_failure="its author has no key here")
        Delivery.objects.filter(pk__in=[row.pk for row in chosen]).update(
            claimed_until=now + CLAIM, claimed_by=this_process()
        )
    whose = {pk: each.actor_id if each.goes_to_followers else 0 for pk, each in activities.items()}
    fields = fields_of({*whose.values()} - {0})
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
            way=ways.get(row.host, USUAL),
            synchronization=fields.get((whose[row.activity_id], row.host), ""),
        )
        for row in chosen
    ]


def let_go(delivery_ids: Iterable[int]) -> None:
    """Copies taken up, but perhaps not sent, may be taken up again at once."""
    Delivery.objects.filter(pk__in=list(delivery_ids)).update(claimed_until=clock.now())


def take_back_from_the_dead() -> int:
    """Let go of what processes of this machine held when they were killed; returns how many copies."""
    held = Delivery.objects.filter(claimed_until__gt=clock.now()).exclude(claimed_by=this_process())
    dead = [name for name in held.values_list("claimed_by", flat=True).distinct().order_by() if has_ended(name)]
    return held.filter(claimed_by__in=dead).update(claimed_until=clock.now()) if dead else 0


def _taken_back(chosen: Sequence[Owed], activities: Mapping[int, Activity]) -> set[int]:
    """Those that would be sent again although what they carry has been withdrawn in the meantime."""
    emptied = {row.pk for row in chosen if not activities[row.activity_id].body}
    again = [row for row in chosen if row.claimed_until and activities[row.activity_id].kind != "Delete"]
    if not again:
        return emptied
    withdrawn = set(
        Delivery.objects.filter(
            about_uri__in={row.about_uri for row in again}, activity__kind="Delete", given_up_at=None
        ).values_list("about_uri", "inbox_url")
    )
    return emptied | {row.pk for row in again if (row.about_uri, row.inbox_url) in withdrawn}


def _keys_of(actor_ids: set[int]) -> dict[int, SigningKey]:
    return {
        key.actor_id: SigningKey.from_pem(key.key_uri, key.private_pem)
        for key in Key.objects.filter(actor__in=actor_ids, kind=KeyKind.RSA).exclude(private_pem="").order_by("pk")
    }
