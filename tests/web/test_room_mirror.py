"""A room's mirror on its page: alike for its members, nothing for others, nobody's figure; and staying out of it."""

import datetime as dt
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from speak.identity.actions import let_run_server
from speak.identity.models import Actor
from speak.identity.queries import objecting
from speak.mirror.keeping import alone
from speak.mirror.of_room import keeping_here, month_before
from speak.rooms.models import Membership, Room
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers
from tests.web.reading import text_of

Browser = Callable[[Actor | None], Client]
FEWER = "Fewer than ten people of this room are counted."


@pytest.fixture
def people(db: None) -> list[Actor]:
    """Twelve people."""
    return [makers.person(f"person{number}", name=f"Robin Number{number}") for number in range(12)]


@pytest.fixture
def room(people: list[Actor]) -> Room:
    """A room in which all of them spoke last month, and every other one was answered."""
    made = makers.room(people[0], *people[1:])
    said = [publish_post(who, words=Words("Here I am."), audience=Audience(Reach.ROOM, room=made.pk)) for who in people]
    for place in range(0, 12, 2):
        makers.answer(people[place + 1], said[place])
    first, _until = month_before(timezone.now())
    Membership.objects.update(joined_at=first)
    Post.objects.update(said_at=first + dt.timedelta(days=2))
    return made


def test_everybody_in_it_sees_the_same_and_nobody_by_name(people: list[Actor], room: Room, browser_of: Browser) -> None:
    pages = [text_of(browser_of(who).get(f"/rooms/{room.pk}/mirror")) for who in people[:3]]
    shown = [page.partition("<h1>")[2].partition("</main>")[0] for page in pages]
    assert "Of those who spoke, 50\u00a0% were answered at least once." in shown[0]
    assert shown[0] == shown[1] == shown[2]
    assert "What was read, shown and left out" in shown[0]
    assert not [who for who in people if who.name in shown[0] or who.handle in shown[0]]


def test_nobody_else_opens_it(people: list[Actor], room: Room, browser_of: Browser) -> None:
    olga = makers.person("olga")
    let_run_server(olga)
    assert browser_of(olga).get(f"/rooms/{room.pk}/mirror").status_code == 404
    assert browser_of(None).get(f"/rooms/{room.pk}/mirror").status_code == 302


def test_whoever_stays_out_is_gone_before_anything_is_counted(
    people: list[Actor], room: Room, browser_of: Browser
) -> None:
    browser = browser_of(people[1])
    assert browser.post("/mirror/counted", {"stays_out": "on"}).status_code == 302
    page = text_of(browser_of(people[0]).get(f"/rooms/{room.pk}/mirror"))
    assert "Of those who spoke, 45\u00a0% were answered at least once." in page
    assert people[1].name not in page
    assert 'name="stays_out"' in text_of(browser.get("/mirror/counted"))
    browser.post("/mirror/counted", {})
    assert not objecting().exists()


def test_who_stays_out_is_told_to_nobody(people: list[Actor], room: Room, browser_of: Browser) -> None:
    paths = (f"/rooms/{room.pk}/mirror", f"/rooms/{room.pk}/people", people[1].path, "/mirror/counted")

    def seen() -> list[str]:
        pages = [text_of(browser_of(people[0]).get(path)) for path in paths[1:]]
        return [page.partition("<main")[2].partition("csrfmiddlewaretoken")[0] for page in pages]

    before = seen()
    browser_of(people[1]).post("/mirror/counted", {"stays_out": "on"})
    assert seen() == before
    assert people[1].name not in text_of(browser_of(people[0]).get(paths[0]))


def test_while_it_is_made_nobody_else_waits(people: list[Actor], room: Room, browser_of: Browser) -> None:
    with alone(keeping_here().folder / str(room.pk)):
        answer = browser_of(people[0]).get(f"/rooms/{room.pk}/mirror")
    assert answer.status_code == 429
    assert "Look again in a moment." in text_of(answer)


def test_a_room_of_few_says_so_kindly(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = makers.room(alice, bob)
    assert FEWER in text_of(browser_of(bob).get(f"/rooms/{room.pk}/mirror"))


def test_a_month_in_which_nothing_was_said_says_so(people: list[Actor], room: Room, browser_of: Browser) -> None:
    Post.objects.update(said_at=timezone.now())
    page = text_of(browser_of(people[0]).get(f"/rooms/{room.pk}/mirror"))
    assert "Nobody said anything in it that month" in page


def test_one_sees_which_addresses_are_proven_to_be_ones_own(alice: Actor, browser_of: Browser) -> None:
    for email, is_verified in (("Alice@home.example", True), ("boss@home.example", False)):
        EmailAddress.objects.create(user=alice.user, email=email, verified=is_verified)
    page = text_of(browser_of(alice).get("/mirror/counted"))
    assert "alice@home.example" in page
    assert "boss@home.example" not in page
