"""Who may talk now: so many calls at once in all, and so many with one server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class _Counter:
    """One server's places, and how many hold or await one."""

    __slots__ = ("guests", "places")

    def __init__(self, places: int) -> None:
        self.places = asyncio.Semaphore(places)
        self.guests = 0


class Turns:
    """Hands out turns in the order they are asked for. A busy server's queue takes no common places."""

    def __init__(self, *, in_all: int, per_server: int) -> None:
        """How many turns there are at once."""
        self._places = asyncio.Semaphore(in_all)
        self._per_server = per_server
        self._counters: dict[str, _Counter] = {}

    @asynccontextmanager
    async def turn(self, server: str) -> AsyncIterator[None]:
        """Wait for a turn with this server, and hold it."""
        counter = self._counters.get(server)
        if counter is None:
            counter = self._counters[server] = _Counter(self._per_server)
        counter.guests += 1
        try:
            async with counter.places, self._places:
                yield
        finally:
            counter.guests -= 1
            if not counter.guests:
                del self._counters[server]
