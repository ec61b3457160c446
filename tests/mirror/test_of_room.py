"""A room's own mirror: alike for all in it, nothing for anybody else, nothing about fewer than ten."""

import datetime as dt
from pathlib import Path

import pytest

from speak.identity.models import Actor
from speak.mirror.ledger import Ledger
from speak.mirror.looking import Report
from speak.mirror.of_room import room_mirror
from speak.rooms.errors import NotInRoom
from speak.rooms.models import Membership, Room
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers

NOW = dt.datetime.now(dt.UTC) + dt.timedelta(days=32)


@pytest.fixture
def people(db: None) -> list[Actor]:
    """Twelve people."""
    return [makers.person(f"person{number}") for number in range(12)]


@pytest.fixture
def room(people: list[Actor]) -> Room:
    """A room in which all of them spoke, and every other one was answered."""
    made = makers.room(people[0], *people[1:])
    said = [publish_post(who, words=Words("Here I am."), audience=Audience(Reach.ROOM, room=made.pk)) for who in people]
    for place in range(0, 12, 2):
        makers.answer(people[place + 1], said[place])
    return made


def seen(viewer: Actor, room: Room, folder: Path) -> Report:
    return room_mirror(viewer, room.pk, ledger=Ledger(folder / "ledger", key=b"of nobody"), now=NOW)


def test_all_in_it_see_the_same_and_it_names_nobody(people: list[Actor], room: Room, tmp_path: Path) -> None:
    first = seen(people[0], room, tmp_path)
    (heard,) = (finding for finding in first.findings if finding.name == "heard")
    assert heard.figures[0].percent == 50
    assert all(seen(who, room, tmp_path).findings == first.findings for who in people[1:4])
    assert not [who for who in people if str(who.pk) in repr(first) or who.handle in repr(first)]


def test_nobody_else_sees_it_whoever_they_are(alice: Actor, room: Room, tmp_path: Path) -> None:
    with pytest.raises(NotInRoom):
        seen(alice, room, tmp_path)


def test_of_a_small_room_nothing_is_shown(people: list[Actor], room: Room, tmp_path: Path) -> None:
    leaving = [who.pk for who in people[4:]]
    Membership.objects.filter(room=room, actor__in=leaving).update(left_at=NOW)
    report = seen(people[0], room, tmp_path)
    assert not [figure for finding in report.findings for figure in finding.figures if figure.people]


def test_who_asked_not_to_be_counted_is_not(people: list[Actor], room: Room, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger", key=b"of nobody")
    report = room_mirror(people[0], room.pk, ledger=ledger, objecting=frozenset({people[1].pk}), now=NOW)
    (heard,) = (finding for finding in report.findings if finding.name == "heard")
    # Five of eleven: who was answered by the one who left is not, and they themselves are not there.
    assert heard.figures[0].percent == 45


def test_this_month_is_not_shown_before_it_is_over(people: list[Actor], room: Room, tmp_path: Path) -> None:
    Post.objects.update(said_at=NOW)
    assert not [finding for finding in seen(people[0], room, tmp_path).findings if finding.few]
