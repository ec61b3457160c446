"""The shared screen in a browser: as large as a projector, by keys or buttons, with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.conftest import Place, sign_in

pytestmark = pytest.mark.browser
SAID = "why we never ask the night shift"


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def has_scripts(request: pytest.FixtureRequest) -> bool:
    """Every button works without JavaScript too."""
    return bool(request.param)


@pytest.fixture
def screen(place: Place, open_window: Callable[..., Page], has_scripts: bool) -> Page:  # noqa: FBT001 - pytest's
    """A projector's window, in which Ana holds the screen of her meeting."""
    page = open_window(viewport={"width": 1920, "height": 1080}, java_script_enabled=has_scripts)
    sign_in(page, place.url, "ana")
    page.goto(f"{place.url}{place.paths['meeting']}/screen")
    return page


def test_a_step_can_be_read_from_afar_and_nothing_is_cut_off(screen: Page, has_scripts: bool) -> None:  # noqa: FBT001
    expect(screen.get_by_role("heading", level=1)).to_have_text("A sentence")
    expect(screen.locator(".large-words li").filter(has_text=SAID)).to_contain_text("Bob Okafor")
    expect(screen.get_by_role("heading", level=1)).to_have_css("font-size", "84px")
    if not has_scripts:
        return
    for width in (390, 1280, 1920):
        screen.set_viewport_size({"width": width, "height": 1080})
        for scheme in ("light", "dark"):
            screen.emulate_media(color_scheme=scheme)
            assert screen.evaluate("document.documentElement.scrollWidth") <= width, "it scrolls sideways"
            assert not barriers(screen)


def test_its_host_goes_back_and_on_by_keys_or_by_buttons(screen: Page, has_scripts: bool) -> None:  # noqa: FBT001
    heading = screen.get_by_role("heading", level=1)
    if has_scripts:
        screen.keyboard.press("ArrowLeft")
        expect(heading).to_have_text("A wary round")
        screen.keyboard.press("ArrowRight")
    else:
        screen.get_by_role("button", name="Back").click()
        expect(heading).to_have_text("A wary round")
        screen.get_by_role("button", name="Next").click()
    expect(heading).to_have_text("A sentence")


def test_words_appear_by_themselves_or_by_a_link(
    place: Place,
    screen: Page,
    open_window: Callable[..., Page],
    has_scripts: bool,  # noqa: FBT001
) -> None:
    phone = open_window(java_script_enabled=has_scripts)
    sign_in(phone, place.url, "bob")
    phone.goto(f"{place.url}{place.paths['meeting']}/now")
    words = f"This week I wonder who is there, {'live' if has_scripts else 'by hand'}."
    phone.get_by_label("In your own typing").fill(words)
    phone.get_by_role("button", name="Say it", exact=True).click()
    expect(phone.get_by_text(words)).to_be_visible()
    if not has_scripts:
        screen.get_by_role("link", name="Show what is new").click()
    expect(screen.locator(".large-words").get_by_text(words)).to_be_visible()


def test_what_somebody_types_is_not_disturbed_by_what_others_say(
    place: Place, open_window: Callable[..., Page]
) -> None:
    anas, bobs = open_window(), open_window()
    for handle, phone in (("ana", anas), ("bob", bobs)):
        sign_in(phone, place.url, handle)
        phone.goto(f"{place.url}{place.paths['meeting']}/now")
    box = bobs.get_by_label("In your own typing")
    box.fill("I am still thinking")
    anas.get_by_label("In your own typing").fill("Take your time.")
    anas.get_by_role("button", name="Say it", exact=True).click()
    expect(bobs.get_by_text("Take your time.")).to_be_visible()
    expect(box).to_have_value("I am still thinking")
