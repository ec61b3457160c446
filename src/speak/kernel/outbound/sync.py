"""The door for code that is not asynchronous: `answer = ask(call)`.

Each process has one background thread with an event loop and one open `Door`, started by the
first question. A forked child starts its own; the thread ends with the process.
"""

import asyncio
import atexit
import os
import threading
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass

from django.conf import settings

from speak.kernel.outbound.calls import LIMITS, Answer, Bounds, Call, Sign
from speak.kernel.outbound.door import Door
from speak.kernel.outbound.failures import TimedOut, Unreachable

CLOSING_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class _Line:
    """A thread with its loop, its open door, and the event that ends it."""

    thread: threading.Thread
    loop: asyncio.AbstractEventLoop
    door: Door
    ending: asyncio.Event


class _Exchange:
    """Holds the line of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: _Line | None = None
        self._left_behind: list[_Line | None] = []  # kept, so that nothing of it is closed

    def line(self) -> _Line:
        """The open line, opened now if it is not."""
        with self._lock:
            if self._line is None or not self._line.thread.is_alive():
                self._line = _open_line()
            return self._line

    def close(self) -> None:
        """Hang up; the next question opens a new line."""
        with self._lock:
            line, self._line = self._line, None
        if line and line.thread.is_alive():
            line.loop.call_soon_threadsafe(line.ending.set)
            line.thread.join(CLOSING_SECONDS)

    def forget(self) -> None:
        """In a forked child: the parent's thread is not here, and its sockets are not ours to close."""
        self._lock = threading.Lock()
        self._left_behind.append(self._line)
        self._line = None


_exchange = _Exchange()
atexit.register(_exchange.close)
os.register_at_fork(after_in_child=_exchange.forget)


def places_to_wait() -> threading.BoundedSemaphore:
    """How many of the threads that answer requests may wait here for other servers, for one reason: a quarter of them.

    Whoever makes us ask may name a server that never answers; most threads have to be left for everybody else.
    """
    return threading.BoundedSemaphore(max(1, settings.SPEAK_WEB_THREADS // 4))


def ask(call: Call, *, sign: Sign | None = None) -> Answer:
    """Make the call and wait for the answer, at most the seconds of its purpose, and those for its turn.

    Not to be called on an event loop; there, use a `Door`.

    Raises:
        OutboundFailure: as `Outbound.send` does.
    """
    limits = LIMITS[call.purpose]
    turn = limits.seconds if limits.turn is None else limits.turn
    line = _exchange.line()
    future = asyncio.run_coroutine_threadsafe(line.door.send(call, sign=sign), line.loop)
    try:
        return future.result(limits.seconds + turn)
    except TimeoutError as error:
        raise TimedOut(f"{call.method} {call.url}: waited too long for a turn") from error
    except CancelledError as error:
        raise Unreachable(f"{call.method} {call.url}: the door to other servers was closed") from error
    finally:
        future.cancel()


def hang_up() -> None:
    """Close this process's connections; the next question opens new ones."""
    _exchange.close()


def _open_line() -> _Line:
    """Start the thread, and wait until its door is open. Settings are read in the caller's thread."""
    door = Door(
        allow_networks=settings.SPEAK_ALLOW_NETWORKS,
        server_url=settings.SPEAK_URL,
        bounds=Bounds(is_shut=settings.SPEAK_DEMO),
    )
    opened: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
    thread = threading.Thread(target=asyncio.run, args=(_hold(door, opened),), name="speak-outbound", daemon=True)
    thread.start()
    loop, ending = opened.result()
    return _Line(thread, loop, door, ending)


async def _hold(door: Door, opened: "Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]") -> None:
    ending = asyncio.Event()
    async with door:
        opened.set_result((asyncio.get_running_loop(), ending))
        await ending.wait()
