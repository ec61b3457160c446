"""A story with words of people on two servers: told with their consent, and without what somebody takes back."""

import pytest

from tests.journeys.conftest import Two
from tests.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.timeout(300)]

ANYONE = "Anyone, anywhere"
HERS = "The night shift knew it all along."
HIS = "Then why did nobody ask them?"
TITLE = "How the night shift was asked"


def use(visitor: Visitor, *, whose: str) -> None:
    """Choose the words of somebody for the story on the page."""
    visitor.page.get_by_role("button", name=f"Use these words of {whose}").first.click()


def press(visitor: Visitor, button: str) -> None:
    """Press a button of the page."""
    visitor.page.get_by_role("button", name=button, exact=True).click()


def test_who_takes_their_words_back_disappears_from_the_story_on_both_servers(two: Two) -> None:
    alice, bob = two.alice, two.bob
    bob.follow(alice.address, called="Alice Marram")
    alice.follow(bob.address, called="Bob Okoro")
    bob.sees("Stop following", at=f"/{alice.address}")
    alice.say(HERS, audience=ANYONE)
    bob.sees(HERS, at="/")
    bob.answer(HERS, HIS)
    alice.sees(HIS, at="/")

    alice.open(alice.path_of(HERS))
    alice.page.get_by_role("link", name="Tell the story").first.click()
    alice.page.get_by_label("What the story is called").fill(TITLE)
    alice.page.get_by_label("The story", exact=True).fill("It began with two sentences.")
    alice.page.get_by_label("Who can read this?").select_option(label=ANYONE)
    press(alice, "Go on")
    writing = alice.page.url.partition("?")[0].removeprefix(alice.home.url)
    use(alice, whose="Alice Marram")
    use(alice, whose="Bob Okoro")
    press(alice, "Ask those whose words it uses")
    alice.sees("Asked, and not answered yet", at=writing)

    bob.sees("would like to tell a story with words of yours", at="/notifications")
    bob.page.get_by_role("link", name="would like to tell a story").first.click()
    address = bob.page.locator("a[href*='/stories/consent/']").first.get_attribute("href")
    assert address
    bob.page.goto(address)
    press(bob, "Yes, as it stands below")

    alice.sees("Agreed", at=writing)
    press(alice, "Tell it")
    told = alice.page.url.removeprefix(alice.home.url)
    for words in (HERS, HIS):
        alice.sees(words, at=told)
    bob.sees(TITLE, at=f"/{alice.address}")
    copy = bob.post(TITLE).locator(".post-meta a.u-url").first.get_attribute("href")
    assert copy
    bob.sees(HIS, at=copy.removeprefix(bob.home.url))

    bob.page.goto(address)
    press(bob, "Take my words back")
    alice.sees_no_more(HIS, at=told)
    alice.sees(HERS, at=told)
    bob.sees_no_more(HIS, at=copy.removeprefix(bob.home.url))
    for reader, path in ((alice, told), (bob, copy.removeprefix(bob.home.url))):
        reader.open(f"{path}/earlier")
        assert HIS not in reader.page.content()
