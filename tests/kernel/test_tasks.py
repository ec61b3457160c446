"""Work for later: kept apart by what it may have to wait for, and taken back from workers that are no more."""

import datetime as dt

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from speak.federation.tasks import fetch_actor
from speak.kernel import clock
from speak.kernel.tasks import FAR, HERE, LEASE, take_back_from_the_dead, waiting_since, worker
from speak.kernel.workers import this_process

pytestmark = pytest.mark.django_db(transaction=True)


def begun_by(name: str, *, ago: dt.timedelta) -> DBTaskResult[..., None]:
    """A task that a worker of this name began so long ago."""
    fetch_actor.enqueue(uri="https://far.example/people/dora")
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, worker_ids=[name], started_at=clock.now() - ago, enqueued_at=clock.now()
    )
    return DBTaskResult.objects.get()


@pytest.mark.parametrize(
    ("name", "ago", "is_taken_back"),
    [
        ("another-machine:1:1", LEASE - dt.timedelta(minutes=1), False),
        ("another-machine:1:1", LEASE + dt.timedelta(minutes=1), True),
        ("this one", LEASE * 10, False),
        ("one that was killed here", dt.timedelta(0), True),
    ],
)
def test_what_a_worker_left_undone_is_begun_anew(name: str, ago: dt.timedelta, *, is_taken_back: bool) -> None:
    host = this_process().split(":", maxsplit=1)[0]
    names = {"this one": this_process(), "one that was killed here": f"{host}:4194999:1"}
    row = begun_by(names.get(name, name), ago=ago)
    assert take_back_from_the_dead() == int(is_taken_back)
    row.refresh_from_db()
    assert (row.status == TaskResultStatus.READY) == is_taken_back


def test_what_asks_other_servers_waits_in_a_queue_of_its_own() -> None:
    fetch_actor.enqueue(uri="https://far.example/people/dora")
    waiting = waiting_since()
    assert (waiting[HERE], waiting[FAR][0]) == ((0, None), 1)
    assert waiting[FAR][1] is not None
    ours = worker(HERE, seconds_between_looks=0)
    ours.batch = True
    ours.run()
    assert waiting_since()[FAR][0] == 1, "who does what is ours does not wait for others"
