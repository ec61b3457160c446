"""What has to be signed, and for how long it counts: each rule by itself."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speak.federation.signatures import rules

from .by_hand import NOW

HOUR = dt.timedelta(hours=1)
EARLIEST = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the strategy adds the zone
LATEST = dt.datetime(2100, 1, 1)  # noqa: DTZ001 - the strategy adds the zone
instants = st.datetimes(EARLIEST, LATEST, timezones=st.just(dt.UTC))


@given(created_at=instants, expires_at=st.none() | instants)
def test_a_signature_never_counts_longer_than_twelve_hours(
    created_at: dt.datetime, expires_at: dt.datetime | None
) -> None:
    end = rules.ends_at(created_at, expires_at=expires_at)
    assert end <= created_at + 12 * HOUR
    assert expires_at is None or end <= expires_at
    assert expires_at or end == created_at + dt.timedelta(minutes=5)


@given(now=instants, created_at=instants)
def test_clocks_may_differ_by_an_hour(now: dt.datetime, created_at: dt.datetime) -> None:
    assert rules.is_from_the_future(created_at, now=now) is (created_at - now > HOUR)
    assert rules.is_over(created_at, now=now) is (now - created_at > HOUR)
    assert not rules.is_over(NOW, now=NOW)


@pytest.mark.parametrize(
    ("method", "has_body", "needed"),
    [
        ("POST", True, True),
        ("POST", False, True),
        ("PUT", True, True),
        ("GET", True, True),
        ("get", False, True),
        ("GET", False, False),
        ("HEAD", False, False),
    ],
)
def test_whatever_is_said_is_signed(method: str, *, has_body: bool, needed: bool) -> None:
    assert rules.needs_digest(method, has_body=has_body) is needed


@given(st.sets(st.sampled_from(["date", "(created)", "(request-target)", "digest", "host", "accept"])))
def test_an_older_signature_covers_when_where_and_what(covered: set[str]) -> None:
    when, where = {"date", "(created)"} & covered, {"(request-target)", "digest"} & covered
    lacks_for_get = rules.lacking_in_cavage(covered, method="GET", has_body=False)
    lacks_for_post = rules.lacking_in_cavage(covered, method="POST", has_body=True)
    assert (lacks_for_get is None) is bool(when and where and "host" in covered)
    assert (lacks_for_post is None) is bool(when and where and "digest" in covered)


PARTS = ["@method", "@target-uri", "@authority", "@path", "@query", "@request-target", "content-digest"]


@given(covered=st.sets(st.sampled_from(PARTS)), has_query=st.booleans())
def test_a_standard_signature_covers_where_and_what(covered: set[str], *, has_query: bool) -> None:
    by_parts = {"@authority", "@path"} <= covered and ("@query" in covered or not has_query)
    where = "@target-uri" in covered or by_parts or {"@authority", "@request-target"} <= covered
    lacks_for_get = rules.lacking_in_rfc9421(covered, method="GET", has_body=False, has_query=has_query)
    lacks_for_post = rules.lacking_in_rfc9421(covered, method="POST", has_body=True, has_query=has_query)
    assert (lacks_for_get is None) is ("@method" in covered and where)
    assert (lacks_for_post is None) is ({"@method", "content-digest"} <= covered and where)
