"""The pages of programmes: a host chooses, changes, takes along; another brings the file and has the same."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from speak.identity.models import Actor
from speak.rooms.actions import keep_programme
from speak.rooms.models import Opening, Programme, Room
from speak.rooms.programmes import export, parse, shipped
from speak.rooms.queries import programme_of, programmes_of
from tests import makers
from tests.web.reading import text_of

Browser = Callable[[Actor | None], Client]
pytestmark = pytest.mark.django_db
OWN = {
    "title": "Tell it to the heron",
    "minutes": "10",
    "who": "alone",
    "prompt": "Go down to the water.\n\nSay it “aloud”.",
    "host_note": "Bring a coat.",
    "goes_to": "room",
}


def file_of(data: bytes) -> BytesIO:
    """A file as a browser sends it."""
    file = BytesIO(data)
    file.name = "mine.toml"
    return file


def slugs_of(programme: Programme) -> list[str]:
    """What is in it, in order."""
    return [entry.practice.slug for entry in parse(programme.source).entries]


def current(room: Room) -> list[str]:
    """What a room goes through, in order."""
    text = programme_of(Room.objects.get(pk=room.pk))
    return [entry.practice.slug for entry in text.entries] if text else []


def test_a_host_writes_reorders_takes_along_and_another_has_the_same(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    browser = browser_of(alice)
    page = browser.post("/programmes/first-room")["Location"]
    kept = Programme.objects.get()
    before = slugs_of(kept)
    browser.post(page, {"do": "down", "place": "0"})
    browser.post(page, {"do": "leave_out", "place": "2"})
    browser.post(page, {"do": "add", "practice": "weeknote"})
    browser.post(f"{page}/own", OWN)
    kept.refresh_from_db()
    assert slugs_of(kept) == [before[1], before[0], *before[3:], "weeknote", "tell-it-to-the-heron"]
    file = browser.get(f"{page}.toml")
    assert "attachment" in file["Content-Disposition"]
    assert b"Say it \xe2\x80\x9caloud\xe2\x80\x9d." in file.content

    brought = browser_of(bob).post("/programmes/bring", {"file": file_of(file.content)})["Location"]
    again = browser_of(bob).get(f"{brought}.toml")
    assert again.content == file.content
    assert parse(again.content.decode()) == parse(kept.source)
    assert "Tell it to the heron" in text_of(browser_of(bob).get(brought))


@pytest.mark.parametrize("name", ["first-room", "twelve-weeks", "alone"])
def test_what_ships_is_a_file_that_can_be_brought(alice: Actor, browser_of: Browser, name: str) -> None:
    file = browser_of(None).get(f"/programmes/{name}.toml")
    browser_of(alice).post("/programmes/bring", {"file": file_of(file.content)})
    assert parse(programmes_of(alice).get().source) == shipped()[name]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'title = "Mine"\ntitle =', "Line 2: "),
        (b'title = "Mine"\n\n[[practice]]\nslug = "weeknote"\nscore = 1', "Line 5: nothing in a programme is called"),
        (b'title = "Mine"\n\n[[practice]]\nslug = "weeknote"\nminutes = 0', "Line 5: “minutes” must be 1 or more."),
        (b'# Mine\ntitle = "caf\xe9"\n', "Line 2: this is not UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "Line 1: this is not UTF-8"),
        (b"#" * 300_000, "A programme has up to 256 KiB."),
    ],
)
def test_a_malformed_file_is_refused_with_line_and_reason_and_nothing_changes(
    alice: Actor, browser_of: Browser, data: bytes, told: str
) -> None:
    kept = keep_programme(alice, text=export(shipped()["alone"]))
    response = browser_of(alice).post("/programmes/bring", {"file": file_of(data)})
    assert response.status_code == 422
    assert told in text_of(response)
    assert [each.source for each in Programme.objects.all()] == [kept.source]


def test_a_host_chooses_and_reorders_goes_first_and_opens(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room, browser = makers.room(alice, bob), browser_of(alice)
    page = f"/rooms/{room.pk}/programme"
    browser.post(page, {"do": "choose", "programme": "first-room"})
    before = current(room)
    browser.post(page, {"do": "up", "place": "1"})
    assert current(room) == [before[1], before[0], *before[2:]]
    assert "Not opened yet" in text_of(browser_of(bob).get(page))
    assert browser.post(page, {"do": "open", "practice": "first-sentence"}).status_code == 403
    browser.post("/practices/first-sentence", {"do": "tried"})
    browser.post(page, {"do": "open", "practice": "first-sentence"})
    assert Opening.objects.get().practice == "first-sentence"
    assert "Open to the room" in text_of(browser_of(bob).get(page))


def test_a_host_lets_a_room_try_what_they_wrote_and_its_people_find_it(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser
) -> None:
    room, browser = makers.room(alice, bob), browser_of(alice)
    page = browser.post("/programmes/first-room")["Location"]
    browser.post(f"{page}/own", OWN)
    browser.post(f"/rooms/{room.pk}/programme", {"do": "choose", "programme": page.rpartition("/")[2]})
    assert current(room)[-1] == "tell-it-to-the-heron"
    own = f"/practices/tell-it-to-the-heron?room={room.pk}"
    assert "Go down to the water." in text_of(browser_of(bob).get(own))
    assert browser_of(carol).get("/practices/tell-it-to-the-heron").status_code == 404


def test_another_programme_leaves_the_one_before_to_its_host_where_it_was_changed(
    alice: Actor, bob: Actor, browser_of: Browser
) -> None:
    room, browser = makers.room(alice, bob), browser_of(alice)
    page = f"/rooms/{room.pk}/programme"
    browser.post(page, {"do": "choose", "programme": "first-room"})
    browser.post(page, {"do": "up", "place": "1"})
    changed = current(room)
    told = text_of(browser.post(page, {"do": "choose", "programme": "twelve-weeks"}, follow=True))
    assert "“The first room”, as you had changed it for this room, is kept among your own programmes." in told
    kept = Programme.objects.get(rooms=None)
    assert [entry.practice.slug for entry in parse(kept.source).entries] == changed != current(room)
    assert f'/programmes/{kept.pk}"' in text_of(browser.get("/programmes"))
    told = text_of(browser.post(page, {"do": "choose", "programme": "first-room"}, follow=True))
    assert "is kept among your own" not in told, "the twelve weeks were as they ship"
    assert Programme.objects.count() == 2
    browser.post(page, {"do": "choose", "programme": str(kept.pk)})
    assert current(room) == changed


def test_what_a_room_goes_through_is_not_dropped_from_under_it(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    room, browser = makers.room(alice, bob), browser_of(alice)
    page = browser.post("/programmes/first-room")["Location"]
    browser.post(f"/rooms/{room.pk}/programme", {"do": "choose", "programme": page.rpartition("/")[2]})
    before, copy = current(room), Programme.objects.get(rooms=room)
    assert "Rooms that chose it have copies of their own, and keep them." in text_of(browser.get(page))
    browser.post(page, {"do": "drop"})
    assert browser.post(f"/programmes/{copy.pk}", {"do": "drop"}).status_code == 404
    assert [each.pk for each in Programme.objects.all()] == [copy.pk]
    assert current(room) == before


@pytest.mark.parametrize(
    "deed",
    [
        {"do": "choose", "programme": "alone"},
        {"do": "up", "place": "1"},
        {"do": "leave_out", "place": "0"},
        {"do": "add", "practice": "weeknote"},
        {"do": "open", "practice": "first-sentence"},
        {"do": "pairs"},
    ],
)
def test_only_the_host_changes_what_a_room_tries(
    alice: Actor, bob: Actor, carol: Actor, browser_of: Browser, deed: dict[str, str]
) -> None:
    room = makers.room(alice, bob)
    page = f"/rooms/{room.pk}/programme"
    browser_of(alice).post(page, {"do": "choose", "programme": "first-room"})
    before = current(room)
    assert browser_of(bob).post(page, deed).status_code == 403
    assert browser_of(carol).post(page, deed).status_code == 404
    assert current(room) == before
    assert not Opening.objects.exists()


@pytest.mark.parametrize("place", ["-1", "99", "", "x", "9" * 400])
@pytest.mark.parametrize("do", ["up", "down", "leave_out"])
def test_a_place_that_is_none_changes_nothing(alice: Actor, browser_of: Browser, do: str, place: str) -> None:
    browser = browser_of(alice)
    page = browser.post("/programmes/first-room")["Location"]
    before = Programme.objects.get().source
    assert browser.post(page, {"do": do, "place": place}).status_code in {400, 422}
    assert Programme.objects.get().source == before


def test_a_programme_is_its_makers_alone(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    page = browser_of(alice).post("/programmes/first-room")["Location"]
    before = Programme.objects.get().source
    browser = browser_of(bob)
    for response in (
        browser.get(page),
        browser.get(f"{page}.toml"),
        browser.post(page, {"do": "drop"}),
        browser.post(page, {"do": "leave_out", "place": "0"}),
        browser.post(f"{page}/own", OWN),
    ):
        assert response.status_code == 404
    assert Programme.objects.get().source == before


def test_a_programme_is_dropped_by_whoever_made_it(alice: Actor, browser_of: Browser) -> None:
    browser = browser_of(alice)
    page = browser.post("/programmes/first-room")["Location"]
    browser.post(page, {"do": "drop"})
    assert not Programme.objects.exists()


# --- How much it costs -----------------------------------------------------------------------


@pytest.mark.parametrize(("kept", "practices"), [(1, "first-room"), (20, "twelve-weeks")])
def test_programmes_take_as_many_queries_however_many_there_are(
    alice: Actor,
    bob: Actor,
    browser_of: Browser,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    kept: int,
    practices: str,
) -> None:
    browser, room = browser_of(alice), makers.room(alice, bob)
    browser.post(f"/rooms/{room.pk}/programme", {"do": "choose", "programme": practices})
    one = keep_programme(alice, text=export(shipped()[practices]))
    for _ in range(kept - 1):
        keep_programme(alice, text=export(shipped()[practices]))
    for page in ("/programmes", f"/programmes/{one.pk}", f"/programmes/{practices}", f"/rooms/{room.pk}/programme"):
        browser.get(page)
        with django_assert_max_num_queries(15):
            assert browser.get(page).status_code == 200
