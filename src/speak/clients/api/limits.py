"""How often an app may ask: as Mastodon allows it, and told in the same headers.

Counted in the cache of each process, so that it is a guard against a mistake of an app, not against an attack.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from speak.clients.api.refusals import TooOften
from speak.clients.tokens import Bearer
from speak.kernel import clock
from speak.kernel.callers import address_of

PERIOD = dt.timedelta(minutes=5)
MOST = 300


@dataclass(frozen=True, slots=True)
class Limit:
    """How many requests are left until when."""

    most: int
    left: int
    ends_at: dt.datetime


def count(bearer: Bearer | None, request: HttpRequest) -> Limit:
    """Count a request of whoever asks: a token, or else an address.

    Raises:
        TooOften: it was the 301st in five minutes.
    """
    now = clock.now()
    seconds = int(PERIOD.total_seconds())
    period = int(now.timestamp()) // seconds
    ends_at = dt.datetime.fromtimestamp((period + 1) * seconds, tz=dt.UTC)
    if not settings.SPEAK_RATE_LIMITS:
        return Limit(MOST, MOST, ends_at)
    asking = f"token:{bearer.token_id}" if bearer else f"address:{address_of(request)}"
    counted_at = f"asked:{asking}:{period}"
    cache.add(counted_at, 0, timeout=seconds)
    asked = cache.incr(counted_at)
    if asked > MOST:
        raise TooOften(_("Too many requests"), hint=_("Ask again after %(time)s.") % {"time": ends_at.isoformat()})
    return Limit(MOST, MOST - asked, ends_at)


def tell(limit: Limit, response: HttpResponse) -> None:
    """Say in the answer how many are left."""
    response.headers["X-RateLimit-Limit"] = str(limit.most)
    response.headers["X-RateLimit-Remaining"] = str(limit.left)
    response.headers["X-RateLimit-Reset"] = limit.ends_at.isoformat().replace("+00:00", "Z")
