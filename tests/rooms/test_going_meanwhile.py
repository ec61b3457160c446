"""Whoever leaves while something is being said reads nothing of it (promise 8), on two connections at once."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import connection, connections, transaction

from speak.identity.actions.leaving import leave
from speak.identity.models import Actor
from speak.rooms.actions import leave_room
from speak.rooms.models import Room
from tests import makers
from tests.rooms.test_members import readers, say

# In a file, SQLite lets one writer in after the other (tests/journeys); in memory it refuses the second.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="the database of these tests is in memory"),
]
LONG_ENOUGH_TO_LEAVE = 1.0


def goes(actor: Actor, room: Room) -> None:
    """Leave, on a connection of one's own."""
    try:
        leave_room(actor, room=room, takes_words=False)
    finally:
        connections.close_all()


@pytest.mark.parametrize("answers", [False, True])
def test_who_leaves_while_something_is_said_does_not_read_it(alice: Actor, bob: Actor, *, answers: bool) -> None:
    room = makers.room(alice, bob)
    asked = say(bob, room, "Does anybody know?")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            said = makers.answer(alice, asked) if answers else say(alice, room, "Between us.")
            leaving = pool.submit(goes, bob, room)
            wait([leaving], timeout=LONG_ENOUGH_TO_LEAVE)
        leaving.result(30)
    assert readers(said, alice, bob) == {"alice"}


def test_who_leaves_first_is_not_there_when_something_is_said(alice: Actor, bob: Actor) -> None:
    room = makers.room(alice, bob)

    def says() -> set[str]:
        try:
            return readers(say(alice, room, "Between us."), alice, bob)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            leave_room(bob, room=room, takes_words=False)
            saying = pool.submit(says)
            wait([saying], timeout=LONG_ENOUGH_TO_LEAVE)
        assert saying.result(30) == {"alice"}


def test_who_leaves_for_good_while_something_is_said_and_whoever_says_it_do_not_wait_for_each_other(
    alice: Actor, bob: Actor
) -> None:
    room = makers.room(alice, bob)

    def goes_for_good() -> None:
        try:
            leave(bob)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            said = say(alice, room, "Between us.")
            leaving = pool.submit(goes_for_good)
            wait([leaving], timeout=LONG_ENOUGH_TO_LEAVE)
        leaving.result(30)
    assert readers(said, alice, bob) == {"alice"}
