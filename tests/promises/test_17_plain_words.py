"""Promise 17: Plain words.

Pages never say "user", "content", "engagement", "adoption", "activation". Neither does anything else a person may
read: every page of a house in which everything exists once, with its refusals; what is sent by mail; what the command
line says of itself; the sentences in which an app is refused.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from django.core import mail
from django.test import Client

from speak.identity.models import Actor, User
from speak.operations.commands import main
from speak.safety.actions import LimitWords, set_limit
from speak.safety.models import LimitKind
from tests.architecture.source import SPEAK
from tests.architecture.test_words import NEVER, words_of
from tests.promises.doors import calls, forms_on, pages_for, seen_on, undone
from tests.promises.house import House, app_of

Browser = Callable[[Actor | None], Client]
MAILED = sorted(SPEAK.glob("*/templates/**/*.txt"))
# What an app shows of an answer that declines something.
SENTENCES = ("error", "error_description")


def around(text: str) -> str:
    """The place where it does not speak plainly; empty where it does."""
    found = NEVER.search(text)
    return text[max(0, found.start() - 60) : found.end() + 40] if found else ""


@pytest.mark.parametrize("who", ["alice", "olga", ""])
def test_every_page_speaks_plainly(house: House, who: str, browser_of: Browser) -> None:
    browser = browser_of(getattr(house, who) if who else None)
    paths = {
        **house.paths,
        "refused": "/rooms/1",
        "nowhere": "/nowhere/at/all",
        "nobody": "/@nobody_there",
        "answering": f"/compose?answers={house.of_bob.pk}",
        "reporting": "/report?actor=@bob",
    }
    opened = set()
    for name, page in pages_for(browser, paths):
        opened.add(name)
        assert not around(seen_on(page)), name
    for name in ("refused", "nowhere", "nobody"):
        assert not around(seen_on(browser.get(paths[name]).content.decode())), name
    assert {"home", "profile", "post", "search", "organisation", "guide", "practice"} <= opened
    if who:
        assert {"settings", "rooms", "compose", "notifications", "safety_mine", "mfa_index", "account_email"} <= opened


def test_every_form_that_is_sent_empty_is_declined_plainly(house: House, browser_of: Browser) -> None:
    browser, declined = browser_of(house.alice), 0
    for name, page in list(pages_for(browser, house.paths)):
        for address in {form.action or house.paths[name] for form in forms_on(page) if form.method == "post"}:
            with undone(browser):
                answer = browser.post(address, {}) if "logout" not in address else None
            if answer is not None and answer.status_code >= 400:
                declined += 1
                assert not around(seen_on(answer.content.decode())), address
    assert declined


def test_what_somebody_is_told_when_a_limit_is_on_them_is_plain(house: House, browser_of: Browser) -> None:
    set_limit(None, about=house.bob, words=LimitWords(LimitKind.SUSPENDED, "It has to be quieter."))
    browser = browser_of(house.bob)
    for path in ("/", "/safety/mine", "/notifications", "/compose"):
        assert not around(seen_on(browser.get(path).content.decode())), path
    said = browser.post("/compose", {"words": "Hm.", "audience": "60", "do": "say"})
    assert not around(seen_on(said.content.decode()))


@pytest.mark.parametrize("template", MAILED, ids=lambda path: path.relative_to(SPEAK).as_posix())
def test_everything_that_is_mailed_speaks_plainly(template: Path) -> None:
    assert not around(words_of(template.read_text(encoding="utf-8")))


def test_a_letter_speaks_plainly_when_it_is_sent(house: House, browser_of: Browser) -> None:
    User.objects.filter(actor=house.alice).update(email="alice@home.example")
    stranger = browser_of(None)
    for address in ("alice@home.example", "nobody@home.example"):
        stranger.post("/account/password/reset/", {"email": address})
    invite = {"name": "Finn", "reason": "You listen.", "email": "finn@far.example"}
    browser_of(house.alice).post(f"/rooms/{house.room.pk}/invite", invite)
    assert len(mail.outbox) >= 2
    for letter in mail.outbox:
        assert not around(f"{letter.subject}\n{letter.body}"), letter.subject


def helps(command: click.Command, name: str = "speak") -> Iterator[tuple[str, str]]:
    """What every command says of itself: (its name, its help)."""
    context = click.Context(command, info_name=name)
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            found = command.get_command(context, each)
            assert found is not None
            yield from helps(found, f"{name} {each}")


def test_every_command_speaks_plainly() -> None:
    said = dict(helps(main))
    assert {"speak", "speak person add", "speak serve", "speak doctor"} <= said.keys()
    for name, text in said.items():
        assert not around(text), name


def sentences(answer: bytes) -> str:
    """What an app would show of an answer that declines something."""
    try:
        said = json.loads(answer)
    except ValueError:
        return ""
    return "\n".join(str(said.get(name, "")) for name in SENTENCES) if isinstance(said, dict) else ""


def test_every_refusal_of_an_app_is_said_plainly(house: House) -> None:
    me, nobody, heard = app_of(house.alice), Client(), set()
    wrong = json.dumps(
        {"status": 7, "title": [], "phrase": {}, "visibility": "loud", "media_ids": "x", "limit": "many"}
    )
    for stands_for in (house.stands_for, {}):
        for method, path in calls(stands_for):
            for app in (me, nobody):
                with undone(app):
                    for body in ("{}", wrong):
                        answer = app.generic(method, f"{path}?limit=x", body, content_type="application/json")
                        if answer.status_code >= 400:
                            heard.add(sentences(answer.content))
    assert len(heard) > 5
    for said in heard:
        assert not around(said)


def test_a_word_that_is_not_plain_would_be_found() -> None:
    assert around(seen_on("<p>Our users love it.</p>"))
    assert not around(seen_on('<p class="content">Our people.</p>'))
