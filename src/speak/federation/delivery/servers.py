"""What is remembered of a server: whether it answers, and in which way it wants messages signed."""

import datetime as dt

from speak.federation.delivery.rules import FAILURES_TO_OPEN, open_for, server_of
from speak.federation.models import Delivery, Server
from speak.federation.signatures import Scheme
from speak.identity.models import Actor
from speak.kernel import clock

MAX_FAILURE = 300


def note_failure(server: Server, failure: str, *, pause: dt.timedelta | None, now: dt.datetime) -> None:
    """It did not answer, or asked for a `pause`: after enough failures nothing is sent to it for a while."""
    server.failures += 1
    if server.failed_on != now.date():
        server.failing_days, server.failed_on = server.failing_days + 1, now.date()
    server.last_failure = failure[:MAX_FAILURE]
    pauses = (pause, open_for(server.failures, failing_days=server.failing_days))
    longest = max((each for each in pauses if each), default=None)
    server.open_until = now + longest if longest else None
    server.save()


def note_answer(server: Server, scheme: Scheme, *, now: dt.datetime) -> None:
    """It is there. One that was never in trouble, and wants the usual scheme, needs no row."""
    if not (server.failures or server.open_until or server.scheme != scheme.value):
        return
    if server.failures >= FAILURES_TO_OPEN:
        make_due(server.host, now=now)
    server.failures, server.failing_days, server.failed_on = 0, 0, None
    server.open_until, server.last_failure = None, ""
    server.scheme, server.last_taken_at = scheme.value, now
    server.save()


def make_due(host: str, *, now: dt.datetime) -> None:
    """What is still owed to a server need not wait any longer; it goes a few at a time all the same."""
    Delivery.objects.filter(host=host, given_up_at=None, due_at__gt=now).update(due_at=now)


def hear_from(actor: Actor) -> None:
    """A server that we could not reach has spoken to us: it is there, so what it is owed is tried again."""
    now = clock.now()
    hosts = {server_of(url) for url in (actor.inbox_url, actor.shared_inbox_url) if url}
    for host in Server.objects.filter(host__in=hosts).exclude(failures=0).values_list("host", flat=True):
        Server.objects.filter(host=host).update(
            failures=0, failing_days=0, failed_on=None, open_until=None, last_heard_at=now
        )
        make_due(host, now=now)
