"""Several workers on one database: every copy is taken up by one of them, and a server in doubt hears from one."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import connection, connections

from speak.federation.delivery.choosing import Load
from speak.federation.delivery.claiming import claim
from speak.federation.delivery.rules import FAILURES_TO_OPEN
from speak.federation.models import Delivery, Server
from speak.identity.actions import server_actor
from speak.identity.models import Actor, ActorKind
from tests import makers
from tests.federation.delivery.owed import all_has_arrived

# In a file, SQLite lets one writer in after the other (tests/journeys); in memory it refuses the second.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="the database of these tests is in memory"),
]
WORKERS = 4
Found = TypeVar("Found")


def at_once(work: Callable[[], Found]) -> list[Found]:
    """What each of several workers finds, all beginning at the same moment, each on a connection of its own."""
    ready = threading.Barrier(WORKERS)

    def begin() -> Found:
        try:
            ready.wait(10)
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        return [each.result(30) for each in [pool.submit(begin) for _ in range(WORKERS)]]


def claim_until_nothing_is_left() -> list[int]:
    found: list[int] = []
    while parcels := claim(7, load=Load({}, places=lambda _: 100)):
        found += [parcel.delivery_id for parcel in parcels]
    return found


def test_each_copy_is_taken_up_by_one_worker(alice: Actor) -> None:
    for number in range(40):
        makers.follows(makers.far_person(f"p{number}", domain=f"far{number}.example", shared_inbox=False), alice)
    all_has_arrived()
    for number in range(3):
        makers.post(alice, f"Number {number}.")
    found = [pk for worker in at_once(claim_until_nothing_is_left) for pk in worker]
    assert len(found) == len(set(found)), "none twice"
    # A worker passes by what another is just looking at; whoever looks next finds it.
    rest = claim_until_nothing_is_left()
    assert {*found, *rest} == set(Delivery.objects.values_list("pk", flat=True)), "and none is missed"
    assert len(found) + len(rest) == 120


def test_a_server_in_doubt_hears_from_one_of_them(alice: Actor, dora: Actor) -> None:
    makers.follows(dora, alice)
    all_has_arrived()
    for number in range(8):
        makers.post(alice, f"Number {number}.")
    Server.objects.create(host="far.example", failures=FAILURES_TO_OPEN)
    assert sum(len(parcels) for parcels in at_once(lambda: claim(10, load=Load({})))) == 1


def test_what_signs_for_the_server_is_made_once_though_several_need_it_first() -> None:
    found = at_once(server_actor)
    assert set(found) == {Actor.objects.get(kind=ActorKind.APPLICATION)}
