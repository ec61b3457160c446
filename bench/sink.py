"""An inbox that takes everything: python -m bench.sink PORT. It counts what arrives at GET /count."""

import asyncio
import sys

from aiohttp import web

HOSTS = 200
_arrived = 0


async def take(request: web.Request) -> web.Response:
    """Accept."""
    global _arrived  # noqa: PLW0603 - one process, one number
    await request.read()
    _arrived += 1
    return web.Response(status=202)


async def count(_request: web.Request) -> web.Response:
    """How many have arrived."""
    return web.json_response(_arrived)


async def main(port: int) -> None:
    """Listen as 200 servers on loopback addresses until ended."""
    app = web.Application()
    app.router.add_get("/count", count)
    app.router.add_post("/{anything:.*}", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    for last in range(1, HOSTS + 1):
        await web.TCPSite(runner, f"127.0.1.{last}", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
