"""A room's own mirror: alike for all in it, nothing for anybody else, nothing about fewer than ten."""

import datetime as dt
from pathlib import Path

import pytest

from speak.identity.models import Actor
from speak.mirror.of_room import Keeping, month_before, room_mirror
from speak.mirror.report import Report
from speak.rooms.errors import NotInRoom
from speak.rooms.models import Membership, Room
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers

SHOWN_BEFORE = "not shown: beside an earlier report it would say too much about a few"
# The month after the one in which all of it is said.
NOW = (dt.datetime.now(dt.UTC).replace(day=1) + dt.timedelta(days=40)).replace(day=2)


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


def seen(viewer: Actor, room: Room, folder: Path, *, objecting: frozenset[int] = frozenset()) -> Report:
    report = looked(viewer, room, folder, objecting=objecting)
    assert report is not None
    return report


def looked(
    viewer: Actor, room: Room, folder: Path, *, objecting: frozenset[int] = frozenset(), now: dt.datetime = NOW
) -> Report | None:
    keeping = Keeping(folder, key=b"of nobody")
    return room_mirror(viewer, room.pk, keeping=keeping, objecting=objecting, now=now)


def share_heard(report: Report) -> int | None:
    (heard,) = (finding for finding in report.findings if finding.name == "heard")
    return heard.figures[0].percent


def test_all_in_it_see_the_same_and_it_names_nobody(people: list[Actor], room: Room, tmp_path: Path) -> None:
    first = seen(people[0], room, tmp_path)
    assert share_heard(first) == 50
    assert all(seen(who, room, tmp_path) == first for who in people[1:4])
    assert not [who for who in people if str(who.pk) in repr(first) or who.handle in repr(first)]


def test_nobody_else_sees_it_whoever_they_are(alice: Actor, room: Room, tmp_path: Path) -> None:
    with pytest.raises(NotInRoom):
        seen(alice, room, tmp_path)


def test_of_a_small_room_nothing_is_shown(people: list[Actor], room: Room, own_data: Path) -> None:
    leaving = [who.pk for who in people[3:]]
    Membership.objects.filter(room=room, actor__in=leaving).update(left_at=month_before(NOW)[0])
    assert looked(people[0], room, own_data) is None
    assert not list(own_data.iterdir())


def test_who_asked_not_to_be_counted_is_not(people: list[Actor], room: Room, tmp_path: Path) -> None:
    # Five of eleven: who was answered by the one who left is not, and they themselves are not there.
    assert share_heard(seen(people[0], room, tmp_path, objecting=frozenset({people[1].pk}))) == 45


def test_who_objects_after_it_was_made_takes_along_what_a_comparison_would_tell(
    people: list[Actor], room: Room, tmp_path: Path
) -> None:
    assert share_heard(seen(people[0], room, tmp_path)) == 50
    later = seen(people[0], room, tmp_path, objecting=frozenset({people[1].pk}))
    assert share_heard(later) is None
    assert ("Who is heard: answered at least once", SHOWN_BEFORE) in later.record.withheld


def test_two_looks_at_one_month_cannot_be_compared(people: list[Actor], room: Room, tmp_path: Path) -> None:
    first = seen(people[0], room, tmp_path)
    Post.objects.filter(author=people[1]).update(withdrawn_at=NOW)
    assert seen(people[0], room, tmp_path) == first


def test_staying_out_and_not_any_more_shows_the_first_again(people: list[Actor], room: Room, tmp_path: Path) -> None:
    """Else whoever does so every hour could compare what changed meanwhile."""
    first = seen(people[0], room, tmp_path)
    seen(people[0], room, tmp_path, objecting=frozenset({people[1].pk}))
    Post.objects.filter(author=people[3]).update(withdrawn_at=NOW)
    assert seen(people[0], room, tmp_path) == first


def test_this_month_is_not_shown_before_it_is_over(people: list[Actor], room: Room, tmp_path: Path) -> None:
    Post.objects.update(said_at=NOW)
    assert not [finding for finding in seen(people[0], room, tmp_path).findings if finding.few]


def test_the_next_month_stands_for_itself(people: list[Actor], room: Room, tmp_path: Path) -> None:
    seen(people[0], room, tmp_path)
    makers_of_next = [makers.answer(who, Post.objects.order_by("pk")[0]) for who in people]
    Post.objects.filter(pk__in=[post.pk for post in makers_of_next]).update(said_at=NOW)
    next_month = looked(people[0], room, tmp_path, now=NOW + dt.timedelta(days=31))
    assert next_month is not None
    assert next_month.first_on >= month_before(NOW)[1]


def test_it_is_made_once_and_one_ledger_is_kept(people: list[Actor], room: Room, tmp_path: Path) -> None:
    report = seen(people[0], room, tmp_path)
    kept = [path.name for path in (tmp_path / str(room.pk)).iterdir()]
    assert sorted(name.rpartition("-")[0] or name for name in kept) == [
        f"{month_before(NOW)[0]:%Y-%m}",
        "ledger",
        "lock",
    ]
    assert seen(people[1], room, tmp_path).record.made_at == report.record.made_at
