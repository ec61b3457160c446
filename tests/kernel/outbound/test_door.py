"""What the door sends, what it brings back, and how it gives up."""

import asyncio
import re
from dataclasses import replace

import pytest
from aiohttp import web

from speak.kernel.outbound import (
    Answer,
    Bounds,
    Call,
    Garbled,
    OutboundFailure,
    Purpose,
    TimedOut,
    TooBig,
    Unreachable,
)

from .places import IMPATIENT, OUTSIDE, PATIENT, RawHandler, a_door, get, greet, post, serving, speaking_raw

pytestmark = pytest.mark.allow_hosts(["127.0.0.0/8"])


async def fetch_raw(handler: RawHandler, *, purpose: Purpose = Purpose.DOCUMENT, bounds: Bounds = PATIENT) -> Answer:
    """What the door makes of a server that speaks by hand."""
    async with speaking_raw(handler) as port, a_door(bounds=bounds) as door:
        return await door.send(get(f"http://{OUTSIDE}:{port}/", purpose=purpose))


def saying(*parts: bytes, pause: float = 0, then: str = "close") -> RawHandler:
    """A server that reads a request, says these bytes, and then closes, waits or repeats the last."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        while then == "repeat":
            writer.write(parts[-1])
            await writer.drain()
            await asyncio.sleep(pause)
        if then == "wait":
            await asyncio.sleep(60)
        writer.close()
        await writer.wait_closed()

    return speak


def test_an_answer_comes_back_whole() -> None:
    async def scene() -> None:
        async def answer(request: web.BaseRequest) -> web.Response:
            return web.json_response({"method": request.method}, status=203, headers={"X-Two": "ä"})

        async with serving(answer) as port, a_door() as door:
            url = f"http://{OUTSIDE}:{port}/a%40b?c=d"
            got = await door.send(get(url))
        assert (got.status, got.body, got.url) == (203, b'{"method": "GET"}', url)
        assert got.headers["content-type"] == "application/json; charset=utf-8"
        assert got.headers["x-two"] == "ä"

    asyncio.run(scene())


def test_a_delivery_carries_its_body_and_says_who_calls() -> None:
    async def scene() -> None:
        seen: list[tuple[str, str, bytes, dict[str, str]]] = []

        async def take(request: web.BaseRequest) -> web.Response:
            seen.append((request.method, request.raw_path, await request.read(), dict(request.headers)))
            return web.Response(status=202)

        async with serving(take) as port, a_door() as door:
            got = await door.send(post(f"http://{OUTSIDE}:{port}/inbox?x=%2F", b'{"a": 1}'))
        assert (got.status, got.body) == (202, b"")
        [(method, path, body, headers)] = seen
        assert (method, path, body) == ("POST", "/inbox?x=%2F", b'{"a": 1}')
        assert headers["Content-Type"] == "application/activity+json"
        assert headers["Host"] == f"{OUTSIDE}:{port}"
        assert re.fullmatch(r"SpeakForYourself/[0-9.]+ \(\+https://home\.example\)", headers["User-Agent"])

    asyncio.run(scene())


def test_any_status_is_an_answer() -> None:
    async def scene() -> None:
        async def gone(_: web.BaseRequest) -> web.Response:
            return web.Response(status=410, text="gone for good")

        async with serving(gone) as port, a_door() as door:
            got = await door.send(get(f"http://{OUTSIDE}:{port}/"))
        assert (got.status, got.body) == (410, b"gone for good")

    asyncio.run(scene())


def test_cookies_are_neither_kept_nor_told() -> None:
    async def scene() -> None:
        seen: list[str | None] = []

        async def bake(request: web.BaseRequest) -> web.Response:
            seen.append(request.headers.get("Cookie"))
            return web.Response(headers={"Set-Cookie": "who=dora"})

        async with serving(bake) as port, a_door({"far.example": [OUTSIDE]}) as door:
            answers = [await door.send(get(f"http://far.example:{port}/")) for _ in range(2)]
        assert seen == [None, None]
        assert all("set-cookie" not in answer.headers for answer in answers)

    asyncio.run(scene())


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")

    async def scene() -> None:
        async with serving(greet) as port, a_door() as door:
            got = await door.send(get(f"http://{OUTSIDE}:{port}/"))
        assert got.body == f"hello from {OUTSIDE}:{port}".encode()

    asyncio.run(scene())


def test_a_connection_is_used_again() -> None:
    async def scene() -> None:
        peers: set[object] = set()

        async def note(request: web.BaseRequest) -> web.Response:
            assert request.transport
            peers.add(request.transport.get_extra_info("peername"))
            return web.Response(status=202, text="thank you")

        async with serving(note) as port, a_door() as door:
            for _ in range(5):
                await door.send(post(f"http://{OUTSIDE}:{port}/inbox"))
        assert len(peers) == 1

    asyncio.run(scene())


@pytest.mark.parametrize(("per_server", "in_all", "most"), [(2, 100, 2), (100, 3, 3)])
def test_only_so_many_calls_are_made_at_once(per_server: int, in_all: int, most: int) -> None:
    async def scene() -> None:
        here, peak = 0, 0

        async def dawdle(_: web.BaseRequest) -> web.Response:
            nonlocal here, peak
            here += 1
            peak = max(peak, here)
            await asyncio.sleep(0.02)
            here -= 1
            return web.Response()

        bounds = replace(PATIENT, calls_per_server=per_server, calls_in_all=in_all)
        async with serving(dawdle) as port, a_door(bounds=bounds) as door:
            await asyncio.gather(*(door.send(get(f"http://{OUTSIDE}:{port}/")) for _ in range(12)))
        assert peak == most

    asyncio.run(scene())


def test_waiting_for_a_turn_is_not_held_against_a_server() -> None:
    async def scene() -> None:
        async def dawdle(_: web.BaseRequest) -> web.Response:
            await asyncio.sleep(0.2)
            return web.Response(status=202)

        bounds = replace(IMPATIENT, calls_per_server=1)
        async with serving(dawdle) as port, a_door(bounds=bounds) as door:
            answers = await asyncio.gather(*(door.send(post(f"http://{OUTSIDE}:{port}/")) for _ in range(6)))
        assert [answer.status for answer in answers] == [202] * 6

    asyncio.run(scene())


def test_a_busy_server_does_not_keep_others_waiting() -> None:
    async def scene() -> None:
        release = asyncio.Event()

        async def hold(_: web.BaseRequest) -> web.Response:
            await release.wait()
            return web.Response()

        bounds = replace(PATIENT, calls_per_server=1, calls_in_all=2)
        async with serving(hold) as busy, serving(greet) as idle, a_door(bounds=bounds) as door:
            held = [asyncio.create_task(door.send(get(f"http://{OUTSIDE}:{busy}/"))) for _ in range(4)]
            await asyncio.sleep(0.05)
            got = await door.send(get(f"http://{OUTSIDE}:{idle}/"))
            assert got.status == 200
            release.set()
            await asyncio.gather(*held)

    asyncio.run(scene())


def test_nobody_listening_is_unreachable() -> None:
    async def scene() -> None:
        async with serving(greet) as port:
            pass
        async with a_door() as door:
            with pytest.raises(Unreachable) as caught:
                await door.send(get(f"http://{OUTSIDE}:{port}/"))
        assert not caught.value.permanent

    asyncio.run(scene())


def test_a_name_nobody_knows_is_unreachable() -> None:
    async def scene() -> None:
        async with a_door() as door:
            with pytest.raises(Unreachable):
                await door.send(get("https://nobody.example/"))

    asyncio.run(scene())


def test_a_closed_door_calls_nobody() -> None:
    async def scene() -> None:
        door = a_door()
        with pytest.raises(Unreachable):
            await door.send(get(f"http://{OUTSIDE}:9/"))
        async with door:
            pass
        with pytest.raises(Unreachable):
            await door.send(get(f"http://{OUTSIDE}:9/"))

    asyncio.run(scene())


def test_a_server_that_hangs_up_is_unreachable() -> None:
    with pytest.raises(Unreachable):
        asyncio.run(fetch_raw(saying(b"")))


def test_a_body_that_breaks_off_is_unreachable() -> None:
    with pytest.raises(Unreachable):
        asyncio.run(fetch_raw(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")))


@pytest.mark.parametrize(
    "words",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 999999 OK\r\n\r\n",
    ],
)
def test_what_is_not_http_is_garbled(words: bytes) -> None:
    with pytest.raises(Garbled):
        asyncio.run(fetch_raw(saying(words)))


@pytest.mark.parametrize("chunk", [b"oops\r\n", b"5\r\nwords", b"5\r\nwordsoops\r\n0\r\n\r\n"])
def test_a_body_in_broken_chunks_is_a_failure(chunk: bytes) -> None:
    with pytest.raises(OutboundFailure):
        asyncio.run(fetch_raw(saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk)))


@pytest.mark.parametrize(
    "head",
    [
        b"X-Long: " + b"a" * 9000 + b"\r\n",
        b"".join(b"X-%d: a\r\n" % number for number in range(200)),
        b"X-" + b"a" * 9000 + b": a\r\n",
    ],
)
def test_headers_without_measure_are_garbled(head: bytes) -> None:
    with pytest.raises(Garbled):
        asyncio.run(fetch_raw(saying(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n")))


def test_headers_without_end_are_garbled() -> None:
    with pytest.raises(Garbled):
        asyncio.run(fetch_raw(saying(b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n" * 100, then="repeat")))


def test_bytes_that_are_no_text_do_not_come_through_in_headers() -> None:
    got = asyncio.run(fetch_raw(saying(b"HTTP/1.1 200 OK\r\nX-Odd: \xff\xfe\r\nX-Odd: b\r\nContent-Length: 0\r\n\r\n")))
    assert got.headers["x-odd"].encode() == "\ufffd\ufffd, b".encode()


def test_silence_times_out() -> None:
    with pytest.raises(TimedOut) as caught:
        asyncio.run(fetch_raw(saying(b"", then="wait"), bounds=IMPATIENT))
    assert not caught.value.permanent


def test_a_body_that_drips_times_out() -> None:
    drip = saying(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"a", pause=0.05, then="repeat")
    with pytest.raises(TimedOut):
        asyncio.run(fetch_raw(drip, bounds=IMPATIENT))


def test_a_body_that_never_ends_is_too_big() -> None:
    flood = saying(b"HTTP/1.1 200 OK\r\n\r\n", b"a" * 65536, then="repeat")
    with pytest.raises(TooBig) as caught:
        asyncio.run(fetch_raw(flood))
    assert caught.value.permanent


def test_a_body_that_says_it_is_too_big_is_not_read() -> None:
    boast = saying(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n", then="wait")
    with pytest.raises(TooBig):
        asyncio.run(fetch_raw(boast))


@pytest.mark.parametrize("status", [b"404 Not Found", b"503 Busy", b"202 Accepted"])
def test_a_status_counts_however_long_its_explanation(status: bytes) -> None:
    flood = saying(b"HTTP/1.1 " + status + b"\r\n\r\n", b"a" * 65536, then="repeat")
    got = asyncio.run(fetch_raw(flood, purpose=Purpose.DELIVER))
    assert got.status == int(status[:3])
    assert 0 < len(got.body) <= 16 * 1024


def test_a_status_counts_however_slow_its_explanation() -> None:
    stuck = saying(b"HTTP/1.1 202 Accepted\r\nContent-Length: 10\r\n\r\n", then="wait")
    assert asyncio.run(fetch_raw(stuck, purpose=Purpose.DELIVER)).status == 202


def test_an_early_answer_to_a_large_delivery_is_heard() -> None:
    async def scene() -> None:
        refuse = saying(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n", then="wait")
        async with speaking_raw(refuse) as port, a_door() as door:
            got = await door.send(Call("POST", f"http://{OUTSIDE}:{port}/", Purpose.DELIVER, {}, b"a" * 1_000_000))
        assert got.status == 413

    asyncio.run(scene())
