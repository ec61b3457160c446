"""What is remembered of a server: whether it answers, and in which way it wants messages signed."""

import datetime as dt
from collections.abc import Sequence

from speak.federation.delivery.rules import (
    DAYS_TO_REST,
    FAILURES_TO_OPEN,
    Judgement,
    open_for,
    server_of,
)
from speak.federation.models import Delivery, Server
from speak.federation.signatures import Way
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.due import GIVEN_UP_AFTER
from speak.kernel.prepared import Prepared

MAX_FAILURE = 300
IN_DOUBT = Prepared(
    lambda host, other: Server.objects.filter(host__in=[host, other]).exclude(failures=0).values_list("host")
)
SILENT = "its server has not answered for too long"


def note_failure(server: Server, failures: Sequence[Judgement], said: str, *, now: dt.datetime) -> None:
    """It did not answer so many times, or asked to be left alone: then nothing is sent to it for a while."""
    server.failures += len(failures)
    if server.failed_on != now.date():
        server.failing_days, server.failed_on = server.failing_days + 1, now.date()
    server.last_failure = said[:MAX_FAILURE]
    pauses = [judgement.pause for judgement in failures]
    pauses.append(open_for(server.failures, failing_days=server.failing_days))
    longest = max((each for each in pauses if each), default=None)
    server.open_until = now + longest if longest else None
    server.save()
    if server.failing_days >= DAYS_TO_REST:
        give_up_on(server.host, now=now, only_before=now - GIVEN_UP_AFTER)
    if server.open_until:
        # What is owed to it is not even looked at until then.
        owed = Delivery.objects.filter(host=server.host, given_up_at=None, due_at__lt=server.open_until)
        owed.update(due_at=server.open_until)


def note_answer(server: Server, way: Way, *, now: dt.datetime) -> None:
    """It is there. One that was never in trouble, and wants the usual scheme, needs no row."""
    if not (server.failures or server.open_until or (server.scheme, server.wish) != way.kept):
        return
    if server.failures >= FAILURES_TO_OPEN:
        make_due(server.host, now=now)
    server.failures, server.failing_days, server.failed_on = 0, 0, None
    server.open_until, server.last_failure = None, ""
    (server.scheme, server.wish), server.last_taken_at = way.kept, now
    server.save()


def make_due(host: str, *, now: dt.datetime) -> None:
    """What is still owed to a server need not wait any longer; it goes a few at a time all the same."""
    Delivery.objects.filter(host=host, given_up_at=None, due_at__gt=now).update(due_at=now)


def give_up_on(host: str, *, now: dt.datetime, why: str = SILENT, only_before: dt.datetime | None = None) -> int:
    """Give up what a server is owed, or only what is older; returns how many copies. They stay for a while, to see."""
    owed = Delivery.objects.filter(host=host, given_up_at=None)
    if only_before is not None:
        owed = owed.filter(activity__created_at__lt=only_before)
    return owed.update(given_up_at=now, last_failure=why)


def hear_from(actor: Actor) -> None:
    """A server that we could not reach has spoken to us: it is there, so what it is owed is tried again."""
    now = clock.now()
    for (host,) in IN_DOUBT.all(server_of(actor.inbox_url), server_of(actor.shared_inbox_url or actor.inbox_url)):
        Server.objects.filter(host=host).update(
            failures=0, failing_days=0, failed_on=None, open_until=None, last_heard_at=now
        )
        make_due(host, now=now)
