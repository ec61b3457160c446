"""Servers in trouble cost one look at a time, and hold up nobody else."""

import asyncio
import datetime as dt
import threading

import pytest

from speak.federation.delivery import loop
from speak.federation.delivery.choosing import PER_SERVER, Load
from speak.federation.delivery.claiming import claim
from speak.federation.delivery.loop import deliver_until
from speak.federation.delivery.rules import DAYS_TO_REST, FAILURES_TO_OPEN
from speak.federation.delivery.servers import SILENT
from speak.federation.models import Activity, Delivery, Server
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.due import GIVEN_UP_AFTER
from speak.kernel.outbound import Answer, Call
from tests import makers
from tests.fakes import FakeOutbound
from tests.federation.delivery.owed import TAKEN, all_has_arrived, answering, deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def said_often(alice: Actor, dora: Actor) -> None:
    """Alice has said eight things, which dora at far.example is owed."""
    makers.follows(dora, alice)
    all_has_arrived()
    for number in range(8):
        makers.post(alice, f"Number {number}.")


@pytest.mark.usefixtures("said_often")
def test_each_failure_counts_and_what_is_owed_waits_with_the_server() -> None:
    deliver(answering(500))
    server = Server.objects.get()
    assert (server.failures, server.open_until) == (PER_SERVER, None)
    Delivery.objects.update(due_at=clock.now())
    deliver(answering(500))
    server.refresh_from_db()
    assert server.failures == FAILURES_TO_OPEN, "after a failure, one at a time"
    assert server.open_until is not None
    assert not Delivery.objects.filter(due_at__lt=server.open_until).exists(), "none of them is looked at before"


@pytest.mark.usefixtures("said_often")
def test_a_server_in_doubt_is_probed_by_one_worker_only() -> None:
    Server.objects.create(host="far.example", failures=FAILURES_TO_OPEN)
    assert len(claim(10, load=Load({}))) == 1
    Delivery.objects.exclude(claimed_by="").update(claimed_by="another-machine:1:1")
    assert claim(10, load=Load({})) == [], "another worker's probe is under way"


@pytest.mark.usefixtures("said_often")
def test_after_seven_failing_days_what_is_old_is_given_up_and_the_rest_waits_for_a_look() -> None:
    Server.objects.create(host="far.example", failing_days=DAYS_TO_REST - 1, failures=40)
    old = Activity.objects.filter(kind="Create").order_by("pk")[:3]
    Activity.objects.filter(pk__in=list(old.values_list("pk", flat=True))).update(
        created_at=clock.now() - GIVEN_UP_AFTER - dt.timedelta(hours=1)
    )
    deliver(answering(500))
    given_up = Delivery.objects.exclude(given_up_at=None)
    assert given_up.count() == 3
    assert set(given_up.values_list("last_failure", flat=True)) <= {SILENT, "answered 500"}
    assert Delivery.objects.filter(given_up_at=None).count() == 5


class Slow(FakeOutbound):
    """far0.example takes its time; everybody else takes what they get."""

    def __init__(self, ended: threading.Event, enough: int) -> None:
        super().__init__()
        self.ended, self.enough, self.taken = ended, enough, 0

    async def send(self, call: Call, **_: object) -> Answer:
        if "far0.example" in call.url:
            await asyncio.sleep(30)
        self.taken += 1
        if self.taken >= self.enough:
            self.ended.set()
        return TAKEN


@pytest.mark.django_db(transaction=True)
def test_slow_servers_take_no_places_of_others(alice: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "AT_ONCE", 4)
    monkeypatch.setattr(loop, "SECONDS_TO_BE_SLOW", 0.05)
    monkeypatch.setattr(loop, "SECONDS_TO_FINISH", 0.01)
    for number in range(12):
        makers.follows(makers.far_person(f"p{number}", domain=f"far{number}.example", shared_inbox=False), alice)
    for number in range(6):
        makers.follows(makers.far_person(f"q{number}", domain="far0.example", shared_inbox=False), alice)
    all_has_arrived()
    makers.post(alice)
    ended = threading.Event()
    asyncio.run(asyncio.wait_for(deliver_until(ended, outbound=Slow(ended, 11)), 20))
    assert set(Delivery.objects.values_list("host", flat=True)) == {"far0.example"}
    assert Delivery.objects.count() == 7
