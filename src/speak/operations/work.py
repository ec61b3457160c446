"""What the worker does: five kinds of work, kept apart so that none waits for another.

Tasks run in one thread, those that ask other servers in two, those that take minutes in one, what is due by the clock
in another, deliveries in the loop of the first.
"""

import asyncio
import datetime as dt
import logging
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections
from oauth2_provider.models import clear_expired

from speak.clients import archive
from speak.clients.api.once import forget_old_keys
from speak.clients.micropub.changing import forget_what_was_taken_back
from speak.clients.push.subscribing import forget_devices_without_token
from speak.clients.streaming.news import forget_old_news
from speak.clients.tasks import take_up_feeds
from speak.clients.websub.subscribing import end_leases
from speak.federation.delivery import claiming
from speak.federation.delivery.loop import MOST_AT_ONCE, deliver_until
from speak.federation.far_files import throw_far_files_away
from speak.federation.housekeeping import forget_what_is_old
from speak.federation.tasks import take_up_elsewhere, take_up_mentions, take_up_places, take_up_sites
from speak.identity.tasks import take_up_domains
from speak.kernel import metrics, tasks
from speak.kernel.garbage import settle
from speak.kernel.outbound import Bounds, Door
from speak.mirror.brought import forget_old_ones
from speak.operations.health import BEATS_EVERY_SECONDS, beat
from speak.rooms.actions import ask_hosts, begin_last_rounds
from speak.safety.actions import end_limits_that_are_over, forget_old_reports
from speak.voice.actions import end_due_polls, forget_unused_media, say_due_drafts, tell_of_polls_that_moved
from speak.web.mornings import send_morning_letters

log = logging.getLogger(__name__)
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_AFTER_A_FAULT = 2.0
# One thread for each: asking other servers is mostly waiting for them.
THREADS = (tasks.HERE, tasks.FAR, tasks.FAR, tasks.LONG)
# What is done by the clock, and how often.
DUE: dict[Callable[[], object], dt.timedelta] = {
    beat: dt.timedelta(seconds=BEATS_EVERY_SECONDS),
    say_due_drafts: dt.timedelta(seconds=5),
    end_due_polls: dt.timedelta(seconds=10),
    tell_of_polls_that_moved: dt.timedelta(minutes=1),
    take_up_mentions: dt.timedelta(seconds=2),
    take_up_elsewhere: dt.timedelta(seconds=2),
    take_up_sites: dt.timedelta(seconds=2),
    take_up_feeds: dt.timedelta(seconds=2),
    take_up_domains: dt.timedelta(seconds=10),
    take_up_places: dt.timedelta(seconds=2),
    send_morning_letters: dt.timedelta(minutes=1),
    end_leases: dt.timedelta(minutes=10),
    ask_hosts: dt.timedelta(minutes=1),
    begin_last_rounds: dt.timedelta(minutes=1),
    tasks.take_back_from_the_dead: dt.timedelta(minutes=1),
    claiming.take_back_from_the_dead: dt.timedelta(minutes=1),
    forget_unused_media: dt.timedelta(hours=1),
    throw_far_files_away: dt.timedelta(minutes=10),
    forget_what_is_old: dt.timedelta(hours=1),
    forget_old_reports: dt.timedelta(hours=1),
    end_limits_that_are_over: dt.timedelta(minutes=1),
    forget_old_news: dt.timedelta(minutes=1),
    forget_devices_without_token: dt.timedelta(hours=1),
    forget_old_keys: dt.timedelta(hours=1),
    forget_what_was_taken_back: dt.timedelta(hours=1),
    archive.throw_old_ones_away: dt.timedelta(hours=1),
    forget_old_ones: dt.timedelta(hours=1),
    clear_expired: dt.timedelta(hours=1),
}


def until(stop: threading.Event) -> None:
    """Work until `stop` is set; what is under way is finished first."""
    settle()
    metrics.forget_ended()
    tasks.take_back_from_the_dead()
    claiming.take_back_from_the_dead()
    doers = [tasks.worker(queue, seconds_between_looks=SECONDS_BETWEEN_LOOKS) for queue in THREADS]
    threads = [
        threading.Thread(target=_again_after_failing, args=(doer.run, stop), name=f"tasks {queue}", daemon=True)
        for doer, queue in zip(doers, THREADS, strict=True)
    ]
    threads.append(threading.Thread(target=_keep_time, args=(stop,), name="due", daemon=True))
    for thread in threads:
        thread.start()
    asyncio.run(_deliver(stop))
    for doer in doers:
        doer.running = False
    for thread in threads:
        thread.join(timeout=10)


async def _deliver(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            async with Door(
                allow_networks=settings.SPEAK_ALLOW_NETWORKS,
                server_url=settings.SPEAK_URL,
                bounds=Bounds(calls_in_all=MOST_AT_ONCE, is_shut=settings.SPEAK_DEMO),
            ) as door:
                await deliver_until(stop, outbound=door)
        except Exception:  # the edge of the process: what was under way is claimed anew when its claim ends
            log.exception("deliveries failed for a moment")
            await asyncio.sleep(SECONDS_AFTER_A_FAULT)


def _keep_time(stop: threading.Event) -> None:
    due_at = dict.fromkeys(DUE, 0.0)
    while not stop.wait(0.2):
        for work, every in DUE.items():
            if time.monotonic() >= due_at[work]:
                due_at[work] = time.monotonic() + every.total_seconds()
                _try(work)
        close_old_connections()


def _again_after_failing(run: Callable[[], object], stop: threading.Event) -> None:
    while not stop.is_set():
        _try(run)
        if stop.wait(1):
            return


def _try(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:  # the edge of the process: a bug in one kind of work must not end the others
        log.exception("%s failed", getattr(work, "__qualname__", work))
