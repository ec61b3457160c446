"""Promise 2: Who asks goes first.

Nobody may open a room for others, or invite, who has not spoken and answered in one. A host does each practice before
it opens to the room. Each refusal is followed by the same request of somebody who has gone first, and that is taken.
"""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity.actions import ProfileWords, write_profile
from speak.identity.models import Actor
from speak.operations.commands.main import COMMANDS
from speak.rooms.models import Invitation, Membership, Opening, Room, Step, StepState
from tests.federation.far import FarServer, does
from tests.makers import answer, far_person
from tests.operations.conftest import Speak
from tests.promises.doors import calls, forms_for, undone
from tests.promises.house import House, app_of

Browser = Callable[[Actor | None], Client]
ROOM = {"name": "Thursday table", "purpose": "To say what we think.", "cap": "5", "weeks": "4"}
ASKED = {"name": "Frank", "reason": "You wonder about things."}
COMMANDS_ABOUT_ROOMS = {"room", "rooms", "invite", "invitation", "member"}


def counted() -> tuple[int, ...]:
    """All that only somebody who went first brings about."""
    return tuple(model.objects.count() for model in (Room, Invitation, Membership, Opening))


def has_profile(actor: Actor) -> None:
    """They have said who they are; that alone is not enough."""
    write_profile(actor, words=ProfileWords(name=actor.called, aim="To be heard."))


def test_nobody_opens_a_room_by_its_form_before_they_have_spoken_and_answered(
    house: House, browser_of: Browser
) -> None:
    for actor in (house.bob, house.carol, house.olga):
        has_profile(actor)
        refused = browser_of(actor).post("/rooms/new", ROOM)
        assert refused.status_code == 403, actor
        assert Room.objects.count() == 1
    answer(house.bob, house.room_post)
    assert browser_of(house.bob).post("/rooms/new", ROOM).status_code == 302
    assert Room.objects.get(name="Thursday table").host == house.bob


def test_nobody_asks_others_in_by_its_form_before_they_have_spoken_and_answered(
    house: House, browser_of: Browser
) -> None:
    has_profile(house.bob)
    path, browser, before = f"/rooms/{house.room.pk}/invite", browser_of(house.bob), Invitation.objects.count()
    refused = browser.post(path, ASKED)
    assert (refused.status_code, Invitation.objects.count()) == (403, before)
    assert "Answer somebody in a room first." in refused.content.decode()
    answer(house.bob, house.room_post)
    assert browser.post(path, ASKED).status_code == 200
    assert Invitation.objects.get(name="Frank").invited_by == house.bob


def test_no_form_of_any_page_opens_or_asks_for_who_has_not_gone_first(house: House, browser_of: Browser) -> None:
    has_profile(house.bob)
    browser, before = browser_of(house.bob), counted()
    for address, form, (name, value) in forms_for(browser, house.paths):
        with undone(browser):
            browser.post(address, form.filled("Frank", **ROOM, **({name: value} if name else {})))
            after = counted()
        assert (after[0], after[1], after[3]) == (before[0], before[1], before[3]), f"{address} {name}={value}"


def test_no_call_of_an_app_opens_a_room_or_asks_anybody_in(house: House) -> None:
    app, before = app_of(house.bob), counted()
    for method, path in calls(house.stands_for):
        if method != "GET":
            with undone(app):
                given = {**ROOM, **ASKED, "room": house.room.pk, "room_id": house.room.pk, "status": "Come in."}
                app.generic(method, path, json.dumps(given), content_type="application/json")
                assert counted() == before, f"{method} {path}"


def test_a_step_does_not_open_to_the_room_before_its_host_has_done_it(house: House, browser_of: Browser) -> None:
    browser, met = browser_of(house.alice), set()
    pages = {name: path for name, path in house.paths.items() if path.startswith(house.room.path)}
    forms = list(forms_for(browser, pages))
    assert any("screen/act" in address for address, _, _ in forms)
    for address, form, (name, value) in forms:
        with undone(browser):
            browser.post(address, form.filled("", **({name: value} if name else {})))
            done = set(Step.objects.filter(actor=house.alice, state=StepState.TRIED).values_list("practice", flat=True))
            opened = set(Opening.objects.values_list("practice", flat=True))
            assert opened <= done, f"{address} {name}={value}"
            met |= opened
    assert met, "one button says that the host has done it, and then it opens"


@pytest.mark.parametrize("kind", ["Invite", "Join", "Add", "Offer", "Accept"])
def test_no_other_server_opens_or_enters_a_room(far: FarServer, house: House, kind: str, browser_of: Browser) -> None:
    erin, before = far_person("erin"), counted()
    room = f"https://home.example/rooms/{house.room.pk}"
    far.post(erin, does(erin, kind, erin.uri, name="in", target=room, to=[house.alice.uri]))
    far.post(erin, does(erin, kind, room, name="in-2", target=house.carol.uri, to=[house.carol.uri]))
    assert counted() == before


def test_no_command_opens_a_room_or_asks_anybody_in(speak: Speak, written: Callable[[object], str]) -> None:
    assert "seed" in COMMANDS
    assert not set(COMMANDS) & COMMANDS_ABOUT_ROOMS
    for name in ("rooms", "invitations", "memberships", "programmes"):
        done = speak("seed", written({name: [ROOM]}))
        assert done.exit_code == 1
        assert "unknown field" in done.stderr
    assert counted() == (0, 0, 0, 0)
