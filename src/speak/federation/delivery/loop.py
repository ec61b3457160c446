"""The loop that delivers: claims in batches, sends many at once, writes down results in batches.

The database is asked in a thread of its own, so that a slow disk never keeps the network waiting.
"""

import asyncio
import logging
import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections, connection

from speak.federation.delivery.choosing import PER_SERVER, Load
from speak.federation.delivery.claiming import Parcel, claim, let_go
from speak.federation.delivery.recording import record
from speak.federation.delivery.rules import Judgement, Verdict
from speak.federation.delivery.sending import Outcome, attempt
from speak.kernel.outbound import Outbound

log = logging.getLogger(__name__)

# How many travel at once; those that have for a while no longer count, so that slow servers hold up no others.
AT_ONCE = 200
MOST_AT_ONCE = 600
SECONDS_TO_BE_SLOW = 0.5
# A server that has answered quickly so lately may have several at once; any other gets one, to see.
SECONDS_OF_TRUST = 600.0
MOST_TRUSTED = 10_000
SECONDS_BETWEEN_LOOKS = 0.5
# Results that come in so close together are written down together.
SECONDS_TO_GATHER = 0.05
SECONDS_TO_FINISH = 8.0


async def deliver_until(stop: threading.Event, *, outbound: Outbound) -> None:
    """Deliver what is owed until `stop` is set; what is under way then has a few seconds to end."""
    with ThreadPoolExecutor(1, thread_name_prefix="deliveries") as database:
        round_ = _Round(outbound, database)
        try:
            while not stop.is_set():
                await round_.rest(was_idle=not await round_.turn())
        finally:
            await round_.finish()


async def deliver_owed(*, outbound: Outbound) -> None:
    """Deliver all that is due now, and return; for commands and tests."""
    with ThreadPoolExecutor(1, thread_name_prefix="deliveries") as database:
        round_ = _Round(outbound, database)
        try:
            while await round_.turn() or round_.under_way:
                await round_.rest()
        finally:
            await round_.finish()


class _Round:
    """What is under way."""

    def __init__(self, outbound: Outbound, database: ThreadPoolExecutor) -> None:
        self.outbound = outbound
        self.database = database
        self.under_way: dict[asyncio.Task[Outcome], Parcel] = {}
        self.left_at: dict[asyncio.Task[Outcome], float] = {}
        # Servers, and until when they are trusted to be quick.
        self.quick: dict[str, float] = {}
        # Until the database has them: it may be out of reach for a moment.
        self.unwritten: list[Outcome] = []

    async def turn(self) -> bool:
        """Write down what has ended, take up more; says whether anything was done."""
        ended = [task for task in self.under_way if task.done()]
        self.unwritten += [self._outcome(task) for task in ended]
        loop = asyncio.get_running_loop()
        room, load = self._room(loop.time())
        parcels = await loop.run_in_executor(self.database, _write_and_claim, self.unwritten, room, load)
        self.unwritten = []
        for parcel in parcels:
            task = asyncio.create_task(attempt(parcel, outbound=self.outbound))
            self.under_way[task], self.left_at[task] = parcel, loop.time()
        return bool(ended or parcels)

    async def rest(self, *, was_idle: bool = False) -> None:
        """Wait until something under way has ended, but not longer than until the next look for more."""
        if self.under_way:
            await asyncio.wait(self.under_way, timeout=SECONDS_BETWEEN_LOOKS, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(SECONDS_TO_GATHER)
        elif was_idle:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    async def finish(self) -> None:
        """Wait a little for what is under way, and write it down; let go of the rest."""
        late: set[asyncio.Task[Outcome]] = set()
        if self.under_way:
            _, late = await asyncio.wait(self.under_way, timeout=SECONDS_TO_FINISH)
        let_go_of = [self.under_way.pop(task).delivery_id for task in late]
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        self.unwritten += [self._outcome(task) for task in list(self.under_way)]
        await asyncio.get_running_loop().run_in_executor(self.database, _write, self.unwritten, let_go_of)

    def _room(self, now: float) -> tuple[int, Load]:
        """How many more may leave, and how busy each server is; one that lets us wait counts as full."""
        slow_since = now - SECONDS_TO_BE_SLOW
        slow = [parcel.host for task, parcel in self.under_way.items() if self.left_at[task] < slow_since]
        for host in slow:
            self.quick.pop(host, None)
        if len(self.quick) > MOST_TRUSTED:
            self.quick.clear()
        quick = {host for host, until in self.quick.items() if until > now}
        busy = Counter(parcel.host for parcel in self.under_way.values())
        busy.update(dict.fromkeys(slow, PER_SERVER))
        at_most = MOST_AT_ONCE - len(self.under_way)
        load = Load(busy, places=lambda host: PER_SERVER if host in quick else 1)
        return max(min(AT_ONCE - len(self.under_way) + len(slow), at_most), 0), load

    def _outcome(self, task: asyncio.Task[Outcome]) -> Outcome:
        """What it came to; a fault of ours in one of them must not keep the others from being written down."""
        parcel = self.under_way.pop(task)
        left_at = self.left_at.pop(task)
        fault = task.exception()
        if fault is None:
            self._note(task.result(), left_at)
            return task.result()
        log.error("sending to %s went wrong here", parcel.inbox_url, exc_info=fault)
        return Outcome(parcel, Judgement(Verdict.LATER), parcel.way, f"went wrong here: {fault!r}")

    def _note(self, outcome: Outcome, left_at: float) -> None:
        """A server that took it, and at once, may have more; one that did not is looked at anew."""
        now = asyncio.get_running_loop().time()
        if outcome.judgement.is_server_ill or now - left_at > SECONDS_TO_BE_SLOW:
            self.quick.pop(outcome.parcel.host, None)
        else:
            self.quick[outcome.parcel.host] = now + SECONDS_OF_TRUST


def _write_and_claim(outcomes: Sequence[Outcome], room: int, load: Load) -> list[Parcel]:
    record(outcomes)
    parcels = claim(room, load=load) if room else []
    close_old_connections()
    return parcels


def _write(outcomes: Sequence[Outcome], let_go_of: Sequence[int]) -> None:
    """The last words of this thread to the database."""
    record(outcomes)
    let_go(let_go_of)
    connection.close()
