"""From a name to addresses that may be connected to, and a guard at the socket itself.

The connector connects to the very addresses this resolver returns, so a name that changes its
mind between a check and a connection (DNS rebinding) gains nothing. The guard then looks at
every socket's address once more: it also sees the addresses written in URLs, for which no
resolver is asked.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

from aiohappyeyeballs import AddrInfoType
from aiohttp.abc import AbstractResolver, ResolveResult

from speak.kernel.outbound.addresses import Address, parse_address
from speak.kernel.outbound.failures import AddressRefused, SocketRefused

May: TypeAlias = Callable[[Address], bool]
LookUp: TypeAlias = Callable[[str], Awaitable[Sequence[str]]]

LOOK_UPS_AT_ONCE = 32


class CheckedResolver(AbstractResolver):
    """Hands out only the addresses of a name that may be reached."""

    def __init__(self, *, look_up: LookUp, may: May) -> None:
        """`look_up` gives the addresses of a name as text; `may` decides about each."""
        self._look_up = look_up
        self._may = may

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - the connector sorts by family
    ) -> list[ResolveResult]:
        """Look the name up and keep what may be reached.

        Raises:
            AddressRefused: if the name has addresses, but none that may be reached.
            OSError: if it has none.
        """
        found = await self._look_up(host)
        addresses = [address for text in found if (address := parse_address(text)) and self._may(address)]
        if not addresses:
            raise AddressRefused(f"{host} has no public address")
        return [_result(address, host, port) for address in addresses]

    async def close(self) -> None:
        """Nothing is held."""


class SystemNames:
    """Asks the operating system, on threads of its own: slow names do not hold up other work."""

    def __init__(self) -> None:
        """Threads start when they are needed."""
        self._threads = ThreadPoolExecutor(LOOK_UPS_AT_ONCE, thread_name_prefix="speak-names")

    async def look_up(self, host: str) -> Sequence[str]:
        """Every address of the name, in the order the system prefers; raises OSError if there is none."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _addresses_of, host)

    def close(self) -> None:
        """Let go of the threads, without waiting for slow answers."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def guarded_sockets(may: May) -> Callable[[AddrInfoType], socket.socket]:
    """A socket factory that makes none for an address that may not be reached."""

    def make(info: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, place = info
        address = parse_address(str(place[0]))
        if address is None or not may(address):
            raise SocketRefused(f"{place[0]} is not a public address")
        return socket.socket(family, kind, protocol)

    return make


def _addresses_of(host: str) -> list[str]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    except UnicodeError as error:
        raise socket.gaierror(socket.EAI_NONAME, "not a name") from error
    return [str(place[0]) for *_, place in found]


def _family(address: Address) -> socket.AddressFamily:
    return socket.AF_INET if address.version == 4 else socket.AF_INET6  # noqa: PLR2004 - of IPv4


def _result(address: Address, host: str, port: int) -> ResolveResult:
    return {
        "hostname": host,
        "host": str(address),
        "port": port,
        "family": _family(address),
        "proto": 0,
        "flags": socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    }
