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

from speak.federation.delivery.claiming import Parcel, claim, let_go
from speak.federation.delivery.recording import record
from speak.federation.delivery.rules import Judgement, Verdict
from speak.federation.delivery.sending import Outcome, attempt
from speak.kernel.outbound import Outbound

log = logging.getLogger(__name__)

AT_ONCE = 200
SECONDS_BETWEEN_LOOKS = 0.5
# Results that come in so close together are written down together.
SECONDS_TO_GATHER = 0.02
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
        # Until the database has them: it may be out of reach for a moment.
        self.unwritten: list[Outcome] = []

    async def turn(self) -> bool:
        """Write down what has ended, take up more; says whether anything was done."""
        ended = [task for task in self.under_way if task.done()]
        self.unwritten += [self._outcome(task) for task in ended]
        room = AT_ONCE - len(self.under_way)
        busy = Counter(parcel.host for parcel in self.under_way.values())
        loop = asyncio.get_running_loop()
        parcels = await loop.run_in_executor(self.database, _write_and_claim, self.unwritten, room, busy)
        self.unwritten = []
        for parcel in parcels:
            self.under_way[asyncio.create_task(attempt(parcel, outbound=self.outbound))] = parcel
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

    def _outcome(self, task: asyncio.Task[Outcome]) -> Outcome:
        """What it came to; a fault of ours in one of them must not keep the others from being written down."""
        parcel = self.under_way.pop(task)
        fault = task.exception()
        if fault is None:
            return task.result()
        log.error("sending to %s went wrong here", parcel.inbox_url, exc_info=fault)
        return Outcome(parcel, Judgement(Verdict.LATER), parcel.scheme, f"went wrong here: {fault!r}")


def _write_and_claim(outcomes: Sequence[Outcome], room: int, busy: Counter[str]) -> list[Parcel]:
    record(outcomes)
    parcels = claim(room, busy=busy) if room else []
    close_old_connections()
    return parcels


def _write(outcomes: Sequence[Outcome], let_go_of: Sequence[int]) -> None:
    """The last words of this thread to the database."""
    record(outcomes)
    let_go(let_go_of)
    connection.close()
