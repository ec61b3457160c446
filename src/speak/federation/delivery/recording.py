"""Writing down what came of attempts, many at once."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Q

from speak.federation.delivery.rules import Verdict
from speak.federation.delivery.sending import Outcome
from speak.federation.delivery.servers import MAX_FAILURE, note_answer, note_failure
from speak.federation.models import Delivery, Server
from speak.federation.signatures import Scheme
from speak.federation.tasks import fetch_actor
from speak.identity.models import Actor
from speak.kernel import clock, metrics
from speak.kernel.due import next_attempt

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
    by_host: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_host.setdefault(outcome.parcel.host, []).append(outcome)
    with transaction.atomic():
        # Servers before copies, in one order: then several workers wait for each other, and never in a circle.
        servers = _held_servers(by_host)
        Delivery.objects.filter(pk__in=taken).delete()
        for outcome in outcomes:
            if outcome.judgement.verdict != Verdict.TAKEN:
                _plan(outcome, now)
        for server in servers:
            _tend(server, by_host[server.host], now)
        for inbox_url in sorted(gone):
            _ask_after(inbox_url, now)
    for outcome in outcomes:
        metrics.deliveries.labels(outcome.judgement.verdict.value).inc()


def _plan(outcome: Outcome, now: dt.datetime) -> None:
    parcel = outcome.parcel
    attempts = parcel.attempts + 1
    later = None
    if outcome.judgement.verdict == Verdict.LATER:
        later = next_attempt(attempts, first_at=parcel.created_at, now=now, chance=random.random)
        if later is not None and outcome.judgement.pause is not None:
            later = max(later, now + outcome.judgement.pause)  # it may ask for more patience, not for less
    Delivery.objects.filter(pk=parcel.delivery_id, given_up_at=None).update(
        attempts=attempts,
        claimed_until=now,
        due_at=later or now,
        given_up_at=None if later else now,
        last_failure=outcome.failure[:MAX_FAILURE],
    )


def _held_servers(by_host: Mapping[str, Sequence[Outcome]]) -> list[Server]:
    """The rows of these servers; one that was never in trouble, and wants the usual scheme, needs none."""
    noteworthy = [
        host
        for host, outcomes in by_host.items()
        if any(each.judgement.is_server_ill or each.way.scheme != Scheme.CAVAGE for each in outcomes)
    ]
    held = Server.objects.select_for_update().filter(host__in=by_host).order_by("host")
    servers = list(held)
    missing = sorted(set(noteworthy) - {server.host for server in servers})
    if missing:
        Server.objects.bulk_create([Server(host=host) for host in missing], ignore_conflicts=True)
        servers = list(held.all())
    return servers


def _tend(server: Server, outcomes: Sequence[Outcome], now: dt.datetime) -> None:
    """One success among failures counts: the server is there."""
    answered = [outcome for outcome in outcomes if not outcome.judgement.is_server_ill]
    if answered:
        note_answer(server, answered[-1].way, now=now)
    else:
        note_failure(server, [outcome.judgement for outcome in outcomes], outcomes[-1].failure, now=now)


def _ask_after(inbox_url: str, now: dt.datetime) -> None:
    """An inbox that is gone may mean that they are: their server is asked, later (interop 6.7, point 6)."""
    theirs = Q(inbox_url=inbox_url) | Q(shared_inbox_url=inbox_url)
    lately = Q(fetched_at__gt=now - ASKED_LATELY)
    for uri in Actor.objects.filter(theirs, gone_at=None).exclude(lately).values_list("uri", flat=True)[:ASKED_AFTER]:
        fetch_actor.enqueue(uri=uri)
