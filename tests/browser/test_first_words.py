"""A new person, who has only the link, says something to anyone within 90 seconds."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Place
from tests.makers import PASSWORD

pytestmark = pytest.mark.browser
MOST_SECONDS = 90
WORDS = "Good morning from the boat shed."
# A practised typist's pace, in milliseconds between keys.
PACE = 80


def _join_and_speak(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").press_sequentially("Ana María", delay=PACE)
    page.get_by_label("A password").press_sequentially(PASSWORD, delay=PACE)
    page.get_by_role("button", name="Move in").click()
    page.get_by_label("What would you like to say?").press_sequentially(WORDS, delay=PACE)
    page.get_by_label("Who can read this?").select_option(label="Anyone, anywhere")
    page.get_by_role("button", name="Say it", exact=True).click()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with JavaScript", "without"])
def test_first_words_take_less_than_90_seconds_by_pages_only_and_the_link_opens_once(
    new_place: Place,
    printed_link: str,
    open_window: Callable[..., Page],
    has_scripts: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    page = open_window(java_script_enabled=has_scripts)
    started = time.monotonic()
    _join_and_speak(page, printed_link)
    expect(page.locator(".post .words", has_text=WORDS)).to_be_visible()
    assert time.monotonic() - started < MOST_SECONDS
    stranger = open_window(java_script_enabled=has_scripts)
    stranger.goto(f"{new_place.url}/@ana_maria")
    expect(stranger.locator(".h-entry .e-content", has_text=WORDS)).to_be_visible()
    stranger.goto(printed_link)
    expect(stranger.get_by_role("heading", name="used already")).to_be_visible()
