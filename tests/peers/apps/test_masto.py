"""A page of another origin, on masto as its author wrote it, in a real browser."""

import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import chromium
from tests.makers import picture
from tests.peers.apps.called import Cast
from tests.peers.conftest import with_packages_of
from tests.running import Home, until
from tests.visitor import Visitor

FOLDER = Path(__file__).parents[1] / "masto"
PATIENCE_MS = 30_000

pytestmark = [pytest.mark.peer, pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.usefixtures("streaming")]


class Quiet(SimpleHTTPRequestHandler):
    """Hands out files and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def app(tmp_path: Path) -> Iterator[str]:
    """The address of the app, which is another origin than any server's."""
    (tmp_path / "index.html").write_bytes((FOLDER / "index.html").read_bytes())
    command = ["node_modules/.bin/esbuild", "app.js", "--bundle", "--format=iife", f"--outfile={tmp_path}/app.js"]
    environment = with_packages_of(FOLDER)
    subprocess.run([*command, "--log-level=warning"], cwd=FOLDER, env=environment, check=True, timeout=120)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture
def window() -> Iterator[Page]:
    """An empty window that trusts the certificate of the test."""
    with chromium.opened() as browser:
        page = browser.new_context(ignore_https_errors=True).new_page()
        page.set_default_timeout(PATIENCE_MS)
        yield page


def heard(window: Page) -> str:
    """What the app was told so far."""
    return window.locator("#heard").inner_text() if faultless(window) else ""


def faultless(window: Page) -> bool:
    """Nothing has gone wrong in the app."""
    fault = window.locator("#fault").inner_text()
    assert not fault, fault
    return True


def is_listening(window: Page, cast: Cast) -> bool:
    """A stream says nothing when it opens, and tells what happens from then on: something happens until it does."""
    cast.carol.status_post("Is anybody there?", visibility="private")
    return "Is anybody there?" in heard(window)


def test_a_page_of_another_origin_signs_in_says_hears_and_changes_a_profile(
    app: str, window: Page, here: Home, far: Home, cast: Cast
) -> None:
    dora = cast.at(far, "dora")
    (carol,) = dora.search(f"@carol@{here.domain}", resolve=True).accounts
    Visitor(window, here, "carol").sign_in()

    window.goto(f"{app}?server={here.url}")
    window.get_by_role("button", name="Sign in").click()
    window.get_by_role("button", name="Let it in").click()
    window.get_by_text("Signed in as carol").wait_for()
    until(lambda: is_listening(window, cast), says="the app is told nothing")

    window.locator("[name=words]").fill(f"Who remembers this tile, @dora@{far.domain}?")
    window.locator("[name=picture]").set_input_files({"name": "tile.png", "mimeType": "image/png", "buffer": picture()})
    window.locator("[name=description]").fill("A red tile on a wall")
    window.get_by_role("button", name="Say it").click()
    until(lambda: faultless(window) and window.locator("#said").inner_text(), says="never said")
    (said,) = until(lambda: dora.account_statuses(carol), says="never arrived")
    assert [shown.description for shown in said.media_attachments] == ["A red tile on a wall"]

    dora.status_reply(said, "My grandmother made it.")
    until(lambda: "My grandmother made it." in heard(window), says="the answer was never told")

    window.locator("[name=name]").fill("Carol of the tiles")
    window.get_by_role("button", name="Change it").click()
    window.get_by_text("Signed in as Carol of the tiles").wait_for()
    assert cast.alice.account(cast.carol.me()).display_name == "Carol of the tiles"
    cast.carol.account_update_credentials(display_name="Carol")
