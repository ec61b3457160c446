"""Promise 13: Replying comes before posting.

Home shows people awaiting an answer above the place to write. Wherever both stand on a page, whoever waits stands
first: at home, in a room, whatever was said since and whoever said it; and only an answer, or letting it rest, ends it.
"""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity.models import Actor
from speak.voice.reach import Reach
from tests.federation.far import FarServer, create, note
from tests.makers import answer, far_person, post, room
from tests.promises.doors import pages_for
from tests.promises.house import House
from tests.rooms.meeting import say

Browser = Callable[[Actor | None], Client]
ASKED = "What do you make of the harbor wall?"
WRITING = re.compile(r'<textarea[^>]*name="words"')
WAITING = re.compile(r'<section aria-labelledby="waiting"')
ANSWERING = re.compile(r'href="/compose\?answers=\d+"')


def place_to_write(page: str) -> int:
    """Where on a page it begins."""
    found = WRITING.search(page)
    assert found
    return found.start()


def home_of(browser: Client) -> str:
    """What stands at home."""
    return browser.get("/").content.decode()


def asked_by_mention(alice: Actor, bob: Actor) -> None:
    """He calls her by name."""
    post(bob, f"@alice {ASKED}")


def asked_by_answer(alice: Actor, bob: Actor) -> None:
    """He answers her."""
    answer(bob, post(alice, "The tide is in."), ASKED)


def asked_among_few(alice: Actor, bob: Actor) -> None:
    """He speaks to her alone."""
    post(bob, ASKED, reach=Reach.NAMED, to=(alice,))


@pytest.mark.parametrize("ask", [asked_by_mention, asked_by_answer, asked_among_few])
def test_whoever_waits_stands_above_the_place_to_write_at_home(
    alice: Actor, bob: Actor, browser_of: Browser, ask: Callable[[Actor, Actor], None]
) -> None:
    ask(alice, bob)
    for number in range(25):
        post(bob, f"Something else, number {number}.", reach=Reach.HERE)
    page = home_of(browser_of(alice))
    assert page.index(ASKED) < place_to_write(page)
    answering = ANSWERING.search(page)
    assert answering
    assert answering.start() < place_to_write(page)
    assert place_to_write(page) < page.index("Something else")


def test_words_from_another_server_stand_above_it_too(
    far_and_pages: FarServer, alice: Actor, browser_of: Browser
) -> None:
    dora = far_person("dora")
    tag = {"type": "Mention", "href": alice.uri, "name": f"@{alice.address}"}
    asked = note(dora, content=f"<p>{ASKED}</p>", tag=[tag], cc=[alice.uri])
    assert far_and_pages.post(dora, create(asked)).status == 202
    page = home_of(browser_of(alice))
    assert page.index(ASKED) < place_to_write(page)


def test_on_no_page_does_anybody_wait_below_a_place_to_write(house: House, browser_of: Browser) -> None:
    post(house.bob, f"@alice {ASKED}")
    met = set()
    for name, page in pages_for(browser_of(house.alice), house.paths):
        waits, writes = WAITING.search(page), WRITING.search(page)
        if waits:
            met.add(name)
            assert not writes or waits.start() < writes.start(), name
    assert "home" in met


def test_in_a_room_what_nobody_has_answered_stands_above_the_place_to_write(house: House, browser_of: Browser) -> None:
    say(house.bob, house.room, ASKED)
    page = browser_of(house.alice).get(f"/rooms/{house.room.pk}").content.decode()
    assert page.index("Nobody has answered yet") < page.index(ASKED) < place_to_write(page)


def test_first_words_stand_before_all_others_who_wait(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    post(carol, f"@alice {ASKED}")
    say(bob, room(alice, bob), "What I turn over is sleep.")
    page = home_of(browser_of(alice))
    assert page.index("What I turn over is sleep.") < page.index(ASKED) < place_to_write(page)


def test_looking_thanking_and_speaking_elsewhere_end_no_wait(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    asked = post(bob, f"@alice {ASKED}")
    browser = browser_of(alice)
    browser.get("/notifications")
    browser.get(asked.path)
    browser.post("/compose", {"words": "About the weather.", "audience": "60", "do": "say"})
    assert ASKED in home_of(browser)[: place_to_write(home_of(browser))]
    answer(alice, asked, "It holds.")
    assert not WAITING.search(home_of(browser))
