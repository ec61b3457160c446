"""Two hundred inboxes: python -m bench.sink PORT [troubled]. GET /tally says what has arrived.

Troubled, a fifth of the servers are dead (half of these close the door, half say nothing), a fifth are slow.
"""

import asyncio
import sys
import time
from collections import Counter
from functools import partial

from aiohttp import web

HOSTS = 200
DEAD, SLOW = range(1, 41), range(41, 81)
SECONDS_OF_THE_SLOW = 5.0
_tally: Counter[str] = Counter()
_knocks: Counter[int] = Counter()
_last_at = 0.0


async def take(request: web.Request, *, last: int, is_slow: bool) -> web.Response:
    """Accept, after a while or at once."""
    global _last_at  # noqa: PLW0603 - one process, one clock
    await request.read()
    if is_slow:
        await asyncio.sleep(SECONDS_OF_THE_SLOW)
        _tally["slow"] += 1
    else:
        _tally["well"] += 1
        _last_at = time.time()
    _tally[f"127.0.1.{last}"] += 1
    return web.Response(status=202)


async def tally(_request: web.Request) -> web.Response:
    """How much has arrived at the slow and at the well, when the last, and how often each of the dead was asked."""
    return web.json_response(
        {"slow": _tally["slow"], "well": _tally["well"], "last_at": _last_at, "knocks": dict(_knocks)}
    )


async def _be_dead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, last: int) -> None:
    """Count who knocks; then close the door, or say nothing until they leave."""
    _knocks[last] += 1
    if last % 2:
        await reader.read(-1)
    writer.close()


async def main(port: int, *, is_troubled: bool) -> None:
    """Listen as 200 servers on loopback addresses until ended."""
    for last in range(1, HOSTS + 1):
        if is_troubled and last in DEAD:
            await asyncio.start_server(partial(_be_dead, last=last), f"127.0.1.{last}", port)
            continue
        app = web.Application()
        app.router.add_get("/tally", tally)
        app.router.add_post("/{anything:.*}", partial(take, last=last, is_slow=is_troubled and last in SLOW))
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, f"127.0.1.{last}", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), is_troubled="troubled" in sys.argv))
