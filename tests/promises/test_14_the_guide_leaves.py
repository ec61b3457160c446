"""Promise 14: The guide leaves.

Every room has an end and a hand-over after which its founder has a member's rights. Alice, who opened the room, hands
it over to bob and then presses every button of every page, calls everything an app may call, and tries to stay.
"""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import Refusal
from speak.rooms import rules
from speak.rooms.actions import (
    accept_hosting,
    ask_to_host,
    begin_hand_over,
    carry_on,
    close_room,
    enter,
    leave_room,
    open_room,
)
from speak.rooms.actions.opening import RoomWords
from speak.rooms.models import Invitation, Membership, Opening, Room
from speak.voice.models import Post
from tests.operations.conftest import Speak
from tests.promises.doors import calls, forms_for, forms_on, undone
from tests.promises.house import House, app_of
from tests.rooms.meeting import say

Browser = Callable[[Actor | None], Client]
FOR_HOSTS = ("settings_of_room", "room_screen", "room_screen_notes", "room_screen_words", "room_screen_notes_parts")
DEEDS = ("begin", "close", "carry_on", "ask", "rest", "go_on", "end", "next", "draw", "open")


@pytest.fixture
def handed_over(house: House) -> House:
    """Bob hosts now; carol has come into the room, too."""
    enter(house.carol, room=house.room, invited_by=house.bob)
    ask_to_host(house.alice, room=house.room, member=house.bob)
    accept_hosting(house.bob, room=house.room)
    say(house.bob, house.room, "From now on I host it.")
    return house


def of_the_room(house: House) -> list[object]:
    """Everything a host decides about."""
    return [
        Room.objects.filter(pk=house.room.pk).values().get(),
        list(Opening.objects.filter(room=house.room).order_by("pk").values()),
        set(Membership.objects.filter(room=house.room).exclude(actor=house.alice).values_list("actor", "left_at")),
    ]


def paths_of_room(house: House) -> dict[str, str]:
    """The pages of the room."""
    return {name: path for name, path in house.paths.items() if f"/{house.room.pk}" in path}


def buttons(browser: Client, house: House) -> set[tuple[str, str, tuple[str, str]]]:
    """Everything somebody can press on the pages of the room."""
    found = set()
    for name, path in paths_of_room(house).items():
        answer = browser.get(path)
        if answer.status_code == 200:
            forms = forms_on(answer.content.decode())
            found |= {
                (name, form.action, button) for form in forms for button in form.buttons if "/said/" not in form.action
            }
    return found


def test_after_it_the_founder_can_press_what_any_member_can(handed_over: House, browser_of: Browser) -> None:
    founder, member = browser_of(handed_over.alice), browser_of(handed_over.carol)
    host = buttons(browser_of(handed_over.bob), handed_over)
    own = ("take_invitation_back", "invite_to_room")  # whom one has asked, one may stop asking

    def without_own(found: set[tuple[str, str, tuple[str, str]]]) -> set[tuple[str, str, tuple[str, str]]]:
        kept = {each for each in found if each[0] not in own}
        # Whom one may answer differs by who said what.
        return {(page, address, (name, value.partition("-")[0])) for page, address, (name, value) in kept}

    assert without_own(buttons(founder, handed_over)) == without_own(buttons(member, handed_over))
    assert host - buttons(founder, handed_over)
    for name in FOR_HOSTS:
        path = handed_over.paths[name]
        assert founder.get(path).status_code == member.get(path).status_code != 200, path


def test_no_button_of_any_page_gives_the_room_back_to_its_founder(handed_over: House, browser_of: Browser) -> None:
    founder, before, pressed = browser_of(handed_over.alice), of_the_room(handed_over), 0
    for address, form, (name, value) in forms_for(founder, paths_of_room(handed_over)):
        with undone(founder):
            founder.post(address, form.filled("Mine again.", **({name: value} if name else {})))
            pressed += 1
            if "/leave" not in address:
                assert of_the_room(handed_over) == before, f"{address} {name}={value}"
    assert pressed


def test_no_form_made_by_hand_does_either(handed_over: House, browser_of: Browser) -> None:
    founder, before = browser_of(handed_over.alice), of_the_room(handed_over)
    given = {"member": str(handed_over.alice.pk), "weeks": "12", "name": "Mine", "purpose": "To stay.", "place": "1"}
    for path in paths_of_room(handed_over).values():
        if not path.endswith("/leave"):
            for do in (*DEEDS, "accept"):
                with undone(founder):
                    founder.post(path, {"do": do, "act": do, **given})
                    assert of_the_room(handed_over) == before, f"{path} {do}"


def test_no_app_and_no_command_does_either(handed_over: House, speak: Speak) -> None:
    app, before = app_of(handed_over.alice), of_the_room(handed_over)
    stands_for = {**handed_over.stands_for, "api:post_id": handed_over.room_post.pk}
    for method, path in calls(stands_for):
        if method != "GET":
            with undone(app):
                app.generic(
                    method, path, json.dumps({"host": str(handed_over.alice.pk)}), content_type="application/json"
                )
                assert of_the_room(handed_over) == before, f"{method} {path}"
    assert "room" not in speak("--help").output.lower().replace("rooms", "")


@pytest.mark.parametrize("weeks", ["0", "-3", "", "27", "9999", "never"])
def test_no_room_opens_without_an_end(house: House, browser_of: Browser, weeks: str) -> None:
    before = Room.objects.count()
    given = {"name": "For ever", "purpose": "To stay.", "cap": "8", "weeks": weeks}
    browser_of(house.alice).post("/rooms/new", given)
    assert Room.objects.count() == before
    browser_of(house.alice).post("/rooms/new", {**given, "weeks": "26"})
    made = Room.objects.latest("pk")
    assert made.name == "For ever"
    assert made.ends_at <= clock.now() + dt.timedelta(weeks=rules.MOST_WEEKS, days=1)


def test_every_room_there_is_has_one(house: House) -> None:
    assert not Room._meta.get_field("ends_at").null  # noqa: SLF001 - Django's documented way to look at models
    for weeks in (0, rules.MOST_WEEKS + 1):
        with pytest.raises(Refusal):
            open_room(house.alice, words=RoomWords("For ever", "To stay."), weeks=weeks)


def test_at_its_end_nothing_more_is_said_in_it_but_what_each_takes_along(house: House, browser_of: Browser) -> None:
    begin_hand_over(house.alice, room=house.room)
    close_room(house.alice, room=house.room)
    said = Post.objects.count()
    for actor in (house.alice, house.bob):
        browser_of(actor).post("/compose", {"words": "One more.", "audience": f"room-{house.room.pk}", "do": "say"})
    assert Post.objects.count() == said
    assert Invitation.objects.filter(room=house.room).exists()
    with pytest.raises(Refusal):
        carry_on(house.alice, room=house.room, weeks=4)


def test_a_founder_never_gives_their_own_room_another_end(house: House, browser_of: Browser) -> None:
    founder, end = browser_of(house.alice), house.room.ends_at
    for do in ("carry_on", "begin", "carry_on"):
        founder.post(f"/rooms/{house.room.pk}/hand-over", {"do": do, "weeks": "12"})
    house.room.refresh_from_db()
    assert house.room.ends_at == end


def test_when_the_founder_walks_away_the_room_stays_with_its_people(house: House) -> None:
    leave_room(house.alice, room=house.room, takes_words=False)
    house.room.refresh_from_db()
    assert house.room.host == house.bob
    assert rules.next_host([house.alice.pk, house.bob.pk], leaving=house.alice.pk) == house.bob.pk
