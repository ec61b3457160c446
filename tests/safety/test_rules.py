"""Promise 15, as pure functions."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speak.safety import rules
from speak.safety.rules import Hearing

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
hearings = st.builds(
    Hearing,
    has_accepted=st.booleans(),
    is_here=st.booleans(),
    is_suspended=st.booleans(),
    is_reported=st.booleans(),
    is_reporter=st.booleans(),
)
labels = st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)


def test_who_was_named_and_said_yes_hears_reports() -> None:
    assert rules.may_handle(Hearing(has_accepted=True, is_here=True))


@given(hearings)
def test_whoever_is_reported_never_handles_the_report(hearing: Hearing) -> None:
    if hearing.is_reported or hearing.is_reporter or hearing.is_suspended:
        assert not rules.may_handle(hearing)
    if not (hearing.has_accepted and hearing.is_here):
        assert not rules.may_handle(hearing)


@given(st.booleans(), st.booleans())
def test_whoever_is_reported_never_sees_the_report(is_reporter: bool, is_chosen: bool) -> None:  # noqa: FBT001 - drawn
    assert not rules.may_see(is_reporter=is_reporter, is_chosen=is_chosen, is_reported=True)
    assert rules.may_see(is_reporter=is_reporter, is_chosen=is_chosen, is_reported=False) == (is_reporter or is_chosen)


@given(st.booleans(), st.booleans())
def test_nobody_limits_or_unlimits_themselves(hears: bool, runs: bool) -> None:  # noqa: FBT001 - drawn
    assert not rules.may_limit(hears_reports=hears, runs_this_server=runs, is_about_self=True)
    assert rules.may_limit(hears_reports=hears, runs_this_server=runs, is_about_self=False) == (hears or runs)


@given(st.lists(labels, min_size=2, max_size=6))
def test_a_limit_on_a_server_holds_for_all_below_its_name(parts: list[str]) -> None:
    domain = ".".join(parts)
    above = rules.domains_above(domain)
    assert above[0] == domain
    assert all(domain == each or domain.endswith(f".{each}") for each in above)
    assert f"x{domain}" not in above
    assert parts[-1] not in above


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("Far.Example", "far.example"),
        (" https://far.example/@dora ", "far.example"),
        ("@dora@far.example", "far.example"),
        ("far.example.", "far.example"),
        ("127.0.0.1:9000", "127.0.0.1:9000"),
        ("localhost:9000", "localhost:9000"),
        ("example", ""),
        ("", ""),
        ("far example", ""),
        ("-far.example", ""),
        ("fär.example", ""),
        (".", ""),
        (f"{'a.' * 200}example", ""),
    ],
)
def test_a_server_is_read_as_people_type_it(typed: str, domain: str) -> None:
    assert rules.read_domain(typed) == domain


def test_a_limit_holds_until_its_time_or_until_it_is_lifted() -> None:
    later, before = NOW + dt.timedelta(seconds=1), NOW - dt.timedelta(seconds=1)
    assert rules.is_live(until=None, is_lifted=False, now=NOW)
    assert rules.is_live(until=later, is_lifted=False, now=NOW)
    assert not rules.is_live(until=before, is_lifted=False, now=NOW)
    assert not rules.is_live(until=NOW, is_lifted=False, now=NOW)
    assert not rules.is_live(until=later, is_lifted=True, now=NOW)


def test_words_in_reports_are_kept_ninety_days_after_a_decision_and_a_year_at_most() -> None:
    def is_over(created_days: int, decided_days: int | None) -> bool:
        decided_at = None if decided_days is None else NOW - dt.timedelta(days=decided_days)
        return rules.is_to_be_forgotten(
            created_at=NOW - dt.timedelta(days=created_days), decided_at=decided_at, now=NOW
        )

    assert not is_over(100, 89)
    assert is_over(100, 90)
    assert not is_over(364, None)
    assert is_over(365, None)
    assert is_over(365, 1)
