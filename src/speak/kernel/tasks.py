"""Later work: something to do once, soon. The only module that knows the library.

A task is a row in the same database, so it commits or rolls back with its cause. Its body
is a look-up and one action; it takes ids, never objects; it may run twice.
"""

from collections.abc import Callable

from django.db import close_old_connections
from django_tasks import TaskResultStatus
from django_tasks import task as _task
from django_tasks.base import Task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from speak.kernel.workers import has_ended, this_process


def task(body: Callable[..., None]) -> Task[..., None]:
    """Declare later work: `prepare_media.enqueue(media_id=…)` inside the action that causes it."""
    return _task()(body)


def worker(*, seconds_between_looks: float) -> Worker:
    """A worker whose `run()` does tasks until its `running` is set to False."""
    return Worker(
        queue_names=["*"],
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
    """Make ready again what a worker on this machine was doing when it was killed."""
    count = 0
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if row.worker_ids and not has_ended(row.worker_ids[-1]):
            continue
        count += DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.READY
        )
    close_old_connections()
    return count
