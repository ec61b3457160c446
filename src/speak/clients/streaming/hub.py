"""Brings news to those who listen: one thread hears it from the database, one finds out who is told."""

import asyncio
import contextlib
import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, close_old_connections

from speak.clients.streaming.channels import Channel, NoSuchStream, channel_for
from speak.clients.streaming.news import Lost, News, listen
from speak.clients.streaming.telling import Event, Subscription, alive, told_of
from speak.clients.tokens import Bearer, NoToken, bearer_with
from speak.kernel.errors import Kind, Refusal

log = logging.getLogger(__name__)
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
# Who reads more slowly than so many messages behind is let go, and fetches what was missed.
MOST_WAITING = 200
MOST_CHANNELS = 20
MOST_LINES_OF_ONE = 40
STATUS = {Kind.INVALID: 400, Kind.NOT_FOUND: 404, Kind.NOT_ALLOWED: 403, Kind.CONFLICT: 400, Kind.TOO_MUCH: 429}
SECONDS_AFTER_A_FAULT = 2.0
SECONDS_TO_BEGIN = 10.0
SECONDS_BETWEEN_CHECKS = 30.0


@dataclass(eq=False)
class Line:
    """The way to one app that listens. What waits for it; None ends it."""

    bearer: Bearer
    channels: set[Channel] = field(default_factory=set)
    waiting: asyncio.Queue[Event | None] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))
    is_ended: bool = False

    def put(self, event: Event) -> None:
        """Let it wait for the app; one that is too far behind is let go."""
        try:
            self.waiting.put_nowait(event)
        except asyncio.QueueFull:
            self.end()

    def end(self) -> None:
        """Let the app go, after what waits for it already."""
        if self.is_ended:
            return
        self.is_ended = True
        if self.waiting.full():
            self.waiting.get_nowait()
        self.waiting.put_nowait(None)


class Hub:
    """Everybody who listens in this process."""

    def __init__(self) -> None:
        """Nobody listens yet."""
        self.lines: set[Line] = set()
        self.stop = threading.Event()
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="telling")
        self.news: asyncio.Queue[News | None] = asyncio.Queue()
        self.hears = asyncio.Event()

    async def admit(self, token: str) -> Line:
        """A line for whoever shows this token.

        Raises:
            NoToken: it opens nothing, or belongs to no person.
            TimeoutError: the database is not heard at present.
        """
        await asyncio.wait_for(self.hears.wait(), SECONDS_TO_BEGIN)
        bearer = await self._ask(bearer_with, token)
        if bearer.actor is None:
            raise NoToken("This method needs the token of a person")
        theirs = [line for line in self.lines if line.bearer.actor == bearer.actor and not line.is_ended]
        if len(theirs) >= MOST_LINES_OF_ONE:
            theirs[0].end()
        line = Line(bearer)
        self.lines.add(line)
        return line

    async def channel(self, line: Line, *, name: str, list_id: str = "", tag: str = "") -> Channel:
        """The stream that is meant.

        Raises:
            NoSuchStream, ScopeMissing, NoSuchList: there is none, or none for them.
        """
        return await self._ask(channel_for, line.bearer, name=name, list_id=list_id, tag=tag)

    def join(self, line: Line, channel: Channel) -> None:
        """Let it listen to one more stream.

        Raises:
            NoSuchStream: it listens to enough of them.
        """
        if len(line.channels) >= MOST_CHANNELS:
            raise NoSuchStream(f"Listen to up to {MOST_CHANNELS} streams on one line")
        line.channels.add(channel)

    @staticmethod
    def status_of(refusal: Refusal) -> int:
        """The status of HTTP that says why somebody may not listen."""
        return 401 if isinstance(refusal, NoToken) else STATUS[refusal.kind]

    def leave(self, line: Line) -> None:
        """It listens no more."""
        self.lines.discard(line)

    async def run(self) -> None:
        """Tell what happens, until it is cancelled."""
        loop = asyncio.get_running_loop()
        listener = threading.Thread(target=self._hear, args=(loop,), name="news", daemon=True)
        listener.start()
        checking = asyncio.create_task(self._check())
        try:
            while True:
                news = await self.news.get()
                if news is None:
                    self._end_all()
                elif self.lines:
                    await self._tell(news)
        finally:
            self.stop.set()
            checking.cancel()

    async def _tell(self, news: News) -> None:
        by_subscription: defaultdict[Subscription, list[Line]] = defaultdict(list)
        for line in self.lines:
            for channel in line.channels:
                by_subscription[Subscription(line.bearer, channel)].append(line)
        try:
            told = await self._ask(told_of, news, list(by_subscription))
        except DatabaseError:
            log.exception("what happened could not be told")
            self._end_all()
            return
        for subscription, event in told:
            for line in by_subscription[subscription]:
                line.put(event)

    async def _check(self) -> None:
        """Let go those whose token was taken away, though nothing happens that they would be told."""
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_CHECKS)
            with contextlib.suppress(DatabaseError):
                good = await self._ask(alive, {line.bearer.token_id for line in self.lines})
                for line in [line for line in self.lines if line.bearer.token_id not in good]:
                    line.end()

    def _end_all(self) -> None:
        """Let everybody go, so that they come again and fetch what they may have missed."""
        for line in list(self.lines):
            line.end()

    def _hear(self, loop: asyncio.AbstractEventLoop) -> None:
        """In a thread: hand over what becomes true; after a fault let everybody go, and listen anew."""

        def began() -> None:
            loop.call_soon_threadsafe(self.hears.set)

        while not self.stop.is_set():
            try:
                for news in listen(self.stop, began=began):
                    loop.call_soon_threadsafe(self.news.put_nowait, news)
            except Lost as fault:
                log.warning("the database is not heard: %s", fault.__cause__)
                loop.call_soon_threadsafe(self.hears.clear)
                loop.call_soon_threadsafe(self.news.put_nowait, None)
                self.stop.wait(SECONDS_AFTER_A_FAULT)

    async def _ask(self, function: Callable[Asked, Answer], *given: Asked.args, **named: Asked.kwargs) -> Answer:
        """In the thread that finds out: what the database says."""

        def afresh() -> Answer:
            close_old_connections()
            return function(*given, **named)

        return await asyncio.get_running_loop().run_in_executor(self.thread, afresh)
