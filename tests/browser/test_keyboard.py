"""Everything that matters can be done with the keys alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Place
from tests.makers import PASSWORD

pytestmark = pytest.mark.browser
MOST_TABS = 80
IS_SEEN = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


def _go_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; on the way it can always be seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        assert page.evaluate(IS_SEEN), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keys do not lead to {selector} on {page.url}")


def test_signing_in_writing_and_answering(place: Place, open_window: Callable[..., Page]) -> None:
    page = open_window(viewport={"width": 1280, "height": 900})
    page.goto(f"{place.url}/account/login/")
    _go_to(page, "#id_login")
    page.keyboard.type("bob")
    _go_to(page, "#id_password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{place.url}/")

    _go_to(page, "textarea[name=words]")
    page.keyboard.type("Typed with keys alone.")
    _go_to(page, "select[name=audience]")
    page.keyboard.type("Anyone, anywhere")
    _go_to(page, "button[value=say]")
    page.keyboard.press("Enter")
    said = page.locator(".post", has_text="Typed with keys alone.").first
    expect(said).to_contain_text("Anyone, anywhere")

    page.goto(f"{place.url}{place.paths['article']}")
    _go_to(page, ".act[href*='answers=']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compose?answers=*")
    _go_to(page, "textarea[name=words]")
    page.keyboard.type("Answered with keys alone.")
    _go_to(page, "button[value=say]")
    page.keyboard.press("Enter")
    expect(page.locator(".post", has_text="Answered with keys alone.").first).to_be_visible()


def test_the_first_tab_skips_to_the_page(place: Place, open_window: Callable[..., Page]) -> None:
    page = open_window()
    page.goto(place.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page"


def test_writing_a_story_with_words_of_somebody(place: Place, open_window: Callable[..., Page]) -> None:
    page = open_window(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(f"{place.url}/account/login/")
    page.get_by_label("handle").first.fill("ana")
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{place.url}/")

    page.goto(f"{place.url}/stories/new?post={place.paths['quoted']}")
    page.get_by_label("What the story is called").fill("With keys alone")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/*?post=*")
    page.get_by_label("The story", exact=True).fill("Typed, and kept by no button yet.")
    page.get_by_role("button", name="Use these words of").first.press("Enter")
    expect(page.get_by_label("The story", exact=True)).to_have_value(
        re.compile(r"Typed, and kept[^\[]*\[\[words \d+\]\]")
    )
    page.get_by_label("What the story is called").fill("With keys and nothing else")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Kept. Only you can see it.")
    expect(page.get_by_label("What the story is called")).to_have_value("With keys and nothing else")
    page.get_by_text("Drop it", exact=True).press("Enter")
    page.get_by_role("button", name="Drop the story").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("It is gone.")
