"""The loop that delivers: claims in batches, sends many at once, writes down results in batches.

The database is asked in a thread of its own, so that a slow disk never keeps the network waiting.
"""

import asyncio
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from django.db import close_old_connections

from speak.federation.delivery.claiming import Parcel, claim
from speak.federation.delivery.recording import record
from speak.federation.delivery.sending import Outcome, attempt
from speak.kernel.outbound import Outbound

AT_ONCE = 200
SECONDS_BETWEEN_LOOKS = 0.5


async def deliver_until(stop: threading.Event, *, outbound: Outbound) -> None:
    """Deliver what is owed until `stop` is set; what is under way is finished and written down."""
    with ThreadPoolExecutor(1, thread_name_prefix="deliveries") as database:
        round_ = _Round(outbound, database)
        while not stop.is_set():
            if not await round_.turn():
                await round_.rest()
        await round_.finish()


async def deliver_owed(*, outbound: Outbound) -> None:
    """Deliver all that is due now, and return; for commands and tests."""
    with ThreadPoolExecutor(1, thread_name_prefix="deliveries") as database:
        round_ = _Round(outbound, database)
        while await round_.turn() or round_.under_way:
            if round_.under_way:
                await round_.rest()
        await round_.finish()


class _Round:
    """What is under way."""

    def __init__(self, outbound: Outbound, database: ThreadPoolExecutor) -> None:
        self.outbound = outbound
        self.database = database
        self.under_way: dict[asyncio.Task[Outcome], Parcel] = {}

    async def turn(self) -> bool:
        """Write down what has ended, take up more; says whether anything was done."""
        ended = [task for task in self.under_way if task.done()]
        outcomes = [self._outcome(task) for task in ended]
        room = AT_ONCE - len(self.under_way)
        busy = Counter(parcel.host for parcel in self.under_way.values())
        loop = asyncio.get_running_loop()
        parcels = await loop.run_in_executor(self.database, _write_and_claim, outcomes, room, busy)
        for parcel in parcels:
            self.under_way[asyncio.create_task(attempt(parcel, outbound=self.outbound))] = parcel
        return bool(ended or parcels)

    async def rest(self) -> None:
        """Wait until something under way has ended, but not longer than until the next look for more."""
        if self.under_way:
            await asyncio.wait(self.under_way, timeout=SECONDS_BETWEEN_LOOKS, return_when=asyncio.FIRST_COMPLETED)
        else:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    async def finish(self) -> None:
        """Wait for what is under way, and write it down."""
        if self.under_way:
            await asyncio.wait(self.under_way)
        outcomes = [self._outcome(task) for task in list(self.under_way)]
        await asyncio.get_running_loop().run_in_executor(self.database, _write, outcomes)

    def _outcome(self, task: asyncio.Task[Outcome]) -> Outcome:
        del self.under_way[task]
        return task.result()


def _write_and_claim(outcomes: list[Outcome], room: int, busy: Counter[str]) -> list[Parcel]:
    record(outcomes)
    parcels = claim(room, busy=busy) if room else []
    close_old_connections()
    return parcels


def _write(outcomes: list[Outcome]) -> None:
    record(outcomes)
    close_old_connections()
