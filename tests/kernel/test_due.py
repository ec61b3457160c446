"""What failed is put off, ever longer, until it was tried for long enough."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from speak.kernel.due import FIRST_PAUSE, GIVEN_UP_AFTER, JITTER, LONGEST_PAUSE, next_attempt

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
chances = st.floats(0, 1)


def test_the_pauses_grow_from_a_minute_to_six_hours_over_three_days() -> None:
    at, attempts, pauses = NOW, 0, []
    while True:
        attempts += 1
        later = next_attempt(attempts, first_at=NOW, now=at, chance=lambda: 0.5)
        if later is None:
            break
        pauses.append(later - at)
        at = later
    assert pauses[0] == dt.timedelta(minutes=1)
    assert pauses[-1] == dt.timedelta(hours=6)
    assert sorted(pauses) == pauses
    assert dt.timedelta(days=3) <= at - NOW <= dt.timedelta(days=3, hours=6)
    assert 15 <= attempts <= 25


@given(st.integers(1, 10_000), st.integers(0, 300_000), chances)
def test_the_next_attempt_is_never_in_the_past_nor_far_off(attempts: int, age: int, chance: float) -> None:
    first_at = NOW - dt.timedelta(seconds=age)
    later = next_attempt(attempts, first_at=first_at, now=NOW, chance=lambda: chance)
    if later is None:
        assert NOW - first_at >= GIVEN_UP_AFTER
    else:
        assert FIRST_PAUSE * (1 - JITTER) <= later - NOW <= LONGEST_PAUSE * (1 + JITTER)
