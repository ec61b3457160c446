"""However much there is to show, the pages around rooms ask the database as often."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from speak.identity.actions import ProfileWords, change_preferences, let_run_server
from speak.identity.models import Actor
from speak.rooms.actions import (
    StoryWords,
    agree_to_be_gathered,
    ask_for_week,
    found_organisation,
    open_window,
    speak_at_window,
    tell_story,
    write_story,
)
from speak.voice.actions import Words
from speak.voice.reach import Reach
from tests import makers

Browser = Callable[[Actor | None], Client]
pytestmark = pytest.mark.django_db
PAGES = (
    "/rooms",
    "/stories",
    "/organisation",
    "/window",
    "/practices",
    "/mirror",
    "/mirror/archives",
    "/mirror/counted",
)


@pytest.mark.parametrize("many", [1, 15])
def test_the_pages_around_rooms_take_a_bounded_number_of_queries(
    alice: Actor, browser_of: Browser, django_assert_max_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    let_run_server(alice)
    found_organisation(alice, handle="harbor", words=ProfileWords(name="Harbor", aim=""))
    window = open_window(alice, name="From the yard", sentence="Somebody else each week.")
    ask_for_week(alice, window=window, actor=alice, week=timezone.localdate())
    agree_to_be_gathered(alice, agrees=True)
    for number in range(many):
        other = makers.person(f"member{number}")
        change_preferences(other, approves_followers=False, is_listed=True)
        makers.room(alice, other, name=f"Room {number}")
        tell_story(alice, story=write_story(alice, words=StoryWords(f"Story {number}", "It was so.", Reach.HERE)))
        write_story(alice, words=StoryWords(f"Draft {number}", "It was so.", Reach.HERE))
        speak_at_window(alice, words=Words(f"Word {number}."))
        ask_for_week(alice, window=window, actor=other, week=timezone.localdate() + dt.timedelta(weeks=number + 1))
    browser = browser_of(alice)
    for page in PAGES:
        browser.get(page)
        with django_assert_max_num_queries(25):
            assert browser.get(page).status_code == 200
