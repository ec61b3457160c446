"""Nobody gets this server to call inwards: not by name, number, redirect, or changing their mind."""

import asyncio
import ipaddress
from collections.abc import Sequence

import pytest
from aiohttp import web

from speak.kernel.outbound import AddressRefused, Door

from .places import ADMITTED, INSIDE, OUTSIDE, PATIENT, a_door, get, greet, post, serving, trap

ANY = "0.0.0.0"  # noqa: S104 - not bound to: this machine itself, to some systems

pytestmark = pytest.mark.allow_hosts(["127.0.0.0/8"])


def test_an_admitted_address_is_called_by_name_and_by_number() -> None:
    async def scene() -> None:
        async with serving(greet) as port, a_door({"far.example": [OUTSIDE]}) as door:
            for host in ("far.example", OUTSIDE, "FAR.example"):
                assert (await door.send(get(f"http://{host}:{port}/"))).status == 200

    asyncio.run(scene())


@pytest.mark.parametrize(
    "addresses",
    [[INSIDE], ["::1"], ["::ffff:127.0.0.1"], ["10.0.0.1", "fd00::1"], ["169.254.169.254"], [ANY]],
)
def test_a_name_that_leads_inside_is_refused(addresses: list[str]) -> None:
    async def scene() -> None:
        async with trap() as (port, visitors), a_door({"evil.example": addresses}) as door:
            for url in (
                "https://evil.example/",
                f"http://evil.example:{port}/",
                f"https://evil.example:{port}/",
            ):
                with pytest.raises(AddressRefused) as caught:
                    await door.send(get(url))
                assert caught.value.permanent
        assert visitors == []

    asyncio.run(scene())


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "0177.0.0.1",
        ANY,
        "127.0.0.1.",
        "127。0。0。1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
    ],
)
def test_an_inside_address_is_refused_in_every_form(host: str) -> None:
    async def scene() -> None:
        async with trap() as (port, visitors), a_door() as door, a_door(networks=()) as strict:
            for url in (
                f"https://{host}/",
                f"http://{host}/",
                f"http://{host}:{port}/",
                f"https://{host}:{port}/",
            ):
                for each in (door, strict):
                    with pytest.raises(AddressRefused):
                        await each.send(get(url))
        assert visitors == []

    asyncio.run(scene())


def test_the_system_s_own_names_are_checked_too() -> None:
    async def scene() -> None:
        async with trap() as (port, visitors), Door(allow_networks=ADMITTED, bounds=PATIENT) as door:
            for url in ("https://localhost/", f"http://localhost:{port}/"):
                with pytest.raises(AddressRefused):
                    await door.send(get(url))
        assert visitors == []

    asyncio.run(scene())


def test_of_mixed_addresses_only_the_admitted_is_called() -> None:
    async def scene() -> None:
        async with serving(greet) as port, trap(port) as (_, visitors):
            names = {"mixed.example": [INSIDE, "::1", "10.1.2.3", OUTSIDE]}
            async with a_door(names) as door:
                for _ in range(5):
                    assert (await door.send(get(f"http://mixed.example:{port}/"))).status == 200
            assert visitors == []

    asyncio.run(scene())


def test_a_name_that_changes_its_mind_gains_nothing() -> None:
    async def scene() -> None:
        asked: list[str] = []

        async def look_up(host: str) -> Sequence[str]:
            asked.append(host)
            return [OUTSIDE] if len(asked) == 1 else [INSIDE]

        async def once(_: web.BaseRequest) -> web.Response:
            return web.Response(text="outside", headers={"Connection": "close"})

        async with serving(once) as port, trap(port) as (_, visitors):
            async with Door(allow_networks=ADMITTED, bounds=PATIENT, look_up=look_up) as door:
                first = await door.send(get(f"http://rebind.example:{port}/"))
                assert (first.body, len(asked)) == (
                    b"outside",
                    1,
                )  # no second look between check and connection
                with pytest.raises(AddressRefused):
                    await door.send(get(f"http://rebind.example:{port}/"))
            assert len(asked) == 2
            assert visitors == []

    asyncio.run(scene())


def test_a_checked_name_is_remembered_for_a_while() -> None:
    async def scene() -> None:
        asked: list[str] = []

        async def look_up(host: str) -> Sequence[str]:
            asked.append(host)
            return [OUTSIDE]

        async def once(_: web.BaseRequest) -> web.Response:
            return web.Response(headers={"Connection": "close"})

        async with serving(once) as port, Door(allow_networks=ADMITTED, look_up=look_up) as door:
            for _ in range(5):
                await door.send(get(f"http://far.example:{port}/"))
        assert asked == ["far.example"]

    asyncio.run(scene())


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{port}/",
        "//127.0.0.1:{port}/",
        "http://inside.example:{port}/",
        "http://2130706433:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "https://127.0.0.1/",
        "file:///etc/passwd",
        "ftp://127.0.0.2/",
        "http://dora@127.0.0.2/",
        "http://127.0.0.1:{port}\\@127.0.0.2/",
    ],
)
def test_a_redirect_does_not_lead_inside(location: str) -> None:
    async def scene() -> None:
        async with trap() as (trap_port, visitors):

            async def point(_: web.BaseRequest) -> web.Response:
                return web.Response(status=302, headers={"Location": location.format(port=trap_port)})

            async with serving(point) as port, a_door({"inside.example": [INSIDE]}) as door:
                with pytest.raises(AddressRefused):
                    await door.send(get(f"http://{OUTSIDE}:{port}/"))
            assert visitors == []

    asyncio.run(scene())


@pytest.mark.parametrize("url", ["http://{}:{}/", "https://{}:{}/", "http://{0}/"])
def test_other_ports_and_plain_http_are_for_admitted_addresses_only(url: str) -> None:
    async def scene() -> None:
        public = "93.184.216.34"
        async with serving(greet) as port:
            target = url.format("far.example", port)
            for networks in ((), ADMITTED):
                async with a_door({"far.example": [public]}, networks=networks) as door:
                    for each in (target, url.format(public, port)):
                        with pytest.raises(AddressRefused):
                            await door.send(get(each))
                        with pytest.raises(AddressRefused):
                            await door.send(post(each))

    asyncio.run(scene())


def test_credentials_in_an_address_are_refused() -> None:
    async def scene() -> None:
        async with serving(greet) as port, a_door() as door:
            assert (await door.send(get(f"http://{OUTSIDE}:{port}/"))).status == 200
            for url in (f"http://dora:secret@{OUTSIDE}:{port}/", f"http://dora@{OUTSIDE}:{port}/"):
                with pytest.raises(AddressRefused):
                    await door.send(get(url))

    asyncio.run(scene())


def test_admitting_one_network_admits_no_other() -> None:
    async def scene() -> None:
        async with serving(greet) as port:
            other = (ipaddress.ip_network("127.0.0.3/32"),)
            async with a_door(networks=other) as door:
                with pytest.raises(AddressRefused):
                    await door.send(get(f"http://{OUTSIDE}:{port}/"))

    asyncio.run(scene())
