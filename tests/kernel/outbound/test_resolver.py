"""Names and sockets by themselves: what the system is asked, and what the guard lets pass."""

import asyncio
import socket

import pytest
from aiohappyeyeballs import AddrInfoType

from speak.kernel.outbound import is_public
from speak.kernel.outbound.failures import SocketRefused
from speak.kernel.outbound.resolver import SystemNames, guarded_sockets


def towards(address: str, port: int = 443) -> AddrInfoType:
    """What a connector hands over before it connects."""
    if ":" in address:
        return socket.AF_INET6, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port, 0, 0)
    return socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111"])
def test_there_is_a_socket_towards_a_public_address(address: str) -> None:
    with guarded_sockets(is_public)(towards(address)) as made:
        assert made.family is (socket.AF_INET6 if ":" in address else socket.AF_INET)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "localhost", "2130706433"])
def test_there_is_none_towards_anything_else(address: str) -> None:
    with pytest.raises(SocketRefused):
        guarded_sockets(is_public)(towards(address))


def test_the_system_is_asked_for_every_address() -> None:
    async def scene() -> None:
        names = SystemNames()
        try:
            assert set(await names.look_up("localhost")) <= {"127.0.0.1", "::1"}
            with pytest.raises(OSError, match="not a name"):
                await names.look_up("a" * 64 + ".example")
        finally:
            names.close()

    asyncio.run(scene())
