"""The practices and programmes that ship: all there, in plain words, with their origin."""

import re

import pytest

from speak.kernel.errors import NotFound
from speak.rooms.catalogue import PARTS, practice, practices
from speak.rooms.practices import Practice, Tool, Who
from speak.rooms.programmes import minutes_of_week, shipped

TITLES = """
Look yourself up|Map where you live online|Say why you are right to be wary|Agree the words|Read for a week
Look again at last week|Draw who you learn from|Shelf profile|How to work with me|First sentence
Answer the one on your left|Ask what you do not know|What we talked about over lunch|Read it aloud|Who might read this?
Second pair of eyes|Sleep on it|Take one back|Five a day|Be the first answer|Thank in the open
Answer it where others can see|Introduce two people|Stay in a disagreement|Reach across|Weeknote|Show it half done
One small make|Two links and why|Small circle|Aim in a sentence|People for my aim|Three's company|Letter from later
The first room|One, two, four, all|Rounds with an object|Tell me about a time|No agenda|Random coffee|Surgery
Learn from someone junior|Show and sit on hands|Go to where they work|Home of your own|Join it up|One across the line
Answer a stranger|Your week at the window|Invite by name|Host the next|Take it all with you|What came of it
"""
FORBIDDEN = re.compile(
    r"\b(users?|contents?|engag\w*|adopt\w*|activat\w*|ROI|KPIs?|productiv\w*|scores?|streaks?)\b", re.IGNORECASE
)
EACH = pytest.mark.parametrize("each", practices().values(), ids=lambda each: each.slug)


def test_all_fifty_three_are_there_in_order() -> None:
    assert [each.number for each in practices().values()] == list(range(1, 54))
    assert [each.title for each in practices().values()] == re.split(r"[|\n]", TITLES.strip())
    assert {each.part for each in practices().values()} == set(PARTS)


@EACH
def test_each_says_what_to_do_and_where_it_comes_from(each: Practice) -> None:
    plain = each.title.lower().replace("'", "")
    assert each.slug == "-".join(re.findall(r"[a-z0-9]+", plain))
    assert 1 <= each.minutes <= 120
    assert each.origin
    assert 80 < len(each.prompt) < 700
    assert not FORBIDDEN.search(f"{each.title} {each.prompt} {each.host_note} {each.opening}")


@EACH
def test_each_page_has_what_it_needs(each: Practice) -> None:
    assert bool(each.page) == (each.tool == Tool.GO)
    assert not each.opening or each.tool == Tool.SAY
    assert each.tool != Tool.DRAW or each.who in {Who.PAIR, Who.THREE, Who.ROOM}
    assert each.goes_to == "self" or each.tool not in {Tool.WRITE, Tool.LOOK_UP, Tool.MAP, Tool.LETTER}


def test_a_practice_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotFound):
        practice("maturity-check")


def test_the_first_room_takes_seventy_five_minutes() -> None:
    entries = shipped()["first-room"].entries
    assert sum(entry.takes for entry in entries) == 75
    slugs = [entry.practice.slug for entry in entries]
    assert slugs.index("first-sentence") + 1 == slugs.index("answer-the-one-on-your-left")


def test_the_twelve_weeks_begin_with_the_first_room_step_by_step() -> None:
    first = [entry.practice.slug for entry in shipped()["twelve-weeks"].entries if entry.week == 1]
    assert first == [entry.practice.slug for entry in shipped()["first-room"].entries]
    assert minutes_of_week(shipped()["twelve-weeks"], 1) == 75


def test_a_week_asks_for_about_three_quarters_of_an_hour_except_where_there_is_a_room() -> None:
    weeks = {week: minutes_of_week(shipped()["twelve-weeks"], week) for week in range(1, 13)}
    assert {week for week, minutes in weeks.items() if not 40 <= minutes <= 50} == {1, 9, 12}


def test_the_inviting_week_waits_for_its_host() -> None:
    waiting = [entry for entry in shipped()["twelve-weeks"].entries if entry.opens_after_host]
    assert [(entry.practice.slug, entry.week) for entry in waiting] == [("invite-by-name", 8)]


def test_the_way_alone_needs_nobodys_permission() -> None:
    assert all(entry.practice.is_free for entry in shipped()["alone"].entries)
