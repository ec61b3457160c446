"""Words of somebody on one server inside words of somebody on another: asked, shown, taken back; and refused."""

import pytest

from tests.journeys.conftest import Two
from tests.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.timeout(300)]

ANYONE = "Anyone, anywhere"
HERS = "Why do we never ask the night shift?"


def quote(visitor: Visitor, said: str, words: str) -> None:
    """Quote the post that holds `said`, on the home page."""
    visitor.open("/")
    visitor.post(said).get_by_role("link", name="Quote").click()
    visitor.write(words)
    visitor.page.get_by_label("Who can read this?").select_option(label=ANYONE)
    visitor.page.get_by_role("button", name="Say it", exact=True).click()


def answer_request(visitor: Visitor, words: str, *, button: str) -> None:
    """Open the words in which one's own would be shown, and say yes or no."""
    visitor.sees("would like to show your words", at="/notifications")
    visitor.page.get_by_role("link", name=words).first.click()
    visitor.page.get_by_role("button", name=button).click()


def test_words_are_shown_on_another_server_only_while_their_author_agrees(two: Two) -> None:
    alice, bob = two.alice, two.bob
    bob.follow(alice.address, called="Alice Marram")
    bob.sees("Stop following", at=f"/{alice.address}")
    alice.say(HERS, audience=ANYONE)
    bob.sees("never ask the night shift", at="/")

    quote(bob, "never ask the night shift", "She is right, you know.")
    quoting = bob.path_of("She is right")
    bob.sees("They are being asked", at=quoting)
    assert "night shift" not in bob.page.locator("article.whole").inner_text()

    answer_request(alice, "She is right", button="Let them")
    bob.sees("never ask the night shift", at=quoting)
    alice.sees("shows your words inside theirs", at="/notifications")
    alice.page.get_by_role("link", name="She is right").first.click()
    alice.page.get_by_role("button", name="No longer show my words here").click()
    bob.sees("does not want them shown here any more", at=quoting)
    assert "night shift" not in bob.page.locator("article.whole").inner_text()

    quote(bob, "never ask the night shift", "I would not say so.")
    quoting = bob.path_of("I would not say so")
    answer_request(alice, "I would not say so", button="Rather not")
    bob.sees("would rather not have them shown here", at=quoting)
