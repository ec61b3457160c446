"""Promise 11: Nothing is compulsory.

Skipping is silent; no overdue lists; reading without speaking is legitimate. Somebody skips, declines, lets rest and
never says a word, and then everybody else's pages, an app, other servers and the command line are asked who noticed.
"""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from speak.federation.models import Activity
from speak.identity.actions import change_preferences
from speak.identity.models import Actor, Follow, FollowState, Notification
from speak.rooms.actions import enter, set_step
from speak.rooms.models import StepState
from speak.voice.models import Post
from tests.federation.far import FarServer, does
from tests.makers import far_person, post
from tests.operations.conftest import Speak
from tests.promises.doors import calls, kept, pages_for, seen_on
from tests.promises.house import House, app_of
from tests.rooms.meeting import STEPS, prepared, say

Browser = Callable[[Actor | None], Client]
PRESSING = re.compile(
    r"\boverdue\b|\bmissed\b|\bbehind\b|\blate\b|\breminders?\b|\bdeadline\b|\bmandatory\b|\bcompulsory\b|\bskipped\b"
    r"|\bhas not (yet )?(said|spoken|answered|done|tried)|\bhave not (yet )?(said|spoken|done|tried)"
    r"|\byou (must|have to)\b"
    r"|\bincomplete\b|\bunfinished\b|\bsilent (members?|people)\b|% (done|complete)|\b\d+ of \d+\b|\bstill to do\b",
    re.IGNORECASE,
)
KEEPS_AFTER = re.compile(r"overdue|missed|reminder|deadline|is_required|mandatory|skipped_at|nudge|absent|due_on")


def told(*, but: Actor) -> list[tuple[int, str, int]]:
    """Everything that awaits anybody else."""
    return list(Notification.objects.exclude(recipient=but).order_by("pk").values_list("recipient", "kind", "pk"))


@pytest.fixture
def carol_reads(house: House) -> House:
    """She has come into the room, and says nothing."""
    enter(house.carol, room=house.room, invited_by=house.bob)
    return house


def test_no_page_presses_anybody_who_has_never_said_a_word(carol_reads: House, browser_of: Browser) -> None:
    opened = set()
    for name, page in pages_for(browser_of(carol_reads.carol), carol_reads.paths):
        opened.add(name)
        found = PRESSING.search(seen_on(page)) if not name.startswith("guide") else None
        assert not found, (name, found)
    assert {"home", "room", "room_now", "profile", "post", "practices", "my_practices", "stories"} <= opened
    assert not Post.objects.filter(author=carol_reads.carol).exists()


def test_no_page_tells_a_host_or_whoever_runs_the_place_who_has_not_spoken(
    carol_reads: House, browser_of: Browser
) -> None:
    for who in (carol_reads.alice, carol_reads.olga):
        for name, page in pages_for(browser_of(who), carol_reads.paths):
            found = PRESSING.search(seen_on(page)) if not name.startswith("guide") else None
            assert not found, (name, found)


def test_an_app_reads_for_who_never_says_a_word(carol_reads: House) -> None:
    app = app_of(carol_reads.carol)
    before = told(but=carol_reads.carol)
    for method, path in calls(carol_reads.stands_for):
        if method == "GET":
            assert app.get(f"{path}?q=alice&acct=alice").status_code not in {401, 403}, path
    assert app.get(f"/api/v1/statuses/{carol_reads.open_post.pk}").status_code == 200
    assert told(but=carol_reads.carol) == before


@pytest.mark.parametrize("do", ["set_aside", "forget", ""])
def test_whoever_skips_a_practice_is_not_noticed(house: House, browser_of: Browser, do: str) -> None:
    set_step(house.alice, practice=STEPS[1], state=StepState.TRIED)
    watched = ("room", "people_of_room", "room_screen", "room_now", "programme_of_room", "notifications")
    paths = {name: house.paths[name] for name in watched}

    def seen() -> dict[str, str]:
        return {name: seen_on(page) for name, page in pages_for(browser_of(house.alice), paths)}

    before, awaited = seen(), told(but=house.bob)
    if do:
        address = f"/practices/{STEPS[1]}?room={house.room.pk}"
        assert browser_of(house.bob).post(address, {"do": do}).status_code == 302
    assert seen() == before
    assert told(but=house.bob) == awaited


def test_every_practice_can_be_set_aside(house: House, browser_of: Browser) -> None:
    browser = browser_of(house.bob)
    page = browser.get("/practices").content.decode()
    slugs = set(re.findall(r'href="/practices/([a-z0-9-]+)"', page)) - {"mine"}
    assert len(slugs) > 5
    for slug in slugs:
        assert 'value="set_aside"' in browser.get(f"/practices/{slug}").content.decode(), slug


def test_letting_rest_and_declining_tell_nobody(house: House, browser_of: Browser) -> None:
    asked = post(house.bob, "What do you think, @carol?")
    before = told(but=house.carol)
    carol = browser_of(house.carol)
    carol.post(f"/said/{asked.pk}/act", {"act": "rest"})
    carol.post(house.paths["invitation"], {"do": "decline"})
    assert told(but=house.carol) == before
    for who in (house.alice, house.bob):
        assert "declined" not in seen_on(browser_of(who).get("/notifications").content.decode())


def test_nobody_has_to_answer_another_server(far: FarServer, alice: Actor) -> None:
    change_preferences(alice, approves_followers=True, is_listed=True)
    dora = far_person("dora")
    assert far.post(dora, does(dora, "Follow", alice.uri)).status == 202
    assert Follow.objects.get(follower=dora).state == FollowState.ASKED
    assert not Activity.objects.exists()


def test_no_command_lists_who_has_not(carol_reads: House, speak: Speak) -> None:
    for command in (["doctor"], ["person", "list"], ["deliveries"], ["safety", "limits"]):
        assert not PRESSING.search(speak(*command).output), command


def test_a_room_meets_though_only_its_host_has_spoken(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room = prepared(alice, bob)
    for name in ("", "/people", "/programme"):
        assert browser_of(bob).get(f"/rooms/{room.pk}{name}").status_code == 200
    assert say(alice, room).room == room.pk
    browser_of(bob).post(f"/rooms/{room.pk}/leave", {"words": "leave"})
    assert browser_of(bob).get("/").status_code == 200


def test_nothing_is_kept_by_which_anybody_could_be_called_late() -> None:
    assert not [name for name in kept() if KEEPS_AFTER.search(name)]
