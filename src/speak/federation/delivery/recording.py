"""Writing down what came of attempts, many at once."""

import datetime as dt
import random
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from speak.federation.delivery.rules import Verdict, next_attempt
from speak.federation.delivery.sending import Outcome
from speak.federation.delivery.servers import MAX_FAILURE, note_answer, note_failure
from speak.federation.models import Delivery, Server
from speak.federation.tasks import fetch_actor
from speak.identity.models import Actor
from speak.kernel import clock

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
            later = max(later, now + outcome.judgement.pause)  # it may ask for more patience, not for less
    Delivery.objects.filter(pk=parcel.delivery_id).update(
        attempts=attempts,
        claimed_until=now,
        due_at=later or now,
        given_up_at=None if later else now,
        last_failure=outcome.failure[:MAX_FAILURE],
    )


def _tend_servers(outcomes: Sequence[Outcome], now: dt.datetime) -> None:
    """One success among failures counts: the server is there."""
    latest = {outcome.parcel.host: outcome for outcome in outcomes}
    latest |= {outcome.parcel.host: outcome for outcome in outcomes if not outcome.judgement.is_server_ill}
    known = {server.host: server for server in Server.objects.select_for_update().filter(host__in=latest)}
    for host, outcome in sorted(latest.items()):
        server = known.get(host) or Server(host=host)
        if outcome.judgement.is_server_ill:
            note_failure(server, outcome.failure, pause=outcome.judgement.pause, now=now)
        else:
            note_answer(server, outcome.scheme, now=now)


def _ask_after(inbox_url: str, now: dt.datetime) -> None:
    """An inbox that is gone may mean that they are: their server is asked, later (interop 6.7, point 6)."""
    theirs = Q(inbox_url=inbox_url) | Q(shared_inbox_url=inbox_url)
    lately = Q(fetched_at__gt=now - ASKED_LATELY)
    for uri in Actor.objects.filter(theirs, gone_at=None).exclude(lately).values_list("uri", flat=True)[:ASKED_AFTER]:
        fetch_actor.enqueue(uri=uri)
