"""However short a pause a server asks for, it is never asked more often than our own patience allows."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speak.federation.models import Delivery
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.due import FIRST_PAUSE, GIVEN_UP_AFTER, JITTER, LONGEST_PAUSE, next_attempt
from tests.federation.delivery.owed import answering, deliver
from tests.makers import follows, post

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
LEAST = FIRST_PAUSE * (1 - JITTER)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["0", "1", "Thu, 01 Jan 1970 00:00:00 GMT", "soon", ""])
@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_wants_us_back_at_once_is_not_hammered(
    alice: Actor, dora: Actor, status: int, asked: str
) -> None:
    follows(dora, alice)
    Delivery.objects.all().delete()
    post(alice)
    far = answering(status, headers={"retry-after": asked})
    for _ in range(3):
        deliver(far)
    assert len(far.calls) == 1
    assert Delivery.objects.get().due_at >= clock.now() + LEAST - dt.timedelta(seconds=5)


@pytest.mark.django_db
def test_a_server_that_wants_a_longer_pause_gets_it(alice: Actor, dora: Actor) -> None:
    follows(dora, alice)
    Delivery.objects.all().delete()
    post(alice)
    deliver(answering(503, headers={"retry-after": "1800"}))
    waits = Delivery.objects.get().due_at - clock.now()
    assert dt.timedelta(minutes=29) < waits <= dt.timedelta(minutes=30)


@settings(max_examples=300)
@given(st.integers(1, 40_000), st.timedeltas(dt.timedelta(0), GIVEN_UP_AFTER * 3), st.floats(0, 1))
def test_pauses_stay_within_their_bounds_and_end(attempts: int, age: dt.timedelta, chance: float) -> None:
    found = next_attempt(attempts, first_at=NOW - age, now=NOW, chance=lambda: chance)
    if age >= GIVEN_UP_AFTER:
        assert found is None
    else:
        assert found is not None
        assert LEAST <= found - NOW <= LONGEST_PAUSE * (1 + JITTER)


@given(st.integers(1, 100), st.floats(0, 1))
def test_a_later_attempt_never_waits_less(attempts: int, chance: float) -> None:
    earlier, later = (
        next_attempt(count, first_at=NOW, now=NOW, chance=lambda: chance) for count in (attempts, attempts + 1)
    )
    assert earlier is not None
    assert later is not None
    assert earlier <= later
