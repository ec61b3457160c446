"""Which redirects are followed, how far, and that each hop is signed anew."""

import asyncio
from collections.abc import Mapping

import pytest
from aiohttp import web

from speak.kernel.outbound import Answer, BadRedirect, Call, Purpose, TimedOut
from speak.kernel.outbound.redirects import next_call

from .places import IMPATIENT, OUTSIDE, Handler, a_door, get, greet, post, serving

pytestmark = pytest.mark.allow_hosts(["127.0.0.0/8"])


def pointing(status: int, location: str, seen: list[web.BaseRequest] | None = None) -> Handler:
    """A server that points elsewhere from every path but /end."""

    async def point(request: web.BaseRequest) -> web.Response:
        await request.read()
        if seen is not None:
            seen.append(request)
        if request.path == "/end":
            return web.Response(text=f"{request.method} arrived")
        return web.Response(status=status, headers={"Location": location})

    return point


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_question_follows_a_redirect(status: int) -> None:
    async def scene() -> None:
        async with serving(pointing(status, "end")) as port, a_door() as door:
            got = await door.send(get(f"http://{OUTSIDE}:{port}/start"))
        assert (got.status, got.body, got.url) == (200, b"GET arrived", f"http://{OUTSIDE}:{port}/end")

    asyncio.run(scene())


def test_a_question_may_be_pointed_to_another_server() -> None:
    async def scene() -> None:
        async with serving(greet) as there:
            location = f"http://far.example:{there}/end"
            async with (
                serving(pointing(301, location)) as port,
                a_door({"far.example": [OUTSIDE]}) as door,
            ):
                got = await door.send(get(f"http://{OUTSIDE}:{port}/"))
        assert got.body == f"hello from far.example:{there}".encode()

    asyncio.run(scene())


@pytest.mark.parametrize(("hops", "arrives"), [(3, True), (4, False)])
def test_three_redirects_are_followed_and_no_more(hops: int, arrives: bool) -> None:  # noqa: FBT001
    async def scene() -> None:
        seen: list[str] = []

        async def count(request: web.BaseRequest) -> web.Response:
            seen.append(request.path)
            left = int(request.path.strip("/"))
            return web.Response(status=302, headers={"Location": f"/{left - 1}"}) if left else web.Response()

        async with serving(count) as port, a_door() as door:
            call = get(f"http://{OUTSIDE}:{port}/{hops}")
            if arrives:
                assert (await door.send(call)).url.endswith("/0")
            else:
                with pytest.raises(BadRedirect) as caught:
                    await door.send(call)
                assert caught.value.permanent
        assert len(seen) == 4

    asyncio.run(scene())


def test_a_redirect_to_itself_ends() -> None:
    async def scene() -> None:
        async with serving(pointing(302, "/again")) as port, a_door() as door:
            with pytest.raises(BadRedirect):
                await door.send(get(f"http://{OUTSIDE}:{port}/again"))

    asyncio.run(scene())


def test_all_hops_share_the_seconds_of_one_call() -> None:
    async def scene() -> None:
        async def dawdle(request: web.BaseRequest) -> web.Response:
            await asyncio.sleep(0.4)
            return web.Response(status=302, headers={"Location": "/next"})

        async with serving(dawdle) as port, a_door(bounds=IMPATIENT) as door:
            with pytest.raises(TimedOut):
                await door.send(get(f"http://{OUTSIDE}:{port}/"))

    asyncio.run(scene())


def test_a_delivery_stays_with_its_server() -> None:
    async def scene() -> None:
        seen: list[web.BaseRequest] = []
        async with serving(greet) as there, a_door({"far.example": [OUTSIDE]}) as door:
            for status in (301, 302, 303, 307, 308):
                elsewhere = pointing(status, f"http://far.example:{there}/end", seen)
                async with serving(elsewhere) as port:
                    with pytest.raises(BadRedirect):
                        await door.send(post(f"http://{OUTSIDE}:{port}/inbox"))
        assert len(seen) == 5

    asyncio.run(scene())


@pytest.mark.parametrize(("status", "follows"), [(307, True), (308, True), (301, False), (302, False), (303, False)])
def test_a_delivery_is_repeated_only_where_its_method_stays(status: int, follows: bool) -> None:  # noqa: FBT001
    async def scene() -> None:
        async with serving(pointing(status, "/end")) as port, a_door() as door:
            call = post(f"http://{OUTSIDE}:{port}/inbox")
            if follows:
                assert (await door.send(call)).body == b"POST arrived"
            else:
                with pytest.raises(BadRedirect):
                    await door.send(call)

    asyncio.run(scene())


def test_a_redirect_to_nowhere_is_an_answer() -> None:
    async def scene() -> None:
        async def shrug(_: web.BaseRequest) -> web.Response:
            return web.Response(status=302)

        async with serving(shrug) as port, a_door() as door:
            assert (await door.send(get(f"http://{OUTSIDE}:{port}/"))).status == 302

    asyncio.run(scene())


def test_each_hop_is_signed_for_where_it_goes() -> None:
    async def scene() -> None:
        asked: list[tuple[str, str, Mapping[str, str], bytes]] = []

        def sign(method: str, url: str, headers: Mapping[str, str], body: bytes) -> Mapping[str, str]:
            asked.append((method, url, headers, body))
            return {"Signature": f"for {url}"}

        seen: list[web.BaseRequest] = []
        async with serving(pointing(307, "/end", seen)) as port, a_door() as door:
            start = f"http://{OUTSIDE}:{port}"
            await door.send(post(f"{start}/inbox", b"words"), sign=sign)
        assert [request.headers["Signature"] for request in seen] == [
            f"for {start}/inbox",
            f"for {start}/end",
        ]
        assert all("Signature" not in headers and body == b"words" for _, _, headers, body in asked)
        assert [f"{start}{request.raw_path}" for request in seen] == [url for _, url, _, _ in asked]

    asyncio.run(scene())


def test_secrets_stay_with_their_server() -> None:
    call = Call("GET", "https://far.example/a", Purpose.PAGE, {"Authorization": "Bearer x", "Accept": "*/*"})

    def onward(location: str) -> Call:
        return next_call(call, Answer(302, url=call.url, headers={"location": location}))

    assert onward("/b").headers == call.headers
    assert onward("https://far.example:443/b").headers == call.headers
    assert onward("https://other.example/b").headers == {"Accept": "*/*"}


@pytest.mark.parametrize("location", ["http://far.example/", "https://[oops/"])
def test_nothing_goes_on_unencrypted_or_to_nonsense(location: str) -> None:
    answer = Answer(302, url="https://far.example/", headers={"location": location})
    with pytest.raises(BadRedirect):
        next_call(get("https://far.example/"), answer)
