"""Every page, on a phone and on a desk, light and dark: readable, nothing cut off, nothing that bars anyone."""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, StorageState

from tests import chromium
from tests.browser.barriers import barriers
from tests.browser.conftest import Place, listen, sign_in
from tests.makers import PASSWORD

pytestmark = pytest.mark.browser
WIDTHS = (390, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# The scheme changes colors and the width changes sizes; all else is the same page, and is looked at once.
CHECKS: dict[tuple[int, str], tuple[str, ...]] = {
    (390, "light"): (),
    (390, "dark"): ("color-contrast",),
    (1280, "light"): ("target-size", "scrollable-region-focusable"),
}
FORBIDDEN = re.compile(r"\b(users?|username|content|engagement|adoption|activation)\b", re.IGNORECASE)

FOR_STRANGERS = (
    "/",
    "/join",
    "/join/spent",
    "/account/login/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/signup/",
    "/@ana",
    "/@bob",
    "/@dora@far.example",
    "/@nobody_here",
    "{note}",
    "{shown}",
    "{cited}",
    "{guest}",
    "/letters/ana",
    "{yes}",
    "{leave}",
    "{morning}",
    "{article}",
    "/tags/tides",
    "/search",
    "/guide",
    "/guide/gathering-a-room",
    "/here",
    "/here/no-such-words",
    "{way_in}",
    "/practices",
    "/practices/first-sentence",
    "/stories",
    "/organisation",
    "/window",
    "/report?actor=@bob",
    "/no/such/page",
)
FOR_SOMEBODY_SIGNED_IN = (
    "/",
    "/welcome",
    "/compose",
    "/drafts",
    "/bookmarks",
    "/thanked",
    "/notifications",
    "/report?actor=@bob",
    "/safety",
    "/safety/people",
    "/safety/mine",
    "/safety/log",
    "/safety/limits",
    "/search",
    "/search?q=tea",
    "/search?q=bob",
    "/tags/tides",
    "/@ana",
    "/@bob",
    "/@carol",
    "/@eve",
    "/@dora@far.example",
    "/@feed@blog.example",
    "{note}",
    "{edit}",
    "{article}",
    "/people/following",
    "/people/sites",
    "/people/followers",
    "/people/requests",
    "/people/blocked",
    "/people/muted",
    "/people/endorsed",
    "/people/apart",
    "/settings",
    "/settings/shelf",
    "/settings/places",
    "{place}",
    "/settings/handle",
    "/settings/domain",
    "/settings/credit",
    "/settings/preferences",
    "/settings/invite",
    "/settings/take-along",
    "/settings/bring",
    "/settings/moving",
    "/settings/leaving",
    "/settings/apps",
    "/settings/sites",
    "/settings/hearing",
    "/settings/servers",
    "/settings/tags",
    "/settings/look-up",
    "/settings/elsewhere",
    "{consent}",
    "/oauth/authorize?client_id=nobody",
    "/compose?draft={draft}",
    "/drafts/{draft}/show",
    "{look}",
    "/claim",
    "{meeting}/now",
    "{meeting}/screen",
    "{meeting}/screen?view=way-in",
    "{meeting}/screen/notes",
    "/rooms",
    "/rooms/new",
    "{room}",
    "{room}/people",
    "{room}/invite",
    "{room}/leave",
    "{room}/settings",
    "{room}/hand-over",
    "{room}/programme",
    "/practices",
    "/practices/mine",
    "/practices/look-yourself-up",
    "/practices/map-where-you-live-online",
    "/practices/shelf-profile",
    "/practices/five-a-day",
    "/practices/answer-the-one-on-your-left",
    "/practices/first-sentence?room={room_number}",
    "/practices/second-pair-of-eyes",
    "/practices/sleep-on-it",
    "/practices/letter-from-later",
    "/practices/people-for-my-aim",
    "/practices/take-it-all-with-you",
    "/practices/random-coffee?room={room_number}",
    "/practices/say-why-you-are-right-to-be-wary",
    "/practices/invite-by-name",
    "/programmes",
    "/programmes/twelve-weeks",
    "{programme}",
    "/stories",
    "/organisation/elsewhere",
    "/stories/new",
    "{story}",
    "{telling}",
    "{telling}?post={quoted}",
    "/stories/new?post={quoted}",
    "/organisation",
    "/window",
    "{report}",
    "/operators/deliveries",
    "/mirror",
    "/mirror/counted",
    "{mirrored}/mirror",
    "{room}/mirror",
    "/mirror/archives",
    "/mirror/notice",
    "{archive}",
    "{archive}/own",
    "{archive}/report",
    "{reading}",
    "/guide",
    "/account/password/change/",
    "/account/email/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/password/reset/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/sessions/",
    "/account/logout/",
)


@pytest.fixture(scope="module")
def shots() -> Path | None:
    """Where pictures of the pages are kept for people to look at, if SPEAK_SHOTS says so."""
    wanted = os.environ.get("SPEAK_SHOTS")
    if not wanted:
        return None
    folder = Path(wanted)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


# Pages that say what is not there, and what one can do.
DECLINED = {
    "/join/spent",
    "/@nobody_here",
    "/here/no-such-words",
    "/no/such/page",
    "/oauth/authorize?client_id=nobody",
}


class Window:
    """One window for many pages, one after the other; opening one for each takes longer than to look at it."""

    def __init__(self, browser: Browser, **options: Any) -> None:  # noqa: ANN401 - playwright says which
        """A phone held upright."""
        self.complaints: list[str] = []
        self.page = browser.new_context(viewport={"width": 390, "height": 844}, **options).new_page()
        self.page.set_default_timeout(chromium.PATIENCE_MS)
        listen(self.page, self.complaints)

    @contextlib.contextmanager
    def without_complaint(self) -> Iterator[Page]:
        """For one test: whatever the console says meanwhile fails it."""
        self.complaints.clear()
        yield self.page
        assert not self.complaints


@pytest.fixture(scope="module")
def window_of_a_stranger(browser: Browser) -> Window:
    """A window in which nobody is signed in."""
    return Window(browser)


@pytest.fixture(scope="module")
def window_of_ana(browser: Browser, signed_in: StorageState) -> Window:
    """A window in which Ana is."""
    return Window(browser, storage_state=signed_in)


@pytest.fixture
def stranger(window_of_a_stranger: Window) -> Iterator[Page]:
    """The page of somebody who is not signed in."""
    with window_of_a_stranger.without_complaint() as page:
        yield page


@pytest.fixture(scope="module")
def signed_in(browser: Browser, place: Place) -> StorageState:
    """What Ana's browser keeps once she has signed in and said again that it is her."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, place.url, "ana")
    page.goto(f"{place.url}/account/reauthenticate/?next=/settings")
    page.get_by_label("password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{place.url}/settings")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def ana(window_of_ana: Window) -> Iterator[Page]:
    """Ana's page."""
    with window_of_ana.without_complaint() as page:
        yield page


@pytest.mark.parametrize("path", FOR_STRANGERS)
def test_a_page_for_strangers(place: Place, stranger: Page, shots: Path | None, path: str) -> None:
    _look_at(stranger, place, path, shots and shots / "stranger")


@pytest.mark.parametrize("path", FOR_SOMEBODY_SIGNED_IN)
def test_a_page_for_somebody_signed_in(place: Place, ana: Page, shots: Path | None, path: str) -> None:
    _look_at(ana, place, path, shots and shots / "ana")
    assert ana.url == place.url + path.format(**place.paths), "it led elsewhere"


def _look_at(page: Page, place: Place, path: str, folder: Path | None) -> None:
    answer = page.goto(place.url + path.format(**place.paths))
    assert answer is not None
    assert answer.ok != (path in DECLINED), f"it answers {answer.status}"
    assert page.locator("h1").count() == 1
    assert page.title()
    found = FORBIDDEN.findall(page.locator("body").inner_text())
    assert not found, f"these words stand on {path}: {found}"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, "it scrolls sideways"
            if (width, scheme) in CHECKS:
                assert not barriers(page, rules=CHECKS[width, scheme], grave_only=True)
            if folder:
                folder.mkdir(exist_ok=True)
                name = re.sub(r"\W+", "_", path.strip("/")) or "home"
                page.screenshot(path=folder / f"{name}_{width}_{scheme}.png", full_page=True)
