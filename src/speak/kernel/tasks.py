"""Later work: something to do once, soon. The only module that knows the library.

A task is a row in the same database, so it commits or rolls back with its cause. Its body
is a look-up and one action; it takes ids, never objects; it may run twice. What asks other
servers waits in a queue of its own, so that nothing else waits for them; so does what takes minutes.
"""

import datetime as dt
from collections.abc import Callable

from django.db import close_old_connections
from django.db.models import Count, Min
from django_tasks import TaskResultStatus
from django_tasks import task as _task
from django_tasks.base import Task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from speak.kernel import clock
from speak.kernel.workers import has_ended, is_of_this_machine, this_process

HERE, FAR, LONG = "default", "far", "long"
QUEUES = (HERE, FAR, LONG)
# What a worker on another machine began is begun anew after this long: longer than any task takes.
LEASE = dt.timedelta(hours=1)


def task(body: Callable[..., None]) -> Task[..., None]:
    """Declare later work: `prepare_media.enqueue(media_id=…)` inside the action that causes it."""
    return _task(queue_name=HERE)(body)


def far_task(body: Callable[..., None]) -> Task[..., None]:
    """Declare later work that asks other servers, and may have to wait for them."""
    return _task(queue_name=FAR)(body)


def long_task(body: Callable[..., None]) -> Task[..., None]:
    """Declare later work that takes minutes, and less than `LEASE`."""
    return _task(queue_name=LONG)(body)


def later(body: Task[..., None], *, after: dt.timedelta, **given: object) -> None:
    """Have a task done no sooner than after a while."""
    body.using(run_after=clock.now() + after).enqueue(**given)


def worker(*queues: str, seconds_between_looks: float) -> Worker:
    """A worker whose `run()` does the tasks of these queues, or of all, until its `running` is set to False."""
    return Worker(
        queue_names=list(queues) or ["*"],
        interval=seconds_between_looks,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=this_process(),
        excluded_queue_names=[],
    )


def do_all() -> int:
    """Do every task that is ready, here and now; returns how many. For commands and tests."""
    batch = worker(seconds_between_looks=0)
    batch.batch = True
    batch.run()
    return int(batch._run_tasks)  # noqa: SLF001 - the library counts but does not tell


def take_back_from_the_dead() -> int:
    """Make ready again what a worker was doing that was killed; one on another machine counts as such after a while."""
    count = 0
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if row.worker_ids and not _is_lost(row.worker_ids[-1], row.started_at):
            continue
        count += DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.READY
        )
    close_old_connections()
    return count


def waiting_since() -> dict[str, tuple[int, dt.datetime | None]]:
    """For each queue: how many tasks are ready, and since when the first of them waits."""
    ready = DBTaskResult.objects.ready().order_by().values("queue_name")
    found = {
        row["queue_name"]: (row["count"], row["first"])
        for row in ready.annotate(count=Count("pk"), first=Min("enqueued_at"))
    }
    return {queue: found.get(queue, (0, None)) for queue in QUEUES}


def _is_lost(worker_name: str, started_at: dt.datetime | None) -> bool:
    if is_of_this_machine(worker_name):
        return has_ended(worker_name)
    return started_at is None or started_at < clock.now() - LEASE
