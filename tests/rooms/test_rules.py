"""The promises of rooms as pure rules."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speak.rooms.rules import (
    Missing,
    Record,
    last_round_at,
    missing_to_invite,
    missing_to_open,
    next_host,
    readers_to_add,
    weeks_to_try_first,
    who_is_asked,
)

WHOLE = Record(has_profile=True, has_spoken=True, has_answered=True)
FLAGS = {Missing.PROFILE: "has_profile", Missing.SPOKEN: "has_spoken", Missing.ANSWERED: "has_answered"}


def test_who_has_spoken_and_answered_may_open_and_ask() -> None:
    assert missing_to_open(WHOLE, is_first_room=False) == []
    assert missing_to_invite(WHOLE, is_alone=False) == []


@pytest.mark.parametrize("missing", Missing)
def test_whoever_lacks_one_is_told_which(missing: Missing) -> None:
    record = Record(**{**dict.fromkeys(FLAGS.values(), True), FLAGS[missing]: False})
    assert missing_to_open(record, is_first_room=False) == [missing]
    assert missing_to_invite(record, is_alone=False) == [missing]


def test_the_first_room_of_a_server_is_opened_to_speak_in_it() -> None:
    assert missing_to_open(Record(has_profile=True), is_first_room=True) == []
    assert missing_to_open(Record(), is_first_room=True) == [Missing.PROFILE]


def test_whoever_has_nobody_to_answer_has_spoken_at_least() -> None:
    assert missing_to_invite(Record(has_profile=True), is_alone=True) == [Missing.SPOKEN]
    assert missing_to_invite(Record(has_profile=True, has_spoken=True), is_alone=True) == []


def test_a_week_that_waits_for_its_host_waits_for_every_earlier_one() -> None:
    assert weeks_to_try_first({1, 3}, range(1, 13), week=4) == [2]
    assert weeks_to_try_first({1, 2, 3}, range(1, 13), week=4) == []


@pytest.mark.parametrize(
    ("inviter", "host", "author", "day", "asked"),
    [(1, 2, 3, False, 1), (1, 2, 3, True, 2), (None, 2, 3, False, 2), (3, 2, 3, False, None), (1, 3, 3, True, None)],
)
def test_first_words_summon_the_inviter_then_the_host_never_their_author(
    inviter: int | None,
    host: int | None,
    author: int,
    day: bool,  # noqa: FBT001 - a table
    asked: int | None,
) -> None:
    assert who_is_asked(inviter=inviter, host=host, author=author, day_has_passed=day) == asked


def test_a_host_who_leaves_is_followed_by_whoever_was_there_longest() -> None:
    assert next_host([5, 6, 7], leaving=5) == 6
    assert next_host([5], leaving=5) is None


people = st.integers(1, 6)
posts = st.lists(st.tuples(people, st.none() | st.integers(0, 9)), max_size=10)


@given(said=posts, members=st.sets(people), consenting=st.sets(people), draw=st.data())
def test_nothing_opens_without_its_author_and_no_answer_wider_than_what_it_answers(
    said: list[tuple[int, int | None]], members: set[int], consenting: set[int], draw: st.DataObject
) -> None:
    rows = [
        (number, author, answered if answered is not None and answered < number else None)
        for number, (author, answered) in enumerate(said)
    ]
    readers = {number: draw.draw(st.sets(people)) for number, _, _ in rows}
    added = readers_to_add(rows, readers, consenting=consenting, members=members)
    after = {number: readers[number] | added.get(number, set()) for number, _, _ in rows}
    for number, author, answered in rows:
        if author not in consenting:
            assert after[number] == readers[number]
            continue
        assert after[number] - readers[number] <= members
        if answered is None:
            assert members <= after[number]
        else:
            assert after[number] - readers[number] <= after[answered]


@pytest.mark.parametrize(("weeks", "days_before"), [(26, 7), (12, 7), (2, 7), (1, 3.5)])
def test_the_last_round_begins_a_week_before_the_end_and_in_a_short_room_halfway(
    weeks: int, days_before: float
) -> None:
    opened_at = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
    ends_at = opened_at + dt.timedelta(weeks=weeks)
    assert last_round_at(opened_at=opened_at, ends_at=ends_at) == ends_at - dt.timedelta(days=days_before)
