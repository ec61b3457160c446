"""The door for code that is not asynchronous: one line per process, and its manners."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from pytest_django import Settings

from speak.kernel.outbound import (
    AddressRefused,
    Limits,
    OutboundFailure,
    TimedOut,
    Unreachable,
    ask,
    hang_up,
    sync,
)

from .places import ADMITTED, OUTSIDE, get, post, serving

pytestmark = pytest.mark.allow_hosts(["127.0.0.0/8"])


@dataclass
class Elsewhere:
    """A server that runs on a thread of its own, and what it was asked."""

    url: str = ""
    seen: list[Mapping[str, str]] = field(default_factory=list)
    peers: set[object] = field(default_factory=set)

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """Note who asks; /slow takes its time."""
        assert request.transport
        self.peers.add(request.transport.get_extra_info("peername"))
        self.seen.append(request.headers.copy())
        if request.path == "/slow":
            await asyncio.sleep(5)
        return web.Response(text="hello")


@pytest.fixture
def elsewhere(settings: Settings) -> Iterator[Elsewhere]:
    """Another server, which this one may call."""
    settings.SPEAK_ALLOW_NETWORKS = ADMITTED
    settings.SPEAK_URL = "https://home.example"
    hang_up()  # a line that another test left open has that test's settings
    place = Elsewhere()
    ready, done = threading.Event(), threading.Event()

    async def live() -> None:
        async with serving(place.answer) as port:
            place.url = f"http://{OUTSIDE}:{port}"
            ready.set()
            while not done.is_set():  # noqa: ASYNC110 - set from another thread
                await asyncio.sleep(0.01)

    thread = threading.Thread(target=asyncio.run, args=(live(),))
    thread.start()
    ready.wait()
    yield place
    hang_up()
    done.set()
    thread.join()


def test_a_question_is_answered(elsewhere: Elsewhere) -> None:
    answer = ask(get(f"{elsewhere.url}/"))
    assert (answer.status, answer.body) == (200, b"hello")
    assert "https://home.example" in elsewhere.seen[0]["User-Agent"]


def test_it_signs(elsewhere: Elsewhere) -> None:
    ask(
        post(f"{elsewhere.url}/inbox"),
        sign=lambda method, url, _headers, body: {"Signature": f"{method} {url} {body!r}"},
    )
    assert elsewhere.seen[0]["Signature"] == f"POST {elsewhere.url}/inbox b'{{}}'"


def test_failures_come_through(elsewhere: Elsewhere) -> None:
    with pytest.raises(AddressRefused):
        ask(get(elsewhere.url.replace(OUTSIDE, "127.0.0.1")))
    assert ask(get(elsewhere.url)).status == 200


def test_many_threads_share_one_line(elsewhere: Elsewhere) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, [get(f"{elsewhere.url}/")] * 40))
    assert [answer.status for answer in answers] == [200] * 40
    assert len(elsewhere.peers) <= 4
    assert len([thread for thread in threading.enumerate() if thread.name == "speak-outbound"]) == 1


def test_settings_are_read_when_a_line_is_opened(elsewhere: Elsewhere, settings: Settings) -> None:
    assert ask(get(elsewhere.url)).status == 200
    hang_up()
    settings.SPEAK_ALLOW_NETWORKS = ()
    with pytest.raises(AddressRefused):
        ask(get(elsewhere.url))


def test_hanging_up_ends_what_is_being_asked(elsewhere: Elsewhere) -> None:
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(ask, get(f"{elsewhere.url}/slow"))
        while not elsewhere.seen:
            time.sleep(0.01)
        hang_up()
        with pytest.raises(Unreachable):
            asked.result(timeout=3)
    hang_up()


@pytest.mark.parametrize("limits", [Limits(seconds=0.1, size=1), Limits(seconds=0.1, size=1, turn=0)])
def test_nobody_waits_for_ever(elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch, limits: Limits) -> None:
    call = get(f"{elsewhere.url}/slow")
    monkeypatch.setattr(sync, "LIMITS", {call.purpose: limits})
    with pytest.raises(TimedOut):
        ask(call)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_opens_its_own_line(elsewhere: Elsewhere) -> None:
    ask(get(elsewhere.url))
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if ask(get(elsewhere.url)).status == 200 else 1)
        except OutboundFailure:
            os._exit(2)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert ask(get(elsewhere.url)).status == 200  # the parent's connection was left alone
    assert len(elsewhere.peers) == 2


def test_a_process_with_an_open_line_ends_quietly(elsewhere: Elsewhere) -> None:
    script = (
        "import ipaddress\n"
        "from django.conf import settings\n"
        "networks = (ipaddress.ip_network('127.0.0.2/32'),)\n"
        "settings.configure(SPEAK_ALLOW_NETWORKS=networks, SPEAK_URL='', SPEAK_DEMO=False)\n"
        "from speak.kernel.outbound import ask, Call, Purpose\n"
        f"print(ask(Call('GET', {elsewhere.url!r}, Purpose.DOCUMENT)).status)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", script],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "200\n", "")
