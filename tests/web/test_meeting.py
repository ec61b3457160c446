"""The shared screen and its host's notes, as pages: promises 2, 6, 8, 11 and 12 in a meeting."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from speak.identity.models import Actor
from speak.rooms.actions import agree_to_be_shown, draw_groups, join_meeting
from speak.rooms.models import Room, Step
from speak.rooms.queries import is_meeting
from speak.voice.actions import withdraw_post
from tests import makers
from tests.rooms.meeting import begun, prepared, say, show
from tests.web.reading import text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor | None], Client]


def seen(page: str) -> str:
    """What somebody reads on a page."""
    body = page.split("<body", 1)[-1].split(">", 1)[-1]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def press(browser: Client, room: Room, do: str, **more: str) -> str:
    """Press a button of the screen, and see where it leads."""
    return text_of(browser.post(f"{room.path}/screen/act", {"do": do, **more}, follow=True))


def test_a_host_leads_a_meeting_through_its_steps_from_the_screen_alone(alice: Actor, browser_of: Browser) -> None:
    room, browser = prepared(alice), browser_of(alice)
    assert "Begin the meeting" in text_of(browser.get(f"{room.path}/screen"))
    at_the_door = press(browser, room, "begin")
    room.refresh_from_db()
    assert "home.example/here" in at_the_door
    assert room.code.replace("-", " ") in at_the_door
    assert 'src="data:image/svg+xml' in at_the_door
    assert "In the room: Alice" in at_the_door
    for place, title in enumerate(("A wary round", "A sentence", "Answer somebody")):
        show(alice, room, place)
        assert f"<h1>{title}</h1>" in press(browser, room, "show", place=str(place))
    assert "<h1>A sentence</h1>" in press(browser, room, "back")
    assert "<h1>Answer somebody</h1>" in press(browser, room, "next")
    press(browser, room, "end")
    assert not is_meeting(Room.objects.get(pk=room.pk))


def test_promise_2_a_step_waits_on_the_screen_until_its_host_has_done_it(alice: Actor, browser_of: Browser) -> None:
    room, browser = begun(alice), browser_of(alice)
    declined = browser.post(f"{room.path}/screen/act", {"do": "next", "view": "way-in"})
    assert declined.status_code == 403
    assert "Whoever hosts goes first." in text_of(declined)
    assert "I have done this one myself" in text_of(declined)
    assert "A wary round</h1>" not in text_of(declined)
    assert "<h1>A wary round</h1>" in press(browser, room, "tried", place="0")
    assert Step.objects.get().actor == alice


def test_promise_2_nobody_begins_a_meeting_before_they_have_spoken(alice: Actor, browser_of: Browser) -> None:
    room = makers.room(alice)
    declined = browser_of(alice).post(f"{room.path}/screen/act", {"do": "begin"})
    assert declined.status_code == 403
    assert "Say something in a room first." in text_of(declined)
    assert "I have done this one myself" not in text_of(declined)


@pytest.mark.parametrize("path", ["", "/words", "/notes", "/notes/parts"])
def test_promise_8_the_screen_is_nobodys_but_the_hosts(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser, path: str
) -> None:
    room = begun(alice, bob)
    assert browser_of(alice).get(f"{room.path}/screen{path}").status_code == 200
    assert browser_of(bob).get(f"{room.path}/screen{path}").status_code == 403
    assert browser_of(carol).get(f"{room.path}/screen{path}").status_code == 404
    assert browser_of(None).get(f"{room.path}/screen{path}").status_code == 302
    assert browser_of(bob).post(f"{room.path}/screen/act", {"do": "end"}).status_code == 403
    assert browser_of(carol).post(f"{room.path}/screen/act", {"do": "end"}).status_code == 404


def test_the_words_of_those_who_agreed_appear_and_go_when_they_are_taken_back(
    alice: Actor, browser_of: Browser
) -> None:
    room, browser = begun(alice), browser_of(alice)
    show(alice, room, 0)
    nadia = join_meeting(room.code, name="Nadia", is_shown=True)
    ola = join_meeting(room.code, name="Ola", is_shown=False)
    said = say(nadia, room, "Nobody asks the night shift.")
    say(ola, room, "Not for the wall.")
    page = seen(text_of(browser.get(f"{room.path}/screen")))
    assert "Nobody asks the night shift." in page
    assert "Not for the wall." not in page
    assert "Nobody asks" not in seen(press(browser, room, "quiet"))
    assert "Nobody asks" in seen(press(browser, room, "loud"))
    agree_to_be_shown(nadia, room=room, agrees=False)
    assert "Nobody asks" not in seen(text_of(browser.get(f"{room.path}/screen")))
    agree_to_be_shown(nadia, room=room, agrees=True)
    withdraw_post(nadia, post=said)
    assert "Nobody asks" not in seen(text_of(browser.get(f"{room.path}/screen")))


def test_the_browser_of_the_screen_hears_what_is_new_once(alice: Actor, browser_of: Browser) -> None:
    room, browser = begun(alice), browser_of(alice)
    show(alice, room, 0)
    state = re.search(r'data-state="(\w+)"', text_of(browser.get(f"{room.path}/screen")))
    assert state
    words = f"{room.path}/screen/words"
    assert browser.get(words, {"after": state[1]}).status_code == 204
    nadia = join_meeting(room.code, name="Nadia", is_shown=True)
    say(nadia, room, "I wonder.")
    fresh = browser.get(words, {"after": state[1]})
    assert "I wonder." in text_of(fresh)
    state = re.search(r'data-state="(\w+)"', text_of(fresh))
    assert state
    assert browser.get(words, {"after": state[1]}).status_code == 204


def test_the_hosts_notes_are_not_on_the_screen(alice: Actor, browser_of: Browser) -> None:
    room, browser = begun(alice), browser_of(alice)
    show(alice, room, 0)
    nadia = join_meeting(room.code, name="Nadia", is_shown=False)
    say(nadia, room)
    notes = seen(text_of(browser.get(f"{room.path}/screen/notes")))
    for words in (
        "Begin with your own story.",
        "Not answered yet: Nadia.",
        "Next: A sentence",
        "Do it yourself before",
    ):
        assert words in notes
        assert words not in seen(text_of(browser.get(f"{room.path}/screen")))
    led = browser.post(f"{room.path}/screen/act", {"do": "tried", "place": "1", "from": "notes"})
    assert led["Location"] == f"{room.path}/screen/notes"
    assert "<h1>A sentence</h1>" in text_of(browser.get(f"{room.path}/screen"))


def test_pairs_are_drawn_and_stand_on_the_screen_as_names(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room, browser = prepared(alice, bob), browser_of(alice)
    show(alice, room, 0)
    assert "<li>Alice and Bob</li>" in press(browser, room, "pairs")
    draw_groups(alice, room=room, size=2, practice="a-sentence")
    show(alice, room, 1)
    assert "<li>Alice and Bob</li>" in text_of(browser.get(f"{room.path}/screen"))


def test_promise_6_no_number_is_on_the_screen(alice: Actor, browser_of: Browser) -> None:
    room, browser = begun(alice), browser_of(alice)
    for name in ("Nadia", "Ola", "Sam"):
        say(join_meeting(room.code, name=name, is_shown=True), room)
    pages = [text_of(browser.get(f"{room.path}/screen?view=way-in"))]
    for place, minutes in enumerate(("ten minutes", "eight minutes", "one minute")):
        show(alice, room, place)
        pages.append(text_of(browser.get(f"{room.path}/screen")))
        assert minutes in pages[-1]
    for page in pages:
        assert not re.search(r"\d", seen(page))


def test_a_room_without_a_programme_meets_all_the_same(alice: Actor, browser_of: Browser) -> None:
    room, browser = makers.room(alice), browser_of(alice)
    assert "Choose a programme" in text_of(browser.get(f"{room.path}/screen"))
    assert browser.post(f"{room.path}/screen/act", {"do": "next"}).status_code == 422


@pytest.mark.parametrize(
    "form", [{}, {"do": "sing"}, {"do": "show"}, {"do": "show", "place": "9" * 30}, {"do": "tried", "place": "x"}]
)
def test_a_button_that_does_not_exist_is_declined(alice: Actor, browser_of: Browser, form: dict[str, str]) -> None:
    room = begun(alice)
    assert browser_of(alice).post(f"{room.path}/screen/act", form).status_code == 422


def test_the_screen_takes_as_many_queries_however_much_was_said(
    alice: Actor, browser_of: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    room, browser = begun(alice), browser_of(alice)
    show(alice, room, 0)
    for name in ("Nadia", "Ola", "Sam"):
        guest = join_meeting(room.code, name=name, is_shown=True)
        for number in range(5):
            say(guest, room, f"Word {number}")
    with django_assert_max_num_queries(16):
        browser.get(f"{room.path}/screen/words")
