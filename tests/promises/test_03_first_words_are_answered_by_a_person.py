"""Promise 3: First words are answered by a person.

A first post summons its inviter, privately and once; after a day, the host. Never a bot. Whether the words were said
on a page, by an app or outside a room, and whatever another server or the worker does.
"""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity.actions import join, make_join_link
from speak.identity.models import Actor, ActorKind, Notification, NotificationKind
from speak.kernel import clock, tasks
from speak.rooms.actions import ask_hosts, enter
from speak.rooms.models import FirstWords
from speak.rooms.queries import asked_to_answer
from speak.voice.models import Post
from tests.federation.far import FarServer, create, note
from tests.makers import PASSWORD, far_person, person, post
from tests.promises.doors import pages_for
from tests.promises.house import House, app_of

Browser = Callable[[Actor | None], Client]
# Pages that show what goes on; others explain what first words are.
SHOWN = ("home", "notifications", "room", "people_of_room", "room_now", "room_screen", "rooms", "profile")
WORDS = "I have never said this aloud."


def asked() -> list[str]:
    """Who is asked to answer, by handle."""
    rows = Notification.objects.filter(kind=NotificationKind.FIRST_WORDS)
    return sorted(rows.values_list("recipient__handle", flat=True))


def by_page(house: House, browser_of: Browser) -> None:
    """Carol types it in the room."""
    browser_of(house.carol).post("/compose", {"words": WORDS, "audience": f"room-{house.room.pk}", "do": "say"})


def by_app(house: House, _browser_of: Browser) -> None:
    """Carol says it by an app."""
    given = {"status": WORDS, "audience": {"kind": "room", "room_id": str(house.room.pk)}}
    app_of(house.carol).post("/api/v1/statuses", json.dumps(given), content_type="application/json")


@pytest.mark.parametrize("says", [by_page, by_app])
def test_the_inviter_alone_is_asked_and_after_a_day_the_host_each_once(
    house: House, says: Callable[[House, Browser], None], browser_of: Browser
) -> None:
    Notification.objects.all().delete()
    enter(house.carol, room=house.room, invited_by=house.bob)
    says(house, browser_of)
    said = Post.objects.get(author=house.carol)
    assert (said.source, said.room) == (WORDS, house.room.pk)
    assert asked() == ["bob"]
    says(house, browser_of)
    assert asked() == ["bob"]
    FirstWords.objects.update(said_at=clock.now() - dt.timedelta(days=1))
    assert (ask_hosts(), ask_hosts()) == (1, 0)
    assert asked() == ["alice", "bob"]


def test_nobody_else_sees_on_any_page_that_somebody_was_asked(house: House, browser_of: Browser) -> None:
    enter(house.carol, room=house.room, invited_by=house.bob)
    by_page(house, browser_of)
    sentence = "first words"
    bobs = " ".join(page for _, page in pages_for(browser_of(house.bob), {"home": "/", "told": "/notifications"}))
    assert sentence in bobs.lower()
    looked_at = {name: house.paths[name] for name in SHOWN}
    for actor in (house.alice, house.olga):
        for name, page in pages_for(browser_of(actor), looked_at):
            assert sentence not in page.lower(), (actor.handle, name)


@pytest.mark.django_db(transaction=True)  # the worker closes connections between its tasks
def test_whatever_the_worker_does_nothing_is_answered_by_itself(house: House, browser_of: Browser) -> None:
    enter(house.carol, room=house.room, invited_by=house.bob)
    by_page(house, browser_of)
    FirstWords.objects.update(said_at=clock.now() - dt.timedelta(days=40))
    before = Post.objects.count()
    ask_hosts()
    tasks.do_all()
    assert Post.objects.count() == before
    assert set(Post.objects.values_list("author__kind", flat=True)) == {ActorKind.PERSON}


def test_a_machine_elsewhere_does_not_answer_first_words_and_a_person_there_does(far: FarServer) -> None:
    alice, robot, dora = person("alice"), far_person("robot"), far_person("dora")
    Actor.objects.filter(pk=robot.pk).update(kind=ActorKind.SERVICE)
    erin = join(make_join_link(alice).rpartition("/")[2], handle="erin", name="Erin", password=PASSWORD)
    said = post(erin, WORDS)
    assert asked_to_answer(alice) == [said]
    far.post(robot, create(note(robot, "r", content="<p>Welcome!</p>", inReplyTo=said.uri, cc=[erin.uri])))
    assert asked_to_answer(alice) == [said]
    far.post(dora, create(note(dora, "d", content="<p>I know that well.</p>", inReplyTo=said.uri, cc=[erin.uri])))
    assert asked_to_answer(alice) == []
