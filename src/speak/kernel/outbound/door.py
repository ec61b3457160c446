"""The one door to other servers. Every call of this program to the outside goes through it.

It knows where not to go (private addresses, checked at the socket), how long to wait, how much
to read, and how many calls one server is asked to bear at once.
"""

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Self

import aiohttp

from speak.kernel.outbound.addresses import Network, is_admitted, may_reach
from speak.kernel.outbound.bodies import ACCEPTED
from speak.kernel.outbound.calls import Answer, Bounds, Call, Sign
from speak.kernel.outbound.exchange import exchange, user_agent
from speak.kernel.outbound.failures import AddressRefused, BadRedirect, Unreachable
from speak.kernel.outbound.redirects import is_redirect, next_call
from speak.kernel.outbound.resolver import CheckedResolver, LookUp, May, SystemNames, guarded_sockets
from speak.kernel.outbound.targets import Target, parse_target
from speak.kernel.outbound.turns import Turns

NAMES_KEPT = 10_000
LONGEST_HEADER = 8190  # bytes of one line
MOST_HEADERS = 100
IDLE_SECONDS = 15.0  # how long an idle connection is kept for the next call


class Door:
    """Calls other servers: `async with Door(...) as door: answer = await door.send(call)`.

    Public addresses are called over https on port 443 (or 80) only. Those that `allow_networks`
    admits, for development, may also be called over http and on any port.
    """

    def __init__(
        self,
        *,
        allow_networks: Sequence[Network] = (),
        server_url: str = "",
        bounds: Bounds | None = None,
        tls: ssl.SSLContext | None = None,
        look_up: LookUp | None = None,
    ) -> None:
        """`server_url` says who calls; `tls` and `look_up` replace the system's certificates and names.

        The system's certificates are those of SSL_CERT_FILE and SSL_CERT_DIR, where these are set.
        """
        self._networks = tuple(allow_networks)
        self._outside: aiohttp.ClientSession | None = None
        self._admitted: aiohttp.ClientSession | None = None
        self._agent = user_agent(server_url)
        self._bounds = bounds or Bounds()
        self._tls = tls or _trusting_the_system()
        self._names = SystemNames()
        self._look_up = look_up or self._names.look_up
        self._turns = Turns(in_all=self._bounds.calls_in_all, per_server=self._bounds.calls_per_server)

    async def __aenter__(self) -> Self:
        """Open, on the running event loop. Connections are made when they are needed."""
        self._outside = self._session(partial(may_reach, allow_networks=self._networks))
        if self._networks:
            self._admitted = self._session(partial(is_admitted, networks=self._networks))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        for session in filter(None, (self._outside, self._admitted)):
            await session.close()
        self._names.close()

    async def send(self, call: Call, *, sign: Sign | None = None) -> Answer:
        """Make the call, follow its redirects, and return the last answer, whatever its status.

        `sign` is asked anew for each hop. Each hop waits for its turn; the purpose's seconds
        count from when it has it.

        Raises:
            AddressRefused: for what is not a public web address (permanent).
            BadRedirect: for too many redirects, or one that must not be followed (permanent).
            TooBig: for more answer than the purpose allows (permanent).
            TimedOut, Unreachable, Garbled: when there was no answer that can be read.
        """
        if self._bounds.is_shut:
            raise Unreachable("this server calls no other")
        limits = self._bounds.limits[call.purpose]
        clock = asyncio.get_running_loop().time
        while True:
            target = parse_target(call.url)
            session = self._session_for(target)
            async with self._turns.turn(target.server):
                started = clock()
                answer = await exchange(session, call, target=target, sign=sign, limits=limits)
            if not is_redirect(answer) or not call.follows_redirects:
                return answer
            if not limits.redirects:
                raise BadRedirect(f"{call.method} {call.url} is one redirect too many")
            limits = replace(limits, seconds=limits.seconds - (clock() - started), redirects=limits.redirects - 1)
            call = next_call(call, answer)

    def _session_for(self, target: Target) -> aiohttp.ClientSession:
        """The connections that may be used for this target."""
        if self._outside is None or self._outside.closed:
            raise Unreachable("the door to other servers is closed")
        if target.is_secure and target.has_usual_port:
            return self._outside
        if self._admitted is None:
            raise AddressRefused(f"{target.text}: other servers are called over https, on its usual port")
        return self._admitted

    def _session(self, may: May) -> aiohttp.ClientSession:
        """Connections to addresses that `may` be reached, and to no others."""
        connector = aiohttp.TCPConnector(
            resolver=CheckedResolver(look_up=self._look_up, may=may),
            socket_factory=guarded_sockets(may),
            ssl=self._tls,
            limit=0,  # turns are counted by the door, before the clock starts
            keepalive_timeout=IDLE_SECONDS,
            ttl_dns_cache=self._bounds.name_seconds,
            dns_cache_max_size=NAMES_KEPT,
        )
        return aiohttp.ClientSession(
            connector=connector,
            headers={"User-Agent": self._agent, "Accept-Encoding": ACCEPTED},
            timeout=aiohttp.ClientTimeout(),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            max_line_size=LONGEST_HEADER,
            max_field_size=LONGEST_HEADER,
            max_headers=MOST_HEADERS,
        )


def _trusting_the_system() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.set_alpn_protocols(("http/1.1",))
    return context
