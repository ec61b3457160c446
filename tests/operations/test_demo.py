"""The invented organisation of `speak demo`: whole, marked as invented, and owed to nobody."""

import asyncio
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from click import ClickException
from django.test import Client
from pytest_django import Settings

from speak.federation.models import Delivery
from speak.identity.models import Actor
from speak.identity.queries import actor_called
from speak.kernel import clock
from speak.kernel.errors import NotAllowed
from speak.kernel.outbound import Bounds, Call, Door, Purpose, Unreachable
from speak.operations.commands.demo import begin_anew
from speak.operations.demo import fill
from speak.rooms.models import FirstWords
from speak.rooms.queries import rooms_of
from speak.voice.queries import looks_at
from speak.web.pages.demo import link_for
from tests import makers


@pytest.mark.django_db
def test_first_words_are_answered_but_those_that_wait_for_the_host() -> None:
    fill()
    waiting = FirstWords.objects.filter(answered_at=None, room__gt=0)
    assert [first.author.handle for first in waiting] == ["jana"]


@pytest.mark.django_db
def test_it_shows_a_room_that_has_ended_a_draft_with_a_question_and_owes_nothing_to_other_servers() -> None:
    fill()
    lena, paul = actor_called(None, "lena"), actor_called(None, "paul")
    assert [room.name for room in rooms_of(lena) if room.closed_at] == ["The pipe in Ferry Street"]
    assert [look.questions.count() for look in looks_at(lena)] == [1]
    assert paul.created_at < clock.now() - dt.timedelta(days=16)
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_where_people_live_nothing_is_made() -> None:
    makers.person("alice")
    with pytest.raises(NotAllowed):
        fill()
    assert actor_called(None, "alice").name == "Alice"


@pytest.mark.django_db
def test_every_page_says_that_it_is_invented(settings: Settings, browser_of: Callable[[Actor | None], Client]) -> None:
    settings.SPEAK_DEMO = True
    fill()
    maria = browser_of(actor_called(None, "maria"))
    for page in ("/", "/rooms", "/organisation", "/stories", "/window", "/guide", "/practices", "/@tom", "/nowhere"):
        shown = maria.get(page).content.decode()
        assert "This place is invented" in shown, page
        assert "noindex" in shown, page


def test_a_link_makes_one_somebody_invented_only_in_a_demonstration(
    settings: Settings, alice: Actor, browser_of: Callable[[Actor | None], Client]
) -> None:
    visitor, link = browser_of(None), link_for(alice.handle)
    assert visitor.get(link).status_code == 404
    settings.SPEAK_DEMO = True
    assert visitor.get(f"{link}x").status_code == 404
    assert visitor.get(link).status_code == 302
    assert "/@alice" in visitor.get("/").content.decode()


def test_a_door_that_is_shut_calls_nobody() -> None:
    async def call() -> None:
        async with Door(bounds=Bounds(is_shut=True)) as door:
            await door.send(Call("GET", "https://far.example/", purpose=next(iter(Purpose))))

    with pytest.raises(Unreachable, match="calls no other"):
        asyncio.run(call())


def test_a_second_demonstration_begins_anew_and_another_folder_is_left_alone(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    begin_anew(ours)
    (ours / "speak.sqlite3").touch()
    begin_anew(ours)
    assert not (ours / "speak.sqlite3").exists()
    theirs.mkdir()
    (theirs / "speak.sqlite3").touch()
    with pytest.raises(ClickException):
        begin_anew(theirs)
    assert (theirs / "speak.sqlite3").exists()
