"""What answers mean, and how long a failing server is left alone. Pure."""

import datetime as dt
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speak.federation.delivery.rules import (
    DAYS_TO_REST,
    FAILURES_TO_OPEN,
    LONGEST_ASKED_PAUSE,
    LONGEST_OPEN,
    REST,
    Verdict,
    asked_pause,
    judge,
    open_for,
    server_of,
)

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("status", "verdict", "is_ill"),
    [
        (200, Verdict.TAKEN, False),
        (202, Verdict.TAKEN, False),
        (301, Verdict.NEVER, False),
        (400, Verdict.NEVER, False),
        (401, Verdict.OTHER_SCHEME, False),
        (403, Verdict.NEVER, False),
        (404, Verdict.INBOX_GONE, False),
        (408, Verdict.LATER, True),
        (410, Verdict.INBOX_GONE, False),
        (413, Verdict.NEVER, False),
        (422, Verdict.NEVER, False),
        (429, Verdict.LATER, True),
        (500, Verdict.LATER, True),
        (503, Verdict.LATER, True),
    ],
)
def test_what_an_answer_means(status: int, verdict: Verdict, *, is_ill: bool) -> None:
    judgement = judge(status, {}, now=NOW)
    assert (judgement.verdict, judgement.is_server_ill, judgement.pause) == (verdict, is_ill, None)


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("120", dt.timedelta(minutes=2)),
        (" 0 ", dt.timedelta(0)),
        ("7200", LONGEST_ASKED_PAUSE),
        ("9" * 40, LONGEST_ASKED_PAUSE),
        (format_datetime(NOW + dt.timedelta(minutes=10), usegmt=True), dt.timedelta(minutes=10)),
        (format_datetime(NOW + dt.timedelta(days=10), usegmt=True), LONGEST_ASKED_PAUSE),
        (format_datetime(NOW - dt.timedelta(days=10), usegmt=True), dt.timedelta(0)),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
    ],
)
def test_a_wish_to_be_left_alone_is_obeyed_for_up_to_an_hour(header: str, pause: dt.timedelta | None) -> None:
    assert asked_pause(header, now=NOW) == pause
    assert judge(429, {"retry-after": header}, now=NOW).pause == pause


@given(st.text(max_size=60))
def test_no_header_breaks_the_reading(header: str) -> None:
    pause = asked_pause(header, now=NOW)
    assert pause is None or dt.timedelta(0) <= pause <= LONGEST_ASKED_PAUSE


def test_a_server_is_left_alone_ever_longer_once_it_keeps_failing() -> None:
    assert [open_for(failures, failing_days=1) for failures in range(FAILURES_TO_OPEN)] == [None] * FAILURES_TO_OPEN
    pauses = [open_for(failures, failing_days=1) for failures in range(FAILURES_TO_OPEN, 40)]
    assert all(pauses)
    assert pauses == sorted(pause for pause in pauses if pause)
    assert pauses[-1] == LONGEST_OPEN


def test_after_seven_failing_days_a_server_is_asked_once_a_week() -> None:
    assert open_for(1, failing_days=DAYS_TO_REST) == REST == dt.timedelta(days=7)


def test_servers_are_told_apart_by_host_and_port() -> None:
    assert server_of("https://Far.Example/inbox") == "far.example"
    assert server_of("https://localhost:8001/inbox") == "localhost:8001"
