"""Writing down what came of attempts, many at once."""

import datetime as dt
import random
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from speak.federation.delivery.rules import FAILURES_TO_OPEN, Verdict, next_attempt, open_for, server_of
from speak.federation.delivery.sending import Outcome
from speak.federation.models import Delivery, Server
from speak.federation.tasks import fetch_actor
from speak.identity.models import Actor
from speak.kernel import clock

MAX_FAILURE = 300
# How many of those who share an inbox that is gone are asked after.
ASKED_AFTER = 3
ASKED_LATELY = dt.timedelta(hours=1)


def record(outcomes: Sequence[Outcome]) -> None:
    """Forget what was taken, plan what is tried again, keep why the rest was given up; and tend the breakers."""
    if not outcomes:
        return
    now = clock.now()
    taken = [outcome.parcel.delivery_id for outcome in outcomes if outcome.judgement.verdict == Verdict.TAKEN]
    gone = {outcome.parcel.inbox_url for outcome in outcomes if outcome.judgement.verdict == Verdict.INBOX_GONE}
    with transaction.atomic():
        Delivery.objects.filter(pk__in=taken).delete()
        for outcome in outcomes:
            if outcome.judgement.verdict != Verdict.TAKEN:
                _plan(outcome, now)
        _tend_servers(outcomes, now)
        for inbox_url in sorted(gone):
            _ask_after(inbox_url, now)


def _plan(outcome: Outcome, now: dt.datetime) -> None:
    parcel = outcome.parcel
    attempts = parcel.attempts + 1
    later = None
    if outcome.judgement.verdict == Verdict.LATER:
        later = next_attempt(attempts, first_at=parcel.created_at, now=now, chance=random.random)
        if later is not None and outcome.judgement.pause is not None:
            later = now + outcome.judgement.pause
    Delivery.objects.filter(pk=parcel.delivery_id).update(
        attempts=attempts,
        claimed_until=now,
        due_at=later or now,
        given_up_at=None if later else now,
        last_failure=outcome.failure[:MAX_FAILURE],
    )


def _tend_servers(outcomes: Sequence[Outcome], now: dt.datetime) -> None:
    """One row per server. A server that never failed, and wants the usual scheme, needs none."""
    latest = {outcome.parcel.host: outcome for outcome in outcomes}
    for outcome in outcomes:  # one success among failures counts: the server is there
        if not outcome.judgement.is_server_ill:
            latest[outcome.parcel.host] = outcome
    known = {server.host: server for server in Server.objects.select_for_update().filter(host__in=latest)}
    for host, outcome in sorted(latest.items()):
        server = known.get(host) or Server(host=host)
        if outcome.judgement.is_server_ill:
            _note_failure(server, outcome, now)
        elif server.failures or server.open_until or server.scheme != outcome.scheme.value:
            _note_success(server, outcome, now)


def _note_failure(server: Server, outcome: Outcome, now: dt.datetime) -> None:
    server.failures += 1
    if server.failed_on != now.date():
        server.failing_days, server.failed_on = server.failing_days + 1, now.date()
    server.last_failure = outcome.failure[:MAX_FAILURE]
    pauses = (outcome.judgement.pause, open_for(server.failures, failing_days=server.failing_days))
    pause = max((each for each in pauses if each), default=None)
    server.open_until = now + pause if pause else None
    server.save()


def _note_success(server: Server, outcome: Outcome, now: dt.datetime) -> None:
    """It is there again: what waited for it is due."""
    if server.failures >= FAILURES_TO_OPEN:
        make_due(server.host, now=now)
    server.failures, server.failing_days, server.failed_on = 0, 0, None
    server.open_until, server.last_failure = None, ""
    server.scheme, server.last_taken_at = outcome.scheme.value, now
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


def _ask_after(inbox_url: str, now: dt.datetime) -> None:
    """An inbox that is gone may mean that they are: their server is asked, later (interop 6.7, point 6)."""
    theirs = Q(inbox_url=inbox_url) | Q(shared_inbox_url=inbox_url)
    lately = Q(fetched_at__gt=now - ASKED_LATELY)
    for uri in Actor.objects.filter(theirs, gone_at=None).exclude(lately).values_list("uri", flat=True)[:ASKED_AFTER]:
        fetch_actor.enqueue(uri=uri)
