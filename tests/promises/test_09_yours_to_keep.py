"""Promise 9: Yours to keep.

Everything a person said can be edited, withdrawn and exported by them at any hour. Whatever has become of the room, of
the host, or of the person's standing, their words are theirs, on pages and by apps; and nobody else ends them.
"""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from speak.clients import archive
from speak.identity.models import Actor
from speak.rooms.actions import begin_hand_over, close_room, leave_room, pause_room
from speak.rooms.models import Room
from speak.safety.actions import LimitWords, set_limit
from speak.safety.models import LimitKind
from speak.voice.models import Post
from tests.federation.far import FarServer, does
from tests.makers import PASSWORD, far_person, person, post
from tests.promises.doors import calls, forms_for, undone
from tests.promises.house import House, app_of

Browser = Callable[[Actor | None], Client]


def rests(house: House) -> None:
    """The room is paused."""
    pause_room(house.alice, room=house.room)


def has_closed(house: House) -> None:
    """The room is over, after its last round."""
    begin_hand_over(house.alice, room=house.room)
    close_room(house.alice, room=house.room)


def has_ended(house: House) -> None:
    """Its end has come."""
    Room.objects.filter(pk=house.room.pk).update(ends_at=timezone.now())


def was_left(house: House) -> None:
    """Bob left it."""
    leave_room(house.bob, room=house.room, takes_words=False)


def is_suspended(house: House) -> None:
    """Bob may say nothing any more."""
    set_limit(None, about=house.bob, words=LimitWords(LimitKind.SUSPENDED, "Enough."))
    house.bob.refresh_from_db()


STATES = [rests, has_closed, has_ended, was_left, is_suspended]


@pytest.mark.parametrize("happens", STATES)
def test_on_pages_ones_words_can_be_read_changed_and_taken_back_at_any_hour(
    house: House, happens: Callable[[House], None], browser_of: Browser
) -> None:
    happens(house)
    browser, said = browser_of(house.bob), house.of_bob
    assert "the harbor" in browser.get(f"/said/{said.pk}/edit").content.decode()
    assert browser.post(f"/said/{said.pk}/edit", {"words": "Better said."}).status_code == 302
    said.refresh_from_db()
    assert said.source == "Better said."
    assert browser.post(f"/said/{said.pk}/withdraw").status_code == 302
    said.refresh_from_db()
    assert said.withdrawn_at is not None
    assert said.source == said.html == ""


@pytest.mark.parametrize("happens", STATES)
def test_by_an_app_ones_words_can_be_read_changed_and_taken_back_at_any_hour(
    house: House, happens: Callable[[House], None]
) -> None:
    happens(house)
    app, path = app_of(house.bob), f"/api/v1/statuses/{house.of_bob.pk}"
    assert app.get(f"{path}/source").json()["text"] == "Only the room knows of the harbor."
    assert app.put(path, json.dumps({"status": "Better."}), content_type="application/json").status_code == 200
    assert app.delete(path).json()["text"] == "Better."
    house.of_bob.refresh_from_db()
    assert house.of_bob.withdrawn_at is not None


@pytest.mark.parametrize("happens", STATES)
def test_ones_words_can_be_taken_along_at_any_hour(
    house: House, happens: Callable[[House], None], tmp_path: Path
) -> None:
    happens(house)
    file = tmp_path / "bob.zip"
    archive.make(house.bob, file)
    with zipfile.ZipFile(file) as packed:
        said = json.loads(packed.read("posts.json"))
    assert house.of_bob.uri in [each["uri"] for each in said]
    assert "Only the room knows of the harbor." in [each["source"] for each in said]


def test_no_form_of_any_page_ends_the_words_or_the_home_of_another(house: House, browser_of: Browser) -> None:
    browser = browser_of(house.olga)
    kept = {"post_id": house.of_bob.pk, "post": house.of_bob.pk, "actor": house.bob.address}
    for address, form, (name, value) in forms_for(browser, house.paths | {"his": house.of_bob.path, "him": "/@bob"}):
        with undone(browser):
            given = form.filled("Gone.", **{each: str(it) for each, it in kept.items() if each not in form.fields})
            browser.post(address, given | ({name: value} if name else {}))
            said = Post.objects.get(pk=house.of_bob.pk)
            assert (said.source, said.withdrawn_at) == ("Only the room knows of the harbor.", None), address
            bob = Actor.objects.get(pk=house.bob.pk)
            assert bob.user is not None
            assert bob.user.is_active
            assert bob.user.check_password(PASSWORD), address


def test_no_call_of_an_app_ends_the_words_of_another(house: House) -> None:
    app = app_of(house.alice)
    stands_for = house.stands_for | {"api:post_id": house.of_bob.pk, "api:actor_id": house.bob.pk}
    for method, path in calls(stands_for):
        if method != "GET":
            with undone(app):
                app.generic(method, path, json.dumps({"status": "Gone."}), content_type="application/json")
                said = Post.objects.get(pk=house.of_bob.pk)
                assert (said.source, said.withdrawn_at) == ("Only the room knows of the harbor.", None), path


def test_no_other_server_ends_the_words_or_the_home_of_somebody_here(far: FarServer) -> None:
    bob, dora = person("bob"), far_person("dora")
    said = post(bob, "These are mine.")
    for number, what in enumerate((said.uri, bob.uri, {"type": "Tombstone", "id": said.uri})):
        far.post(dora, does(dora, "Delete", what, name=f"end-{number}"))
    far.post(dora, does(dora, "Move", bob.uri, name="move", target=dora.uri))
    far.post(dora, does(dora, "Undo", {"type": "Create", "id": f"{said.uri}/create", "object": said.uri}, name="undo"))
    said.refresh_from_db()
    bob.refresh_from_db()
    assert (said.source, said.withdrawn_at, bob.moved_to_uri) == ("These are mine.", None, "")


def test_who_leaves_every_room_keeps_home_words_and_address(house: House, browser_of: Browser) -> None:
    post(house.bob, "I go on speaking.")
    leave_room(house.bob, room=house.room, takes_words=False)
    browser = browser_of(house.bob)
    assert "I go on speaking." in browser_of(None).get("/@bob").content.decode()
    assert browser.post("/compose", {"words": "Still here.", "audience": "60", "do": "say"}).status_code == 302
    assert "the harbor" in browser.get(house.of_bob.path).content.decode()
