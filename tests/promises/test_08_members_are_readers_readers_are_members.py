"""Promise 8: Members are readers, readers are members.

No silent observers: whoever can read a room is listed in it. Words of a room are looked for through every door by
somebody outside, by whoever runs the place and hears reports, by an app, by another server and by command.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity.models import Actor
from speak.rooms.actions import enter, leave_room
from speak.rooms.queries import members_of
from speak.voice.queries import readable_by
from tests.federation.far import FarServer
from tests.makers import far_person
from tests.operations.conftest import Speak
from tests.promises.doors import calls
from tests.promises.house import House, app_of
from tests.rooms.meeting import say

Browser = Callable[[Actor | None], Client]
WORDS = "the lighthouse"


def readers(house: House, post_id: int) -> set[Actor]:
    """Whoever can read it, of everybody there is."""
    return {actor for actor in Actor.objects.all() if readable_by(actor).filter(pk=post_id).exists()}


def test_whoever_can_read_what_is_said_now_is_in_the_room_and_listed_on_its_page(
    house: House, browser_of: Browser
) -> None:
    for change in (
        lambda: None,
        lambda: enter(house.carol, room=house.room, invited_by=house.bob),
        lambda: leave_room(house.bob, room=house.room, takes_words=False),
    ):
        change()
        said = say(house.alice, house.room, "And now this.")
        reading = readers(house, said.pk)
        assert reading == set(members_of(house.room))
        for reader in reading:
            page = browser_of(reader).get(f"/rooms/{house.room.pk}/people").content.decode()
            listed = {actor for actor in house.cast if f'href="{actor.path}"' in page or actor.address in page}
            assert reading <= listed


@pytest.mark.parametrize("who", ["carol", "olga", ""])
def test_no_page_lets_anybody_read_along(house: House, who: str, browser_of: Browser) -> None:
    browser = browser_of(getattr(house, who) if who else None)
    paths = {
        **house.paths,
        "found": "/search?q=lighthouse",
        "said": house.room_post.path,
        "acted": f"/compose?answers={house.room_post.pk}",
        "quoted": f"/compose?quotes={house.room_post.pk}",
        "reported": f"/report?post={house.room_post.pk}",
        "metrics": "/metrics",
    }
    for name, path in paths.items():
        assert WORDS not in browser.get(path).content.decode(errors="replace"), name
    pages = [path for path in paths.values() if path.startswith(f"/rooms/{house.room.pk}")]
    assert len(pages) > 8
    for path in pages:
        assert browser.get(path).status_code in ({302, 405} if not who else {404, 405}), path


def test_the_same_pages_open_for_who_sits_in_it(house: House, browser_of: Browser) -> None:
    browser = browser_of(house.bob)
    for path in (f"/rooms/{house.room.pk}", "/search?q=lighthouse", house.room_post.path):
        assert WORDS in browser.get(path).content.decode(), path


@pytest.mark.parametrize("who", ["carol", "olga"])
def test_no_app_lets_anybody_read_along(house: House, who: str) -> None:
    app, member = app_of(getattr(house, who)), app_of(house.bob)
    stands_for = house.stands_for | {"api:post_id": house.room_post.pk}
    heard_by_member = 0
    for method, path in calls(stands_for):
        if method == "GET":
            asked = f"{path}?q=lighthouse&id[]={house.room_post.pk}"
            assert WORDS not in app.get(asked).content.decode(), path
            heard_by_member += WORDS in member.get(asked).content.decode()
    assert heard_by_member, "who sits in it reads it by an app"


def test_no_other_server_reads_along(house: House, far: FarServer) -> None:
    erin, said, alice = far_person("erin"), house.room_post.pk, house.alice.pk
    for viewer in (None, erin, house.dora):
        for path in (
            f"/posts/{said}",
            f"/posts/{said}/replies",
            f"/posts/{said}/likes",
            f"/activities/{said}",
            f"/actors/{alice}/outbox",
            f"/actors/{alice}/outbox?page=true",
            f"/actors/{alice}/featured",
        ):
            assert WORDS not in far.get(path, viewer).body.decode(), path
        assert far.get(f"/posts/{said}", viewer).status == 404


def test_no_command_reads_along(house: House, speak: Speak) -> None:
    for command in (["doctor"], ["deliveries"], ["safety", "limits"]):
        output = speak(*command).output
        assert WORDS not in output
        assert house.room.name not in output


def test_what_whoever_runs_the_place_could_read_is_said_plainly(house: House, browser_of: Browser) -> None:
    page = browser_of(house.bob).get(f"/rooms/{house.room.pk}/people").content.decode()
    assert "Whoever runs this server holds its database." in page
    assert "Nobody notes who has read what, or when somebody was here." in page
