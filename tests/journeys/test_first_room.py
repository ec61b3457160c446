"""The first room: seven phones and one shared screen, from the shared address to the last answer, and the day after."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests import chromium
from tests.makers import PASSWORD
from tests.running import Home, home

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.timeout(600)]

MOST_SECONDS = 60
# A practised typist's pace, in milliseconds between keys.
PACE = 80
LINK = re.compile(r"http://\S+(/join/\S+)")
OPENING = "What I have been turning over this week is"
HOST = "Ana Ferreira"
SENTENCES = {
    HOST: "why I never ask the night shift.",
    "Nadia": "the rota, and what it does to a family.",
    "Ola": "whether the harbour plan was ever written down.",
    "Sam": "what a neighbour asked me over the fence.",
    "Ida": "the silence after the last announcement.",
    "Bo": "how to say no to a good idea.",
    "Mei": "a letter from somebody who left.",
    "Tomás": "nothing at all, and that surprises me.",
}
GUESTS = [name for name in SENTENCES if name != HOST]
AGREED = {"Nadia", "Ola", "Bo", "Tomás"}
TITLES = (
    "Say why you are right to be wary",
    "Look yourself up",
    "Map where you live online",
    "One, two, four, all",
    "First sentence",
    "Answer the one on your left",
    "One thing for this week",
)
FIRST_SENTENCE, ANSWER = 4, 5


@dataclass
class FirstRoom:
    """The server, its one browser program, and everybody's window; `complaints` are what the consoles say."""

    server: Home
    browser: Browser
    path: str = ""
    windows: dict[str, Page] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def window(self, name: str, *, width: int = 390, height: int = 844) -> Page:
        """A window of somebody's own; nobody is signed in in it."""
        context = self.browser.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(chromium.PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.windows[name] = page
        return page

    def open(self, page: Page, path: str) -> None:
        """Go to a page of the server."""
        page.goto(f"{self.server.url}{path}")

    @property
    def screen(self) -> Page:
        """The shared one."""
        return self.windows["screen"]

    @property
    def phones(self) -> dict[str, Page]:
        """Everybody's, the host's too."""
        return {name: self.windows[name] for name in SENTENCES}


@pytest.fixture
def first_room(tmp_path: Path) -> Iterator[FirstRoom]:
    """A new server on which nobody lives."""
    with home(tmp_path / "first") as server, chromium.opened() as browser:
        room = FirstRoom(server, browser)
        yield room
        assert not room.complaints


def test_the_first_room_from_the_shared_address_to_the_last_answer_and_the_day_after(first_room: FirstRoom) -> None:
    room = first_room
    moves_in_and_opens_the_room(room)
    code = begins(room)
    for name in GUESTS:
        joins(room, name, code)
    for place in range(FIRST_SENTENCE + 1):
        goes_on(room, place)
    for name in SENTENCES:
        says_a_sentence(room, name)
    only_those_who_agreed_are_shown(room)
    goes_on(room, ANSWER)
    ring = list(SENTENCES)
    for name, on_the_left in zip(ring, [*ring[1:], ring[0]], strict=True):
        answers(room, name, on_the_left)
    nobody_is_unanswered(room)
    goes_on(room, ANSWER + 1)
    keeps_it(room, "Nadia")
    the_next_day_all_can_read_it(room)


def moves_in_and_opens_the_room(room: FirstRoom) -> None:
    """The host makes a home, opens a room, speaks in it first, and chooses its programme."""
    page = room.window("screen", width=1920, height=1080)
    link = LINK.search(room.server.speak("welcome"))
    assert link, "no link was printed"
    room.open(page, link[1])
    page.get_by_label("Your name").fill(HOST)
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Move in").click()
    page.wait_for_url("**/welcome")
    room.open(page, "/settings")
    page.get_by_label("What you are working toward at present").fill("To hear the night shift.")
    page.get_by_role("button", name="Save").click()
    room.open(page, "/rooms/new")
    page.get_by_label("What the room is called").fill("Monday room")
    page.get_by_label("What it is for").fill("To say what we think about the night shift.")
    page.get_by_role("button", name="Open it").click()
    page.wait_for_url(re.compile(r"/rooms/\d+$"))
    room.path = page.url.removeprefix(room.server.url)
    room.open(page, f"{room.path}/programme")
    page.get_by_label("Programme", exact=True).select_option(label="The first room")
    page.get_by_role("button", name="Choose it").click()
    expect(page.get_by_text(TITLES[-1]).first).to_be_visible()
    phone = room.window(HOST)
    phone.context.add_cookies(page.context.cookies())  # type: ignore[arg-type] # what one gives the other takes
    room.open(phone, f"{room.path}/now")
    phone.get_by_label("In your own typing").fill("Welcome. I go first.")
    phone.get_by_role("button", name="Say it", exact=True).click()
    expect(phone.get_by_text("Welcome. I go first.")).to_be_visible()


def begins(room: FirstRoom) -> str:
    """The meeting begins; returns its spoken words. What stands on the screen is its address and these."""
    room.open(room.screen, f"{room.path}/screen")
    room.screen.get_by_role("button", name="Begin the meeting").click()
    expect(room.screen.locator(".way-in-address")).to_have_text(f"{room.server.domain}/here")
    expect(room.screen.get_by_alt_text("for the camera of a phone")).to_be_visible()
    shows_no_number(room)
    return room.screen.locator(".way-in-words b").inner_text()


def joins(room: FirstRoom, name: str, code: str) -> None:
    """Somebody types what stands on the screen, and a name; that takes less than a minute."""
    page = room.window(name)
    started = time.monotonic()
    room.open(page, "/here")
    page.get_by_label("The words on the screen").press_sequentially(code, delay=PACE)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text(f"{HOST} hosts this room.")).to_be_visible()
    page.get_by_label("Your name").press_sequentially(name, delay=PACE)
    if name in AGREED:
        page.get_by_label("may appear on the screen in front of everyone").check()
    page.get_by_role("button", name="Come in").click()
    expect(page.get_by_text("You are in.")).to_be_visible()
    assert time.monotonic() - started < MOST_SECONDS
    expect(room.screen.locator(".people-here")).to_contain_text(name)


def goes_on(room: FirstRoom, place: int) -> None:
    """The next step, which the host has to have done first; every phone follows by itself."""
    room.screen.get_by_role("button", name="Next").click()
    expect(room.screen.get_by_role("alert")).to_contain_text("Whoever hosts goes first.")
    room.screen.get_by_role("button", name="I have done this one myself").click()
    expect(room.screen.get_by_role("heading", level=1)).to_have_text(TITLES[place])
    for page in room.phones.values():
        expect(page.locator(".step-title")).to_have_text(TITLES[place])
    shows_no_number(room)


def says_a_sentence(room: FirstRoom, name: str) -> None:
    """In their own typing, on their own phone."""
    page, sentence = room.windows[name], f"{OPENING} {SENTENCES[name]}"
    page.get_by_label("In your own typing").fill(sentence)
    page.get_by_role("button", name="Say it", exact=True).click()
    expect(said(page, name)).to_be_visible()


def only_those_who_agreed_are_shown(room: FirstRoom) -> None:
    """Their sentences stand on the screen; those of the others do not, nor their names beside any."""
    for name in AGREED:
        expect(room.screen.locator(".large-words li").filter(has_text=SENTENCES[name])).to_contain_text(name)
    shown = room.screen.locator("body").inner_text()
    for name in set(SENTENCES) - AGREED:
        assert SENTENCES[name] not in shown
    shows_no_number(room)


def answers(room: FirstRoom, name: str, on_the_left: str) -> None:
    """One person answers one other, where that person's words stand."""
    page = room.windows[name]
    theirs = said(page, on_the_left)
    expect(theirs).to_be_visible()
    box = theirs.get_by_label(f"Your answer to {on_the_left}")
    if not box.is_visible():
        theirs.locator("summary").last.click()
    box.fill(f"I hear you, {on_the_left}.")
    theirs.get_by_role("button", name=f"Answer {on_the_left}").click()
    expect(said(page, on_the_left).get_by_text(f"I hear you, {on_the_left}.")).to_be_visible()


def nobody_is_unanswered(room: FirstRoom) -> None:
    """Nobody waits on any phone, nor in the host's own notes."""
    for page in room.phones.values():
        room.open(page, f"{room.path}/now")
        for name in SENTENCES:
            expect(said(page, name).get_by_text(f"I hear you, {name}.")).to_be_visible()
        expect(page.get_by_text("Waiting for an answer")).to_have_count(0)
    notes = room.windows[HOST]
    room.open(notes, f"{room.path}/screen/notes")
    expect(notes.get_by_text("Not answered yet")).to_have_count(0)
    room.open(notes, f"{room.path}/now")
    shows_no_number(room)


def keeps_it(room: FirstRoom, name: str) -> None:
    """A name becomes a home."""
    page = room.windows[name]
    page.get_by_role("link", name="Keep this").click()
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="This is yours")).to_be_visible()


def the_next_day_all_can_read_it(room: FirstRoom) -> None:
    """The server was started anew meanwhile; the phones remember who they are."""
    room.server.stop()
    room.server.start()
    for page in room.phones.values():
        room.open(page, f"{room.path}/now")
        for name in SENTENCES:
            expect(said(page, name).get_by_text(f"I hear you, {name}.")).to_be_visible()


def said(page: Page, name: str) -> Locator:
    """Where somebody's sentence and its answers stand on a phone."""
    return page.locator(".talk-one").filter(has_text=f"{OPENING} {SENTENCES[name]}")


def shows_no_number(room: FirstRoom) -> None:
    """Neither the shared screen nor any phone; but the address of a test's own server has a port."""
    for name, page in room.windows.items():
        text = page.locator("body").inner_text().replace(room.server.domain, "")
        assert not re.search(r"\d", text), f"a number on the screen of {name}: {text}"
