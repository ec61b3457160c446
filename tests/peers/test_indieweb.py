"""Programs that others wrote for the IndieWeb: they tell us of links, read our pages, and sign people in with us."""

import contextlib
import datetime as dt
import http.client
import http.cookiejar
import json
import os
import re
import subprocess
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import mf2py
import pytest

from speak.identity import actions
from speak.identity.actions import ProfileWords
from speak.identity.models import Actor
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.reach import Reach
from speak.voice.sanitize import plain_text
from tests import makers
from tests.makers import PASSWORD
from tests.peers.conftest import TOOLS, environment_of, with_packages_of
from tests.running import Home, free_port, home, until

pytestmark = [pytest.mark.peer, pytest.mark.timeout(300)]
FOLDER = Path(__file__).parent / "indieweb"
SENDER = FOLDER / "node_modules" / "@remy" / "webmention" / "bin" / "wm.js"
NAME = "home.example"
SAY = """
import sys
from speak.identity.queries import actor_called
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.reach import Reach
author = actor_called(None, "alice")
print(publish_post(author, words=Words(sys.argv[1]), audience=Audience(Reach.PUBLIC)).url)
"""
KEPT = """
import json
from speak.federation.models import SiteMention
print(json.dumps([[m.source_url, m.state, m.kind, m.author_name, m.html] for m in SiteMention.objects.all()]))
"""


@pytest.fixture(scope="module")
def indieweb() -> Path:
    """The Python in whose environment ronkyuu and datasette are."""
    return environment_of("indieweb")


@contextlib.contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """A small server of the test's own on loopback; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def with_alice(server: Home) -> None:
    server.speak("person", "add", "alice", "--name", "Alice", "--password-stdin", typed=f"{PASSWORD}\n")


# --- Telling us of links ----------------------------------------------------------------------


def site(page: str) -> type[BaseHTTPRequestHandler]:
    """A site with one page."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_given: object) -> None:
            """Quietly."""

    return Site


def sent_by_ronkyuu(source: str, target: str, indieweb: Path) -> None:
    done = subprocess.run([indieweb, FOLDER / "send.py", source, target], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["status"] == 202, done.stderr


def sent_by_remy(source: str, _target: str, _indieweb: Path) -> None:
    command = [str(TOOLS / "node"), str(SENDER), source, "--send", "--debug"]
    done = subprocess.run(command, env=with_packages_of(FOLDER), capture_output=True, text=True, check=True, timeout=60)
    assert "202" in done.stdout + done.stderr or "webmention" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("send", [sent_by_ronkyuu, sent_by_remy])
def test_an_independent_sender_finds_where_to_and_is_heard(
    tmp_path: Path, indieweb: Path, send: Callable[[str, str, Path], None]
) -> None:
    with home(tmp_path / "ours") as ours:
        with_alice(ours)
        target = ours.python(SAY, "What do you think?").strip()
        page = (
            f'<div class="h-entry"><a class="u-in-reply-to" href="{target}">to you</a> '
            '<a class="p-author h-card" href="/">Erin</a> <a class="u-url" href="/">here</a>'
            '<div class="e-content">I agree.</div></div>'
        )
        with serving(site(page)) as address:
            send(f"{address}/", target, indieweb)
            until(lambda: "held" in ours.python(KEPT), says=ours.logs())
            assert json.loads(ours.python(KEPT)) == [[f"{address}/", "held", "reply", "Erin", "I agree."]]


# --- Reading our pages --------------------------------------------------------------------------


def read_by_mf2py(page: str, url: str) -> dict[str, Any]:
    found: dict[str, Any] = mf2py.parse(doc=page, url=url)
    return found


def read_by_microformats_parser(page: str, url: str) -> dict[str, Any]:
    command = [str(TOOLS / "node"), str(FOLDER / "read.mjs"), url]
    done = subprocess.run(command, env=with_packages_of(FOLDER), input=page, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


READERS = (read_by_mf2py, read_by_microformats_parser)
Reader = Callable[[str, str], dict[str, Any]]


def first(item: dict[str, Any], name: str) -> Any:  # noqa: ANN401 - what microformats hold
    return item["properties"][name][0]


@pytest.mark.parametrize("read", READERS)
def test_from_a_profile_exactly_the_person_and_what_they_say_is_read(
    alice: Actor, browser_of: Callable[[Actor | None], Any], read: Reader
) -> None:
    actions.write_profile(alice, words=ProfileWords("Alice Adams", "Building a boat"))
    actions.replace_links(alice, links=[("Blog", "https://alice.example/")])
    note = makers.post(alice, "Good morning, #boats.")
    words = Words("Long **words**.", title="On boats")
    article = publish_post(alice, words=words, audience=Audience(Reach.PUBLIC))
    found = read(browser_of(None).get("/@alice").content.decode(), alice.url)
    cards = [item for item in found["items"] if "h-card" in item["type"]]
    assert len(cards) == 1
    assert first(cards[0], "name") == "Alice Adams"
    assert alice.url in cards[0]["properties"]["url"]
    assert found["rels"]["me"] == ["https://alice.example/"]
    entries = [item for item in found["items"] if "h-entry" in item["type"]]
    entries += [child for item in found["items"] if "h-feed" in item["type"] for child in item.get("children", [])]
    assert [first(entry, "url") for entry in entries] == [article.url, note.url]
    assert [first(entry, "uid") for entry in entries] == [article.uri, note.uri]
    assert {item["type"][0] for item in found["items"]} <= {"h-card", "h-entry", "h-feed"}


@pytest.mark.parametrize("read", READERS)
def test_from_the_page_of_a_post_exactly_that_post_is_read(
    alice: Actor, bob: Actor, browser_of: Callable[[Actor | None], Any], read: Reader
) -> None:
    article = publish_post(
        alice, words=Words("Long **words** #boats.", title="On boats"), audience=Audience(Reach.PUBLIC)
    )
    answer = makers.answer(bob, article, "I see.")
    for post, author in ((article, alice), (answer, bob)):
        found = read(browser_of(None).get(post.path).content.decode(), post.url)
        (entry,) = [item for item in found["items"] if item["properties"]["uid"] == [post.uri]]
        assert entry["type"] == ["h-entry"]
        assert first(entry, "url") == post.url
        assert first(entry, "content")["value"].strip() == plain_text(post.html)
        published = dt.datetime.fromisoformat(first(entry, "published"))
        assert published.replace(microsecond=0) == post.said_at.replace(microsecond=0)
        writer = first(entry, "author")
        assert (first(writer, "name"), writer["properties"]["url"]) == (author.called, [author.url])
        assert len(entry["properties"]["author"]) == 1
    found = read(browser_of(None).get(article.path).content.decode(), article.url)
    assert first(found["items"][0], "name") == "On boats"
    assert found["items"][0]["properties"]["category"] == ["boats"]
    found = read(browser_of(None).get(answer.path).content.decode(), answer.url)
    (entry,) = [item for item in found["items"] if item["properties"]["uid"] == [answer.uri]]
    assert "name" not in entry["properties"], "a note has no name"
    assert entry["properties"]["in-reply-to"] == [article.url]


# --- Signing people in with us ------------------------------------------------------------------


def front_of(server: Home) -> type[BaseHTTPRequestHandler]:
    """A proxy, by which a program finds our server under a name without a port, as IndieAuth wants it."""

    class Front(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._pass_on(b"")

        def do_POST(self) -> None:
            self._pass_on(self.rfile.read(int(self.headers.get("Content-Length", 0))))

        def _pass_on(self, body: bytes) -> None:
            parts = urllib.parse.urlsplit(self.path)
            port = server.port if parts.hostname == NAME else parts.port
            headers = {name: value for name, value in self.headers.items() if not name.lower().startswith("proxy-")}
            path = parts._replace(scheme="", netloc="").geturl()
            try:
                with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as line:
                    line.request(self.command, path, body, headers)
                    answer = line.getresponse()
                    held = answer.read()
            except ConnectionRefusedError:
                self.send_error(502)
                return
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {"transfer-encoding", "content-length", "connection"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(held)))
            self.end_headers()
            self.wfile.write(held)

        def log_message(self, *_given: object) -> None:
            """Quietly."""

    return Front


class Browser:
    """A browser without a window."""

    def __init__(self, proxy: str) -> None:
        self.jar = http.cookiejar.CookieJar()
        by = urllib.request.ProxyHandler({"http": proxy})
        self._open = urllib.request.build_opener(by, urllib.request.HTTPCookieProcessor(self.jar)).open

    def go(self, url: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """Where one arrives, and what stands there."""
        sent = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(url, sent, {"Referer": url})  # noqa: S310 - our own servers
        with self._open(request, timeout=30) as answer:
            return str(answer.url), str(answer.read().decode())

    def fill(self, url: str, page: str, **given: str) -> tuple[str, str]:
        """Send the form of a page with what stands hidden in it."""
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        return self.go(url, {**{name: value.replace("&amp;", "&") for name, value in hidden.items()}, **given})


def test_datasette_signs_somebody_in_with_their_page_here(tmp_path: Path, indieweb: Path) -> None:
    with home(tmp_path / "ours", settings={"SPEAK_URL": f"http://{NAME}"}) as ours, serving(front_of(ours)) as proxy:
        with_alice(ours)
        port = free_port()
        command = [str(indieweb.parent / "datasette"), "--memory", "--port", str(port), "--setting", "base_url", "/"]
        with (tmp_path / "datasette.log").open("wb") as log:
            environment = {**os.environ, "HTTP_PROXY": proxy, "NO_PROXY": ""}
            theirs = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log)
        try:
            browser = Browser(proxy)
            address = f"http://localhost:{port}"
            until(lambda: is_there(browser, address), seconds=60, says="datasette did not start")
            url, page = browser.go(f"http://{NAME}/account/login/")
            browser.fill(url, page, login="alice", password=PASSWORD)
            _, page = browser.go(f"{address}/-/indieauth")
            url, page = browser.go(f"{address}/-/indieauth", {"me": f"{NAME}/@alice", **token_on(page)})
            assert url.startswith(f"http://{NAME}/oauth/authorize")
            assert f"Let localhost:{port} in?" in page
            url, page = browser.fill(f"http://{NAME}/oauth/authorize", page, allow="yes")
            assert url == f"{address}/", page
            _, known = browser.go(f"{address}/-/actor.json")
            assert json.loads(known)["actor"]["me"] == f"http://{NAME}/@alice"
        finally:
            theirs.terminate()
            theirs.wait(10)


def is_there(browser: Browser, url: str) -> bool:
    try:
        return bool(browser.go(f"{url}/-/versions.json"))
    except OSError:
        return False


def token_on(page: str) -> dict[str, str]:
    """The proof of a form of datasette's, where it has one."""
    return dict(re.findall(r'name="(csrftoken)" value="([^"]*)"', page))
