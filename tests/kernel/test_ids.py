"""Ids: unique, rising, and with their time in them."""

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from speak.kernel import clock
from speak.kernel.ids import RANDOM_BITS, SHORT_BITS, new_id, new_short_id

LARGEST = 2**63 - 1
instants = st.datetimes(dt.datetime(1, 1, 2), dt.datetime(6000, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001


def milliseconds_of(number: int) -> int:
    """The time in an id."""
    return number >> RANDOM_BITS


def test_an_id_holds_the_present() -> None:
    before = clock.now()
    number = new_id()
    after = clock.now()
    assert int(before.timestamp() * 1000) <= milliseconds_of(number) <= int(after.timestamp() * 1000)


def test_ids_made_one_after_another_differ_and_never_go_back_in_time() -> None:
    numbers = [new_id() for _ in range(5000)]
    assert len(set(numbers)) == len(numbers)
    assert all(milliseconds_of(one) <= milliseconds_of(other) for one, other in pairwise(numbers))


def test_ids_for_the_same_instant_differ() -> None:
    at = clock.now()
    assert len({new_id(at=at) for _ in range(5000)}) == 5000


@given(instants, instants)
def test_what_was_said_earlier_sorts_earlier(one: dt.datetime, other: dt.datetime) -> None:
    first, second = new_id(at=one), new_id(at=other)
    assert 0 <= first <= LARGEST
    if other - one >= dt.timedelta(milliseconds=2) and one.year >= 1970:
        assert first < second


def test_short_ids_rise_and_are_such_as_javascript_keeps_whole() -> None:
    numbers = [new_short_id() for _ in range(1000)]
    assert len(set(numbers)) == len(numbers)
    assert all(one >> SHORT_BITS <= other >> SHORT_BITS for one, other in pairwise(numbers))
    assert new_short_id(at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC)) < min(numbers)
    assert max(numbers) < new_short_id(at=dt.datetime(2094, 1, 1, tzinfo=dt.UTC)) < 2**53


def test_time_before_1970_is_as_1970() -> None:
    assert milliseconds_of(new_id(at=dt.datetime(1960, 1, 1, tzinfo=dt.UTC))) == 0
