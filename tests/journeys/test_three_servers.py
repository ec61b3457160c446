"""Three servers that know nothing of each other, one of them on PostgreSQL with two workers: all of it arrives."""

import json
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests import chromium, prepared
from tests.makers import PASSWORD
from tests.postgres import postgres
from tests.running import Authority, Home, free_port, until
from tests.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.timeout(300)]

ANYONE = "Anyone, anywhere"
# Nobody can move away by a page of this program yet; other programs send this.
KNOWN_AS = """
import sys
from speak.identity.queries import actor_called
dana = actor_called(None, "dana")
dana.also_known_as = [*dana.also_known_as, *sys.argv[1:]]
dana.save()
print(dana.uri)
"""
MOVE = """
import sys
from django.db import transaction
from speak.federation import planning
from speak.identity.queries import actor_called
dana = actor_called(None, "dana")
dana.moved_to_uri = sys.argv[1]
dana.save()
move = {"id": planning.new_uri(), "type": "Move", "actor": dana.uri, "object": dana.uri, "target": sys.argv[1]}
with transaction.atomic():
    document = {"@context": "https://www.w3.org/ns/activitystreams", **move, "to": [dana.followers_url]}
    planning.owe(dana, document, about_uri=dana.uri, inboxes=planning.inboxes_of_followers(dana))
"""


@dataclass
class Three:
    """Alice in the north, Bob in the east, Carol in the west; Dana has a home in the north and one in the west."""

    alice: Visitor
    bob: Visitor
    carol: Visitor


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    """The servers, and three people at their browsers."""
    authority = Authority(tmp_path)
    with ExitStack() as stack:
        database = stack.enter_context(postgres())
        north, east, west = (Home(tmp_path / name, free_port(), authority) for name in ("north", "east", "west"))
        north.database_url = database
        for server in (north, east, west):
            server.folder.mkdir()
            stack.callback(server.stop)
        with ThreadPoolExecutor() as pool:
            opening = [pool.submit(open_up, north, alice="Alice Marram", dana="Dana Silt")]
            for server in (east, west):
                shutil.copy(prepared.embedded(), server.folder / prepared.NAME)
            opening.append(pool.submit(open_up, east, bob="Bob Okoro"))
            opening.append(pool.submit(open_up, west, carol="Carol Mar", dana="Dana Silt"))
        for each in opening:
            each.result()
        north.start("worker 2")
        browser = stack.enter_context(chromium.opened())
        at = ((north, "alice"), (east, "bob"), (west, "carol"))
        yield Three(*(at_home(browser, server, handle) for server, handle in at))


def open_up(server: Home, **people: str) -> None:
    """Give people a home on a server, and start it."""
    seed = {"people": [{"handle": handle, "name": name, "password": PASSWORD} for handle, name in people.items()]}
    file = server.folder / "people.json"
    file.write_text(json.dumps(seed))
    server.speak("seed", str(file))
    server.start()


def at_home(browser: Browser, server: Home, handle: str) -> Visitor:
    """Somebody signed in at their own server."""
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 390, "height": 844})
    context.set_default_timeout(chromium.PATIENCE_MS)
    visitor = Visitor(context.new_page(), server, handle)
    visitor.sign_in()
    return visitor


def test_what_is_asked_said_answered_shown_and_taken_back_arrives_on_all_three(three: Three, tmp_path: Path) -> None:
    they_ask_to_follow(three)
    they_follow(three)
    warning_and_picture_arrive(three, tmp_path / "harbor.png")
    answers_of_answers_arrive(three)
    words_are_shown_while_their_author_agrees(three)
    a_new_handle_arrives(three)
    whoever_moves_is_followed_to_their_new_home(three)


def they_ask_to_follow(three: Three) -> None:
    """Carol is asked first: she lets Alice follow, and declines Bob until he asks again."""
    carol = three.carol
    carol.open("/settings/preferences")
    carol.page.get_by_label("Ask me before somebody follows me").check()
    carol.page.get_by_role("button", name="Save").click()
    three.alice.follow(carol.address, called="Carol Mar")
    three.bob.follow(carol.address, called="Carol Mar")
    three.bob.sees("Asked", at=f"/{carol.address}")
    carol.sees("Alice Marram", at="/people/requests")
    carol.page.get_by_role("button", name=re.compile("Let them follow.*Alice Marram")).click()
    carol.sees("Bob Okoro", at="/people/requests")
    carol.page.get_by_role("button", name=re.compile("Decline.*Bob Okoro")).click()
    three.alice.sees("Stop following", at=f"/{carol.address}")
    three.bob.sees_no_more("Asked", at=f"/{carol.address}")


def they_follow(three: Three) -> None:
    """Bob follows Alice, Carol follows Bob: Carol knows nothing of Alice."""
    three.bob.follow(three.alice.address, called="Alice Marram")
    three.carol.follow(three.bob.address, called="Bob Okoro")
    three.alice.sees("Bob Okoro", at="/notifications")
    three.bob.sees("Carol Mar", at="/notifications")


def warning_and_picture_arrive(three: Three, picture: Path) -> None:
    """Alice's picture stands behind her warning at Bob's, fetched by his own server; then she changes her words."""
    alice, bob = three.alice, three.bob
    Image.new("RGB", (60, 40), "navy").save(picture)
    alice.open("/compose")
    alice.write("The harbor at night.")
    alice.page.get_by_text("Pictures", exact=True).click()
    alice.page.locator("input[type=file]").first.set_input_files(picture)
    alice.page.get_by_label("What does it show?").first.fill("Dark water")
    alice.page.get_by_text("Title, warning, answers, language").click()
    alice.page.get_by_label("A warning").fill("Darkness")
    alice.page.get_by_label("Who can read this?").select_option(label=ANYONE)
    alice.page.get_by_role("button", name="Say it", exact=True).click()
    bob.sees("Darkness", at="/")
    assert not bob.page.get_by_text("The harbor at night.").is_visible()
    bob.post("Darkness").locator("summary").click()
    bob.page.get_by_text("The harbor at night.").wait_for()
    shown = bob.page.get_by_role("img", name="Dark water")
    until(lambda: shown.evaluate("image => image.complete && image.naturalWidth"), says=bob.home.logs())
    assert str(shown.get_attribute("src")).startswith(("/", bob.home.url))

    alice.open(alice.path_of("The harbor at night."))
    alice.post("Darkness").get_by_role("link", name="Edit").click()
    alice.write("The harbor before dawn.")
    alice.page.get_by_role("button", name="Say it this way").click()
    until(lambda: "before dawn" in whole_text(bob), says=bob.home.logs())


def whole_text(visitor: Visitor) -> str:
    """All that the home page holds, folded away or not."""
    visitor.open("/")
    return str(visitor.page.locator("main").text_content())


def answers_of_answers_arrive(three: Three) -> None:
    """Bob answers Alice, Carol answers Bob: her server has fetched what began it, and all three read the thread."""
    alice, bob, carol = three.alice, three.bob, three.carol
    alice.say("Why do we never ask the night shift?", audience=ANYONE)
    bob.sees("never ask the night shift", at="/")
    bob.answer("night shift", "Because they are asleep when we meet.")
    carol.sees("asleep when we meet", at=f"/{bob.address}")
    carol.post("asleep when we meet").locator(".post-meta a.u-url").first.click()
    carol.sees("never ask the night shift", at=carol.page.url.removeprefix(carol.home.url))
    carol.answer("asleep when we meet", "Then ask those who wake them.")
    bob.sees("ask those who wake them", at="/")
    alice.sees("ask those who wake them", at=alice.path_of("never ask the night shift"))


def words_are_shown_while_their_author_agrees(three: Three) -> None:
    """Bob shows Alice's words inside his, with her consent, to Carol too, until she takes it back; and she refuses."""
    alice, bob, carol = three.alice, three.bob, three.carol
    words = "never ask the night shift"
    quote(bob, words, "She is right, you know.")
    answer_request(alice, "She is right", button="Let them")
    bob.sees(words, at=bob.path_of("She is right"))
    carol.sees("She is right", at="/")
    carol.post("She is right").locator(".post-meta a.u-url").first.click()
    shown_at = carol.page.url.removeprefix(carol.home.url)
    carol.sees(words, at=shown_at)
    alice.sees("shows your words inside theirs", at="/notifications")
    alice.page.get_by_role("link", name="She is right").first.click()
    alice.page.get_by_role("button", name="No longer show my words here").click()
    carol.sees_no_more(words, at=shown_at)
    bob.sees("does not want them shown here any more", at=bob.path_of("She is right"))

    quote(bob, words, "I would not say so.")
    answer_request(alice, "I would not say so", button="Rather not")
    bob.sees("would rather not have them shown here", at=bob.path_of("I would not say so"))


def quote(visitor: Visitor, said: str, words: str) -> None:
    """Quote the post that holds `said`, on the home page."""
    visitor.open("/")
    visitor.post(said).get_by_role("link", name="Quote").click()
    visitor.write(words)
    visitor.page.get_by_label("Who can read this?").select_option(label=ANYONE)
    visitor.page.get_by_role("button", name="Say it", exact=True).click()


def answer_request(visitor: Visitor, words: str, *, button: str) -> None:
    """Open the words in which one's own would be shown, and say yes or no."""
    visitor.sees(words, at="/notifications")
    visitor.page.get_by_role("link", name=words).first.click()
    visitor.page.get_by_role("button", name=button).click()


def a_new_handle_arrives(three: Three) -> None:
    """Alice is called something else: Bob still follows her, and hears her under her new address."""
    alice, bob = three.alice, three.bob
    alice.open("/settings/handle")
    alice.page.get_by_label("Your handle").fill("marram")
    alice.page.get_by_role("button", name="Use this handle").click()
    alice.handle = "marram"
    bob.sees("Stop following", at=f"/{alice.address}")
    alice.say("Said under my new name.", audience=ANYONE)
    bob.sees("Said under my new name", at="/")
    assert alice.address in bob.post("Said under my new name").inner_text()


def whoever_moves_is_followed_to_their_new_home(three: Three) -> None:
    """Dana moves from the west to the north, and Bob in the east, who follows her, goes along."""
    north, bob, west = three.alice.home, three.bob, three.carol.home
    old, new = f"@dana@{west.domain}", f"@dana@{north.domain}"
    bob.follow(old, called="Dana Silt")
    bob.sees("Stop following", at=f"/{old}")
    old_uri = west.python(KNOWN_AS).strip()
    new_uri = north.python(KNOWN_AS, old_uri).strip()
    west.python(MOVE, new_uri)
    bob.sees("Stop following", at=f"/{new}")
    bob.sees_no_more("Stop following", at=f"/{old}")
