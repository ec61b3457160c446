"""The real program on a free port of loopback, and Chromium to look at it."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests import chromium
from tests.makers import PASSWORD
from tests.running import Home, home

LINK = re.compile(r"http://\S+(/join/\S+)")
ROOT = Path(__file__).parents[2]
# A mail server that is not asked: nothing is sent while pages are looked at.
MAIL = "smtp://name:password@mail.example:587"


@dataclass
class Place:
    """A running server, and where what was said in it is shown."""

    home: Home
    paths: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Its address."""
        return self.home.url


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A place with people who have said things."""
    settings = {
        "SPEAK_NAME": "Harbour House",
        "SPEAK_SENTENCE": "People who mend boats.",
        "SPEAK_OPEN": "yes",
        "SPEAK_MAIL_URL": MAIL,
    }
    with home(tmp_path_factory.mktemp("place"), settings=settings) as server:
        furnished = subprocess.run(
            [sys.executable, "-m", "tests.browser.furnish"],
            env={**server.environment(), "DJANGO_SETTINGS_MODULE": "speak.operations.settings"},
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        yield Place(server, msgspec.json.decode(furnished.stdout, type=dict[str, str]))


@pytest.fixture
def new_place(tmp_path: Path) -> Iterator[Place]:
    """A place where nobody lives yet."""
    with home(tmp_path / "new") as server:
        yield Place(server)


@pytest.fixture
def printed_link(new_place: Place) -> str:
    """The address that a person reads in the terminal when nobody lives here yet."""
    found = LINK.search(new_place.home.speak("welcome"))
    assert found, "no link was printed"
    return new_place.url + found[1]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. For one module at a time: while it runs, Django takes this thread for an asynchronous one."""
    with chromium.opened() as started:
        yield started


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console complains of, such as a script that our policy stops."""
    return []


@pytest.fixture
def open_window(browser: Browser, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens an empty window with options of playwright's `new_context`; a phone held upright by default."""
    contexts: list[BrowserContext] = []

    def open_one(**options: Any) -> Page:  # noqa: ANN401 - playwright says which
        context = browser.new_context(**{"viewport": {"width": 390, "height": 844}, **options})
        contexts.append(context)
        context.set_default_timeout(chromium.PATIENCE_MS)
        page = context.new_page()
        listen(page, complaints)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints


def listen(page: Page, complaints: list[str]) -> None:
    """Note what the console of a page complains of, such as a script that our policy stops."""

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))


def sign_in(page: Page, url: str, handle: str) -> None:
    """As somebody does who knows their password."""
    page.goto(f"{url}/account/login/")
    page.get_by_label("Your handle, or your e-mail address").fill(handle)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Sign out").wait_for()
