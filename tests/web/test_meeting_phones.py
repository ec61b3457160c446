"""Coming into a meeting by phone, and speaking in it: promises 4, 5, 6, 8 and 11 at the phones' pages."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from speak.identity.actions import block
from speak.identity.models import Actor, User
from speak.rooms.actions import (
    choose_programme,
    end_meeting,
    join_meeting,
    pause_room,
    resume_room,
    set_step,
    show_place,
)
from speak.rooms.models import Guest, Room, StepState
from speak.rooms.programmes import parse, shipped
from speak.rooms.queries import member_of, members_of
from speak.voice.actions import withdraw_post
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers
from tests.rooms.meeting import begun, say, show
from tests.web.reading import latest, text_of
from tests.web.test_meeting import seen

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor | None], Client]
BOX = re.compile(r'<textarea[^>]*\bname="([^"]+)"[^>]*>([^<]*)</textarea>')
MONTH = 30 * 24 * 60 * 60


def come_in(browser: Client, room: Room, **typed: str) -> Client:
    """Type the words of the screen, and a name."""
    browser.post(f"/here/{room.code}", {"name": "Nadia", **typed})
    return browser


def test_somebody_comes_in_with_a_name_and_nothing_else_and_is_signed_in_for_long(
    alice: Actor, browser_of: Browser
) -> None:
    room, phone = begun(alice), browser_of(None)
    answer = phone.post("/here", {"spoken": f" {room.code.upper().replace('-', '  ')} "})
    assert answer["Location"] == f"/here/{room.code}"
    page = seen(text_of(phone.get(answer["Location"])))
    for words in ("Tuesday table", "To say what we think.", "Alice hosts this room.", "what is said in it: Alice."):
        assert words in page
    assert 'name="password"' not in text_of(phone.get(answer["Location"]))
    answer = phone.post(f"/here/{room.code}", {"name": "Nadia"})
    assert answer["Location"] == f"{room.path}/now"
    assert answer.cookies["speak_session"]["max-age"] >= MONTH
    assert "You are in." in text_of(phone.get(f"{room.path}/now"))
    assert [member.called for member in members_of(room)] == ["Alice", "Nadia"]


def test_whether_ones_words_are_shown_is_asked_unticked_and_no_is_no(alice: Actor, browser_of: Browser) -> None:
    room = begun(alice)
    asked = text_of(browser_of(None).get(f"/here/{room.code}"))
    assert "may appear on the screen in front of everyone" in asked
    box = re.search(r"<input[^>]*is_shown[^>]*>", asked)
    assert box
    assert "checked" not in box[0]
    phone = come_in(browser_of(None), room)
    nadia = Guest.objects.get().actor
    assert not member_of(nadia, room).is_shown
    assert "does not appear on the shared screen" in text_of(phone.get(f"{room.path}/now"))
    phone.post(f"{room.path}/now", {"do": "show"})
    assert member_of(nadia, room).is_shown
    assert "may also appear on the screen" in text_of(phone.get(f"{room.path}/now"))
    phone.post(f"{room.path}/now", {"do": "hide"})
    assert not member_of(nadia, room).is_shown
    come_in(browser_of(None), room, name="Ola", is_shown="on")
    assert member_of(Guest.objects.latest("pk").actor, room).is_shown


def test_somebody_signed_in_comes_in_as_themselves(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room, browser = begun(alice), browser_of(bob)
    page = text_of(browser.get(f"/here/{room.code}"))
    assert "You come in as <b>Bob</b>" in page
    assert 'name="name"' not in page
    assert browser.post(f"/here/{room.code}", {"is_shown": "on"})["Location"] == f"{room.path}/now"
    assert members_of(room) == [alice, bob]
    assert browser.get(f"/here/{room.code}")["Location"] == f"{room.path}/now"
    assert User.objects.count() == 2


def test_wrong_words_are_said_kindly(alice: Actor, browser_of: Browser) -> None:
    begun(alice)
    answer = browser_of(None).post("/here", {"spoken": "tulip river moon"})
    assert answer.status_code == 422
    assert "No room opens with these words now." in text_of(answer)
    answer = browser_of(None).get("/here/tulip-river-moon")
    assert answer.status_code == 404
    assert 'name="spoken"' in text_of(answer)
    assert "Tuesday table" not in text_of(answer)


@pytest.mark.parametrize("code", ["%00", "a%00b", "%ff", "9" * 300, "..", "%2e%2e"])
def test_no_words_are_a_fault_of_ours(browser_of: Browser, code: str) -> None:
    assert browser_of(None).get(f"/here/{code}").status_code == 404
    assert browser_of(None).post("/here", {"spoken": code}).status_code in {404, 422}


def test_wrong_words_from_one_address_are_taken_so_often_and_right_ones_for_ever(
    alice: Actor, browser_of: Browser, settings: Settings
) -> None:
    cache.clear()
    settings.SPEAK_RATE_LIMITS = True
    room, browser = begun(alice), browser_of(None)
    for _ in range(100):
        assert browser.get(f"/here/{room.code}").status_code == 200
    answers = [browser.post("/here", {"spoken": "tulip river moon"}).status_code for _ in range(61)]
    assert answers == [422] * 60 + [429]
    declined = browser.get("/here/tulip-river-sun")
    assert declined.status_code == 429
    assert "Wait ten minutes" in text_of(declined)
    elsewhere = browser_of(None)
    elsewhere.defaults["REMOTE_ADDR"] = "2001:db8::1"
    assert elsewhere.get(f"/here/{room.code}").status_code == 200
    cache.clear()


def test_a_full_room_and_a_meeting_that_ended_say_so(alice: Actor, browser_of: Browser) -> None:
    room = begun(alice)
    Room.objects.filter(pk=room.pk).update(cap=2)
    come_in(browser_of(None), room)
    full = browser_of(None).get(f"/here/{room.code}")
    assert full.status_code == 409
    assert "There is no place left in this room." in text_of(full)
    assert "Ask Alice to open another one" in text_of(full)
    assert browser_of(None).post(f"/here/{room.code}", {"name": "Ola"}).status_code == 409
    assert len(members_of(room)) == 2
    code = room.code
    end_meeting(alice, room=room)
    ended = browser_of(None).get(f"/here/{code}")
    assert ended.status_code == 404
    assert "ask whoever hosts" in text_of(ended)


def test_promise_5_the_box_says_by_name_who_will_read_it(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = begun(alice, bob)
    phone = come_in(browser_of(None), room)
    assert "Only you, Alice and Bob can read this." in text_of(phone.get(f"{room.path}/now"))


def test_promise_4_what_is_said_and_answered_stays_in_the_room(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    room = begun(alice, bob)
    phone = come_in(browser_of(None), room)
    assert phone.post(f"{room.path}/now", {"do": "say", "words": "I wonder."})["Location"] == f"{room.path}/now"
    said = latest()
    assert (said.reach, said.room, said.source) == (Reach.ROOM, room.pk, "I wonder.")
    answered = browser_of(bob).post(f"{room.path}/now", {"do": f"answer-{said.pk}", f"answer-{said.pk}": "So do I."})
    assert answered.status_code == 302
    assert (latest().in_reply_to, latest().room, latest().reach) == (said, room.pk, Reach.ROOM)
    assert "So do I." in text_of(phone.get(f"{room.path}/now"))
    for path in (f"{room.path}/now", f"{room.path}/now/parts", said.path):
        assert browser_of(carol).get(path).status_code == 404
    assert browser_of(carol).post(f"{room.path}/now", {"do": "say", "words": "Let me in."}).status_code == 404
    assert not Post.objects.filter(author=carol).exists()


def test_words_from_elsewhere_are_not_answered_into_the_room(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = begun(alice, bob)
    elsewhere = makers.post(alice, "To everybody.")
    answer = browser_of(bob).post(
        f"{room.path}/now", {"do": f"answer-{elsewhere.pk}", f"answer-{elsewhere.pk}": "Into the room."}
    )
    assert answer.status_code == 422
    assert not Post.objects.filter(author=bob).exists()


def test_what_cannot_be_said_comes_back_with_its_words(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = begun(alice, bob)
    said = say(alice, room)
    browser = browser_of(bob)
    assert browser.post(f"{room.path}/now", {"do": "say", "words": " "}).status_code == 422
    withdraw_post(alice, post=said)
    other = say(alice, room, "Another one.")
    gone = browser.post(f"{room.path}/now", {"do": f"answer-{said.pk}", f"answer-{said.pk}": "Too late."})
    assert gone.status_code == 422
    long = browser.post(f"{room.path}/now", {"do": f"answer-{other.pk}", f"answer-{other.pk}": "x" * 5001})
    assert long.status_code == 422
    assert "x" * 5001 in text_of(long)
    pause_room(alice, room=room)
    rests = browser.post(f"{room.path}/now", {"do": "say", "words": "Into the silence."})
    assert rests.status_code == 422
    assert "This room rests." in text_of(rests)


def boxes(page: str) -> dict[str, str]:
    """What stands in each place to type."""
    return {name: words.strip() for name, words in BOX.findall(page) if words.strip()}


def test_whichever_button_is_pressed_nothing_that_was_typed_is_lost(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    room = begun(alice, bob)
    first, second = say(alice, room, "One."), say(alice, room, "Two.")
    phone = browser_of(bob)
    one, two = f"answer-{first.pk}", f"answer-{second.pk}"
    typed = {"words": "What I have been turning over", one: "I wonder\r\nwhy", two: "So do I."}
    for pressed in ("show", "hide"):
        page = text_of(phone.post(f"{room.path}/now", {"do": pressed, **typed}, follow=True))
        assert boxes(page) == {**typed, one: "I wonder\nwhy"}
    assert boxes(text_of(phone.post(f"{room.path}/now", {"do": two, **typed}, follow=True)))[one] == "I wonder\nwhy"
    assert latest().in_reply_to == second
    page = text_of(phone.post(f"{room.path}/now", {"do": "say", "words": "Said.", one: "I wonder"}, follow=True))
    assert boxes(page) == {one: "I wonder"}
    assert not boxes(text_of(phone.get(f"{room.path}/now"))), "kept for one page only"


def test_what_was_typed_to_words_that_are_taken_back_moves_to_the_place_to_write(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    room = begun(alice, bob)
    said = say(alice, room)
    browser = browser_of(bob)
    withdraw_post(alice, post=said)
    for pressed, status in ((f"answer-{said.pk}", 422), ("say", 422), ("show", 200)):
        typed = {"words": " " if pressed == "say" else "I wonder.", f"answer-{said.pk}": "Too late."}
        page = browser.post(f"{room.path}/now", {"do": pressed, **typed}, follow=True)
        assert page.status_code == status
        assert boxes(text_of(page))["words"].endswith("Too late.")


def test_what_was_typed_waits_while_the_room_rests(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = begun(alice, bob)
    browser = browser_of(bob)
    pause_room(alice, room=room)
    browser.post(f"{room.path}/now", {"do": "say", "words": "Into the silence."})
    assert "This room rests." in text_of(browser.get(f"{room.path}/now"))
    resume_room(alice, room=room)
    assert boxes(text_of(browser.get(f"{room.path}/now")))["words"] == "Into the silence."


def test_who_is_not_answered_yet_stands_first_and_then_no_more(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = begun(alice, bob)
    first, second = say(bob, room, "First."), None
    makers.answer(alice, first)
    nadia = join_meeting(room.code, name="Nadia", is_shown=False)
    second = say(nadia, room, "Second.")
    third = say(bob, room, "Third.")
    page = text_of(browser_of(alice).get(f"{room.path}/now"))
    order = re.findall(r'id="post-(\d+)"', page)
    assert order.index(str(second.pk)) < order.index(str(third.pk)) < order.index(str(first.pk))
    assert "Waiting for an answer: Nadia , Bob" in seen(page)
    makers.answer(alice, second)
    makers.answer(alice, third)
    assert "Waiting for an answer" not in text_of(browser_of(alice).get(f"{room.path}/now"))


def test_the_phone_follows_the_screen_and_hears_what_is_new_once(alice: Actor, browser_of: Browser) -> None:
    room = begun(alice)
    phone = come_in(browser_of(None), room)
    state = re.search(r'data-state="(\w+)"', text_of(phone.get(f"{room.path}/now")))
    assert state
    assert phone.get(f"{room.path}/now/parts", {"after": state[1]}).status_code == 204
    show(alice, room, 1)
    fresh = phone.get(f"{room.path}/now/parts", {"after": state[1]})
    assert "Finish the sentence." in text_of(fresh)
    assert "eight minutes" in text_of(fresh)
    state = re.search(r'data-state="(\w+)"', text_of(fresh))
    assert state
    assert phone.get(f"{room.path}/now/parts", {"after": state[1]}).status_code == 204


def test_the_twelve_weeks_begin_in_the_meeting_with_the_steps_of_the_first_room(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    room = choose_programme(alice, room=begun(alice, bob), programme=shipped()["twelve-weeks"])
    show_first = [entry.practice for entry in shipped()["first-room"].entries]
    for place, practice in enumerate(show_first):
        set_step(alice, practice=practice.slug, state=StepState.TRIED)
        show_place(alice, room=room, place=place)
        assert practice.title in text_of(browser_of(bob).get(f"{room.path}/now"))


def test_nobody_is_sent_off_to_do_for_themselves_what_is_for_a_room(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    for_room = parse('title = "Two"\n[[practice]]\nslug = "small-circle"\n[[practice]]\nslug = "read-it-aloud"\n')
    room = choose_programme(alice, room=begun(alice, bob), programme=for_room)
    offered = []
    for place, entry in enumerate(for_room.entries):
        set_step(alice, practice=entry.practice.slug, state=StepState.TRIED)
        show_place(alice, room=room, place=place)
        offered.append("Do it here, for yourself" in text_of(browser_of(bob).get(f"{room.path}/now")))
    assert offered == [False, True]


def test_whom_one_was_drawn_to_meet_stands_there_by_name(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = begun(alice, bob)
    show(alice, room, 0)
    browser_of(alice).post(f"{room.path}/screen/act", {"do": "pairs"})
    assert "You are with Bob" in seen(text_of(browser_of(alice).get(f"{room.path}/now")))
    assert "You are with Alice" in seen(text_of(browser_of(bob).get(f"{room.path}/now")))


def test_promise_6_no_number_is_on_a_phone(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = begun(alice, bob)
    pages = [text_of(browser_of(None).get(f"/here/{room.code}")), text_of(browser_of(None).get("/here"))]
    for name in ("Nadia", "Ola", "Sam"):
        guest = join_meeting(room.code, name=name, is_shown=True)
        makers.answer(bob, say(guest, room))
    show(alice, room, 2)
    pages += [text_of(browser_of(viewer).get(f"{room.path}/now")) for viewer in (alice, bob)]
    for page in pages:
        assert not re.search(r"\d", seen(page))


def test_promise_15_whom_one_blocks_is_not_heard_in_the_meeting(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = begun(alice, bob)
    nadia = join_meeting(room.code, name="Nadia", is_shown=True)
    say(nadia, room, "You again.")
    assert "You again." in text_of(browser_of(bob).get(f"{room.path}/now"))
    block(bob, blocked=nadia)
    assert "You again." not in text_of(browser_of(bob).get(f"{room.path}/now"))
