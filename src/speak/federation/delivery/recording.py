"""Writing down what came of attempts, many at once."""

import datetime as dt
import random
from collections.abc import Sequence

from django.db import transaction

from speak.federation.delivery.rules import Verdict, next_attempt, open_for
from speak.federation.delivery.sending import Outcome
from speak.federation.models import Delivery, Server
from speak.kernel import clock

MAX_FAILURE = 300


def record(outcomes: Sequence[Outcome]) -> None:
    """Forget what was taken, plan what is tried again, keep why the rest was given up; and tend the breakers."""
    if not outcomes:
        return
    now = clock.now()
    taken = [outcome.parcel.delivery_id for outcome in outcomes if outcome.judgement.verdict == Verdict.TAKEN]
    with transaction.atomic():
        Delivery.objects.filter(pk__in=taken).delete()
        for outcome in outcomes:
            if outcome.judgement.verdict != Verdict.TAKEN:
                _plan(outcome, now)
        _tend_servers(outcomes, now)


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
        claimed_until=None,
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
    for host, outcome in latest.items():
        server = known.get(host) or Server(host=host)
        if outcome.judgement.is_server_ill:
            server.failures += 1
            server.last_failure = outcome.failure[:MAX_FAILURE]
            pause = outcome.judgement.pause or open_for(server.failures)
            server.open_until = now + pause if pause else None
            server.save()
        elif host in known or outcome.scheme != outcome.parcel.scheme:
            is_news = server.failures or server.open_until or server.scheme != outcome.scheme.value
            if is_news:
                server.failures, server.open_until, server.last_failure = 0, None, ""
                server.scheme, server.last_taken_at = outcome.scheme.value, now
                server.save()
