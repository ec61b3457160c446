"""The one door to other servers. Every call of this program to the outside goes through it.

It knows where not to go (private addresses, checked at the socket), how long to wait, how much
to read, and how many calls one server is asked to bear at once.
"""

import asyncio
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from speak.kernel.outbound.addresses import Network, is_admitted, may_reach
from speak.kernel.outbound.bodies import ACCEPTED, SLACK, read_body
from speak.kernel.outbound.calls import Answer, Bounds, Call, Limits, Purpose, Sign
from speak.kernel.outbound.failures import AddressRefused, BadRedirect, OutboundFailure, TooBig, failure_from
from speak.kernel.outbound.redirects import is_redirect, next_call
from speak.kernel.outbound.resolver import CheckedResolver, LookUp, May, SystemNames, guarded_sockets
from speak.kernel.outbound.targets import Target, parse_target
from speak.kernel.outbound.turns import Turns

PRODUCT = "SpeakForYourself"
NAMES_KEPT = 10_000
LONGEST_HEADER = 8190  # bytes of one line
MOST_HEADERS = 100
REASON_SIZE = 16 * 1024  # bytes of a body that only explains a status
REASON_SECONDS = 2.0


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
        self._agent = user_agent(server_url)
        self._bounds = bounds or Bounds()
        self._tls = tls or trusting_the_system()
        self._names = SystemNames()
        self._look_up = look_up or self._names.look_up
        self._turns = Turns(in_all=self._bounds.calls_in_all, per_server=self._bounds.calls_per_server)

    async def __aenter__(self) -> Self:
        """Open, on the running event loop. Connections are made when they are needed."""
        self._outside = self._session(partial(may_reach, allow_networks=self._networks))
        self._admitted = self._session(partial(is_admitted, networks=self._networks)) if self._networks else None
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
        limits = self._bounds.limits[call.purpose]
        seconds, redirects = limits.seconds, limits.redirects
        clock = asyncio.get_running_loop().time
        while True:
            target = parse_target(call.url)
            session = self._session_for(target)
            async with self._turns.turn(target.server):
                started = clock()
                answer = await _visit(session, target, call, sign=sign, limits=replace_seconds(limits, seconds))
            if not is_redirect(answer):
                return answer
            if not redirects:
                refusal = f"{call.method} {call.url}: more than {limits.redirects} redirects"
                raise BadRedirect(refusal)
            seconds -= clock() - started
            redirects -= 1
            call = next_call(call, answer)

    def _session_for(self, target: Target) -> aiohttp.ClientSession:
        """The connections that may be used for this target."""
        if target.is_secure and target.has_usual_port:
            return self._outside
        if self._admitted is None:
            refusal = f"{target.url.scheme}://{target.server}: other servers are called over https, on its usual port"
            raise AddressRefused(refusal)
        return self._admitted

    def _session(self, may: May) -> aiohttp.ClientSession:
        """Connections to addresses that `may` be reached, and to no others."""
        connector = aiohttp.TCPConnector(
            resolver=CheckedResolver(look_up=self._look_up, may=may),
            socket_factory=guarded_sockets(may),
            ssl=self._tls,
            limit=0,
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
