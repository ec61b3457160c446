"""Moments in words."""

import datetime as dt

import pytest

from speak.web.templatetags.times import how_long_ago, in_words

NOON = dt.datetime(2026, 5, 14, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (dt.timedelta(seconds=59), "just now"),
        (dt.timedelta(minutes=1), "1 minute ago"),
        (dt.timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (dt.timedelta(hours=1), "1 hour ago"),
        (dt.timedelta(hours=23, minutes=59), "23 hours ago"),
        (dt.timedelta(days=1), "1 day ago"),
        (dt.timedelta(days=6, hours=23), "6 days ago"),
        (dt.timedelta(days=7), "May 7"),
        (dt.timedelta(days=200), "Oct. 26, 2025"),
    ],
)
def test_a_moment_is_said_as_people_say_it(ago: dt.timedelta, words: str) -> None:
    assert how_long_ago(NOON - ago, now=NOON) == words


def test_what_is_still_to_come_is_said_as_a_day() -> None:
    assert how_long_ago(NOON + dt.timedelta(hours=20), now=NOON) == "May 15"


def test_no_moment_is_no_words() -> None:
    assert in_words(None) == ""
