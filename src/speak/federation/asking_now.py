"""Asking another server while somebody waits here for an answer: few at once, briefly, and nobody who was silent.

Whoever signs a request names the server to be asked, and may name one that never answers. What waits for it is one of
the few threads that answer requests: so most of them never do.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.core.cache import cache

from speak.kernel import clock
from speak.kernel.outbound import (
    Answer,
    Ask,
    Call,
    OutboundFailure,
    Purpose,
    Sign,
    TimedOut,
    Unreachable,
    places_to_wait,
)

# A server that was silent is left alone for so long, whatever is to be asked of it.
SILENCE = dt.timedelta(minutes=1)
# One look-up takes several questions; after so long there is not one more.
PATIENCE = dt.timedelta(seconds=10)
# The rest are sent again.
_waiting = places_to_wait()


class NotNow(OutboundFailure):
    """Nobody was asked: others are waiting for answers already, or the server was silent a moment ago."""


@contextmanager
def asking_now(host: str, *, ask: Ask) -> Iterator[Ask]:
    """Within, a server may be asked for what a request depends on.

    Raises:
        NotNow: it may not, just now.
    """
    memory = f"silent:{hashlib.sha256(host.encode()).hexdigest()}"
    if cache.get(memory) is not None:
        raise NotNow(f"{host} did not answer a moment ago")
    if not _waiting.acquire(blocking=False):
        raise NotNow("others wait for other servers")
    try:
        yield _hurried(ask)
    except (TimedOut, Unreachable):
        cache.set(memory, "", SILENCE.total_seconds())
        raise
    finally:
        _waiting.release()


def _hurried(ask: Ask) -> Ask:
    until = clock.now() + PATIENCE

    def hurried(call: Call, *, sign: Sign | None = None) -> Answer:
        if clock.now() > until:
            raise TimedOut(f"{call.method} {call.url}: asking took too long already")
        return ask(replace(call, purpose=Purpose.AT_ONCE), sign=sign)

    return hurried
