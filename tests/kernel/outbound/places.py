"""Real servers on the loopback network, and doors to them.

127.0.0.2 stands for another server: doors are told to admit it. 127.0.0.1 stands for the inside,
where nothing may ever be called.
"""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from speak.kernel.outbound import LIMITS, Bounds, Call, Door, Limits, Network, Purpose

OUTSIDE = "127.0.0.2"
INSIDE = "127.0.0.1"
ADMITTED: tuple[Network, ...] = (ipaddress.ip_network("127.0.0.2/32"),)

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
RawHandler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

TRUSTING_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def waiting(seconds: float) -> Bounds:
    """The bounds of a door that waits so long, and takes little."""
    limits = {purpose: Limits(seconds, size=min(limits.size, 100_000)) for purpose, limits in LIMITS.items()}
    return Bounds(limits=limits, name_seconds=0)


# Longer than a busy machine takes for an answer that comes.
PATIENT = waiting(20)
IMPATIENT = waiting(1)


def a_door(
    names: Mapping[str, Sequence[str]] | None = None,
    *,
    networks: Sequence[Network] = ADMITTED,
    bounds: Bounds = PATIENT,
    tls: ssl.SSLContext | None = TRUSTING_NOBODY,
) -> Door:
    """A door that knows only these names; `tls=None` trusts as the system does."""
    table = names or {}

    async def look_up(host: str) -> Sequence[str]:
        if host not in table:
            raise OSError("no such name")
        return table[host]

    return Door(allow_networks=networks, server_url="https://home.example", bounds=bounds, tls=tls, look_up=look_up)


def get(url: str, *, purpose: Purpose = Purpose.DOCUMENT) -> Call:
    """A plain question."""
    return Call("GET", url, purpose)


def post(url: str, body: bytes = b"{}") -> Call:
    """A delivery."""
    return Call("POST", url, Purpose.DELIVER, {"Content-Type": "application/activity+json"}, body)


@asynccontextmanager
async def serving(handler: Handler, *, host: str = OUTSIDE, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A web server that answers everything with `handler`; yields its port."""
    runner = web.ServerRunner(web.Server(handler), shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, 0, ssl_context=tls)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


@asynccontextmanager
async def speaking_raw(handler: RawHandler, *, host: str = OUTSIDE, port: int = 0) -> AsyncIterator[int]:
    """A server that does whatever it likes with a connection; yields its port."""
    tasks: set[asyncio.Task[None]] = set()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        tasks.add(task)
        try:
            await handler(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(meet, host, port)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def trap(port: int = 0) -> AsyncIterator[tuple[int, list[str]]]:
    """Something inside that must never be called; yields its port and who came nevertheless."""
    visitors: list[str] = []

    async def note(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visitors.append(str(writer.get_extra_info("peername")))

    async with speaking_raw(note, host=INSIDE, port=port) as trap_port:
        yield trap_port, visitors


async def greet(request: web.BaseRequest) -> web.Response:
    """Say hello, and who was called."""
    return web.Response(text=f"hello from {request.host}")
