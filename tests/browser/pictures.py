"""The pictures of the README, made of the invented organisation: `make pictures`."""

import io
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page

from tests import chromium
from tests.running import until

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
LINK = re.compile(r"as (Maria|Tom)\S*, .*?(http://\S+)")


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demonstration, and how one becomes somebody in it."""

    url: str
    links: dict[str, str]


@contextmanager
def demo() -> Iterator[Demo]:
    """The invented waterworks, for as long as it is needed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        command = [sys.executable, "-m", "speak", "demo", "--port", str(port), "--data", str(Path(folder, "data"))]
        with log.open("wb") as out:
            running = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        url = f"http://localhost:{port}"
        try:
            until(lambda: _answers(f"{url}/health"), seconds=120, says="the demonstration does not start")
            yield Demo(url, dict(LINK.findall(log.read_text(encoding="utf-8"))))
        finally:
            running.terminate()
            running.wait(timeout=30)


def take(browser: Browser, place: Demo) -> None:
    """Every picture: what one person carries along on a phone, and what a room sees together on its screen."""
    page = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=1.5)
    page.goto(place.links["Tom"])
    keep(page, "home")
    page.goto(f"{place.url}/rooms")
    open_first(page)
    keep(page, "room")
    page.goto(f"{place.url}/compose?words=We%20found%20the%20leak%20by%20listening.")
    keep(page, "compose")
    page.goto(f"{place.url}/stories")
    open_first(page)
    keep(page, "story")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{place.url}/rooms")
    page.get_by_role("link", name="Seven around a table").first.click()
    page.get_by_role("link", name="Shared screen").click()
    page.get_by_role("button", name="Begin the meeting").click()
    page.wait_for_load_state()
    keep(page, "screen")


def open_first(page: Page) -> None:
    """Follow the first link of what is listed."""
    page.get_by_role("main").get_by_role("link").first.click()
    page.wait_for_load_state()


def keep(page: Page, name: str) -> None:
    """What is seen without scrolling, small enough for a README."""
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    picture.save(FOLDER / f"{name}.webp", quality=80, method=6)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:  # noqa: S310 - our own
            return bool(answer.status)
    except (URLError, TimeoutError, ConnectionError):
        return False


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo() as place, chromium.opened() as browser:
        take(browser, place)
    sys.stdout.write("".join(f"{path.relative_to(FOLDER.parents[1])}\n" for path in sorted(FOLDER.iterdir())))
