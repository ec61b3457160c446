"""On the phone's page, a switch beside half a sentence takes nothing away, with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import Place, sign_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with JavaScript", "without"])
def test_whether_ones_words_are_shown_is_changed_in_the_middle_of_a_sentence(
    place: Place,
    open_window: Callable[..., Page],
    has_scripts: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    page = open_window(java_script_enabled=has_scripts)
    sign_in(page, place.url, "bob")
    page.goto(f"{place.url}{place.paths['meeting']}/now")
    words = page.get_by_label("In your own typing")
    answer = page.locator(".talks textarea").first
    page.locator(".talks details:not([open]) > summary").first.click()
    words.fill("What I have been turning over")
    answer.fill("I wonder")
    for _ in range(2):
        page.locator(".shown-too button").click()
        page.wait_for_load_state()
        expect(words).to_have_value("What I have been turning over")
        expect(answer).to_have_value("I wonder")
    if has_scripts:
        warned: list[str] = []

        def stay(dialog: Dialog) -> None:
            warned.append(dialog.type)
            dialog.dismiss()

        page.on("dialog", stay)
        words.press("End")
        page.get_by_role("link", name="The whole room").click()
        expect(words).to_have_value("What I have been turning over")
        assert warned == ["beforeunload"], "what came back with the page is not said yet"
