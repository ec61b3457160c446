"""One's own mirror: for oneself, through every door, and for nobody else."""

import logging
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from speak.clients.urls import ENDPOINTS
from speak.identity.actions import let_run_server
from speak.identity.models import Actor
from speak.kernel.errors import Failure, TooMuch
from speak.mirror.apart import Aside, OfOneself, Own, ask
from speak.mirror.here import micros, rows_of
from speak.voice.actions import let_rest
from speak.voice.models import Post
from tests import makers
from tests.web.reading import text_of

Browser = Callable[[Actor | None], Client]


@pytest.fixture
def waiting(alice: Actor, bob: Actor, carol: Actor) -> Post:
    """Alice and Bob answer each other; what Carol said waits for Alice."""
    asked = makers.post(alice, "Who has the key?")
    makers.answer(alice, makers.answer(bob, asked, "I do."))
    return makers.answer(carol, asked, "Which key?")


def part_of(page: str, name: str) -> str:
    """One section of the page."""
    return page.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]


def test_it_shows_whom_one_talks_with_who_waits_and_when_one_writes(
    alice: Actor, waiting: Post, browser_of: Browser
) -> None:
    answer = browser_of(alice).get("/mirror")
    page = text_of(answer)
    assert "Bob" in part_of(page, "both-ways")
    assert "Carol" not in part_of(page, "both-ways")
    assert "Which key?" in part_of(page, "awaiting")
    assert f"/compose?answers={waiting.pk}" in part_of(page, "awaiting")
    assert part_of(page, "rhythm").count("<circle") == 1
    assert part_of(page, "rhythm").count("<td>most</td>") == 1
    assert page.count("Careful") == page.count("What the words mean") == 4
    assert page.count("Try this") == 3, "there is nobody she used to talk with"
    assert answer["Cache-Control"] == "private, no-store"


def test_who_names_one_waits_too(alice: Actor, bob: Actor, browser_of: Browser) -> None:
    makers.post(bob, "What would @alice say?")
    assert "What would" in part_of(text_of(browser_of(alice).get("/mirror")), "awaiting")


def test_what_one_let_rest_waits_no_more(alice: Actor, waiting: Post, browser_of: Browser) -> None:
    let_rest(alice, post=waiting)
    assert "Which key?" not in text_of(browser_of(alice).get("/mirror"))


def test_the_week_is_counted_by_ones_own_clock(alice: Actor, waiting: Post, browser_of: Browser) -> None:
    Post.objects.filter(author=alice).update(said_at=timezone.now().replace(hour=20))
    browser = browser_of(alice)
    assert "<td>nothing</td>\n" in text_of(browser.get("/mirror"))
    before = part_of(text_of(browser.get("/mirror")), "rhythm")
    later = part_of(text_of(browser.get("/mirror?clock=720")), "rhythm")
    assert later != before
    assert part_of(text_of(browser.get("/mirror")), "rhythm") == later, "the browser keeps it"


def test_whoever_said_nothing_is_told_what_will_stand_here(carol: Actor, browser_of: Browser) -> None:
    page = text_of(browser_of(carol).get("/mirror"))
    assert "Nobody yet. Whoever you answer, and who answers you, stands here." in page
    assert "You have written nothing here yet." in page


def test_nobody_opens_somebody_elses(alice: Actor, dora: Actor, waiting: Post, browser_of: Browser) -> None:
    """Not whoever runs this place either: there is no second name to give, in the address or beside it."""
    olga = makers.person("olga")
    let_run_server(olga)
    browser = browser_of(olga)
    for way in (f"?viewer={alice.pk}", "?person=alice", f"?actor={alice.address}", "?of=alice&clock=60"):
        page = text_of(browser.get(f"/mirror{way}"))
        assert not [word for word in ("Bob", "Carol", "Which key?") if word in page], way
    for path in ("/mirror/alice", "/@alice/mirror", f"/mirror/{alice.pk}"):
        assert browser.get(path).status_code == 404, path
    assert browser_of(None).get("/mirror").status_code == 302
    assert browser.post("/mirror", {"viewer": alice.pk}).status_code == 405
    assert not [each.route for each in ENDPOINTS if "mirror" in each.route]


def test_no_line_of_the_log_tells_of_it(
    alice: Actor, waiting: Post, browser_of: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        browser_of(alice).get("/mirror")
    assert not [line for line in caplog.messages if "Bob" in line or str(waiting.author_id) in line]


def test_a_look_that_takes_too_long_is_given_up_and_tells_nothing(alice: Actor, waiting: Post) -> None:
    aside = Aside(seconds=0)
    rows = rows_of(Post.objects.select_related("author"))
    question = OfOneself(rows, [], str(alice.pk), micros(timezone.now()), 0)
    with pytest.raises(Failure, match=r"^the mirror could not look: its process ended$"):
        aside.ask(question, Own)


def test_where_many_look_at_once_pages_do_not_wait(alice: Actor) -> None:
    with pytest.raises(TooMuch, match="Many look at once"):
        Aside(most_at_once=0).ask(OfOneself([], [], str(alice.pk), 0, 0), Own)


def test_a_look_that_goes_wrong_says_only_what_kind_of_mistake_it_was(alice: Actor) -> None:
    with pytest.raises(Failure, match=r"^the mirror could not look: [A-Za-z]+$"):
        ask(OfOneself([("alice",)], [], str(alice.pk), 0, 0), Own)
