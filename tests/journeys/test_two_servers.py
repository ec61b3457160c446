"""Two servers that know nothing of each other, until a person on one follows a person on the other."""

from urllib.parse import urlencode

import pytest

from tests.journeys.conftest import Two, settle
from tests.makers import PASSWORD
from tests.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.timeout(300)]

ANYONE = "Anyone, anywhere"
FOLLOWERS = "My followers, and whoever I name"
HERE = "Everyone at Speak for Yourself"


def test_what_is_said_on_one_server_is_heard_answered_changed_and_ended_on_the_other(two: Two) -> None:
    alice, bob = two.alice, two.bob

    bob.follow(alice.address, called="Alice Marram")
    alice.sees("Bob Okoro", at="/notifications")
    bob.sees("Stop following", at=f"/{alice.address}")

    said = alice.say("Why do we never ask the night shift?", audience=ANYONE)
    bob.sees("never ask the night shift", at="/")

    bob.answer("night shift", "Because they are asleep when we meet.")
    alice.sees("asleep when we meet", at=said)
    alice.sees("asleep when we meet", at="/")  # among those who wait for an answer
    alice.sees("Bob Okoro", at="/notifications")

    alice.open(said)
    alice.answer("asleep when we meet", "Then let us meet at six.")
    bob.sees("meet at six", at="/")

    bob.open("/")
    bob.post("never ask the night shift").get_by_role("button", name="Thank").click()
    bob.open("/")
    bob.post("never ask the night shift").get_by_role("button", name="Pass on").click()
    alice.sees("thank", at="/notifications")
    alice.sees("passed your words on", at="/notifications")

    alice.open(said)
    alice.post("never ask the night shift").get_by_role("link", name="Edit").click()
    alice.write("Why do we never ask the early shift?")
    alice.page.get_by_role("button", name="Say it this way").click()
    bob.sees("never ask the early shift", at="/")

    alice.say("For those who follow me: the kettle is on.", audience=FOLLOWERS)
    alice.say("For this house only: the key is under the pot.", audience=HERE)
    bob.sees("the kettle is on", at="/")
    assert "under the pot" not in bob.page.locator("main").inner_text()

    alice.open(said)
    alice.post("early shift").get_by_text("Withdraw", exact=True).click()
    alice.page.get_by_role("button", name="Withdraw it").click()
    bob.sees_no_more("never ask the early shift", at="/")

    alice.open(f"/{bob.address}")
    alice.page.get_by_text("Hear less, or nothing").click()
    alice.page.get_by_role("button", name="Block", exact=True).click()
    bob.sees_no_more("the kettle is on", at="/")
    alice.say("Said after all that.", audience=ANYONE)
    bob.open("/")
    assert "Said after all that" not in bob.page.locator("main").inner_text()
    bob.sees_no_more("Stop following", at=f"/{alice.address}")


def test_a_feed_of_one_is_followed_on_the_other_and_its_hub_tells_at_once(two: Two) -> None:
    alice, bob = two.alice, two.bob
    alice.say("For whoever reads feeds.", audience=ANYONE)
    feed = f"/search?{urlencode({'q': f'{alice.home.url}/@alice/feed.atom'})}"
    bob.open(feed)
    bob.page.get_by_role("button", name="Follow Alice Marram").click()
    bob.sees("For whoever reads feeds", at="/")
    # It has been read once and is read again in an hour: what is seen of this was told by the hub.
    for number in range(30):
        alice.say(f"Told at once, {number}.", audience=ANYONE)
        bob.open("/")
        if "Told at once" in bob.page.locator("main").inner_text():
            break
    else:
        pytest.fail("The hub told nothing.")
    # Else what Alice says in other tests would come twice, and what she takes back would stay in the feed.
    bob.open(feed)
    bob.page.get_by_role("button", name="Stop following Alice Marram").click()


def test_whoever_moves_to_another_server_keeps_those_who_follow_them(two: Two) -> None:
    bob, first, second = two.bob, two.alice.home, two.bob.home
    settle(second, "carla", "Carla Mar")
    browser = bob.page.context.browser
    assert browser is not None
    old, new = (
        Visitor(browser.new_context(ignore_https_errors=True).new_page(), home, handle)
        for home, handle in ((first, "carol"), (second, "carla"))
    )
    for visitor in (old, new):
        visitor.sign_in()
    bob.follow(old.address, called="Carol Mar")
    bob.sees("Stop following", at=f"/{old.address}")

    new.open("/settings/moving")
    new.page.get_by_label("Your other home").fill(old.address)
    new.page.get_by_role("button", name="Name it").click()
    new.page.get_by_text("Your home says now").wait_for()

    old.open("/settings/moving")
    old.page.get_by_label("Your new home").fill(new.address)
    old.page.get_by_label("Your password").fill(PASSWORD)
    old.page.get_by_role("button", name="Go there").click()
    old.page.get_by_text("You live at").first.wait_for()

    bob.sees("Stop following", at="/@carla")
    bob.open(f"/{old.address}")
    assert "lives at" in bob.page.locator("main").inner_text()
    assert not bob.page.get_by_role("button", name="Stop following").is_visible()


def test_what_is_ticked_is_said_in_an_account_on_the_other_and_changed_and_deleted_there(two: Two) -> None:
    """The other server is asked by Mastodon's API, as any other would be."""
    alice, there = two.alice, two.bob
    alice.open("/settings/elsewhere")
    alice.page.get_by_label("Your account, or the server it is on").fill(there.home.url)
    alice.page.get_by_role("button", name="Ask there").click()
    asked = alice.page.get_by_role("link", name="Go there").get_attribute("href")
    assert asked is not None
    there.page.goto(asked)
    # Both servers are called localhost, and no browser keeps cookies apart by port: the first ends a session it
    # does not know.
    signed_in = there.page.context.cookies()
    with there.page.expect_request("**/settings/elsewhere/back?*") as back:
        there.page.route("**/settings/elsewhere/back?*", lambda route: route.abort())
        there.page.get_by_role("button", name="Let it in").click()
    there.page.wait_for_load_state()
    there.page.context.clear_cookies()
    for each in signed_in:
        there.page.context.add_cookies([{"name": each["name"], "value": each["value"], "url": there.home.url}])
    alice.page.goto(back.value.url)
    alice.page.get_by_text(f"Added: you can tick {there.address}").wait_for()

    alice.open("/compose")
    alice.write("The boat comes in at four.")
    alice.page.get_by_label("Who can read this?").select_option(label=ANYONE)
    alice.page.get_by_label(f"Also on {there.address}: anyone can read it there.").check()
    alice.page.get_by_role("button", name="Say it", exact=True).click()
    said = alice.path_of("comes in at four")
    there.sees("comes in at four", at=f"/@{there.handle}")
    alice.sees(f"Also said at {there.address}", at=said)

    alice.open(said)
    alice.post("comes in at four").get_by_role("link", name="Edit").click()
    alice.write("The boat comes in at five.")
    alice.page.get_by_role("button", name="Say it this way").click()
    there.sees("comes in at five", at=f"/@{there.handle}")

    alice.open(said)
    alice.post("comes in at five").get_by_text("Withdraw", exact=True).click()
    alice.page.get_by_role("button", name="Withdraw it").click()
    there.sees_no_more("comes in at five", at=f"/@{there.handle}")
