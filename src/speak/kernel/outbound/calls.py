"""What is asked of other servers, and what they answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Protocol, TypeAlias


class Purpose(Enum):
    """Why another server is called; each reason has its own `Limits`."""

    DELIVER = "deliver"
    DOCUMENT = "document"
    AT_ONCE = "at once"
    MEDIA = "media"
    PAGE = "page"
    PUSH = "push"
    ACCOUNT = "account"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of our patience one call may cost.

    `seconds` are spent talking, over all hops; waiting for one's turn does not count.
    `size` is the most bytes of answer, after decompression. `redirects` is how many are followed.
    `turn` is how many seconds `ask` waits for a turn; as long again, where it is not said.
    """

    seconds: float
    size: int
    redirects: int = 3
    turn: float | None = None


LIMITS: Mapping[Purpose, Limits] = MappingProxyType(
    {
        Purpose.DELIVER: Limits(seconds=15, size=16 * 1024),
        Purpose.PUSH: Limits(seconds=15, size=16 * 1024, redirects=0),
        # With a secret of somebody's: never led on to another address.
        Purpose.ACCOUNT: Limits(seconds=30, size=1024 * 1024, redirects=0),
        Purpose.DOCUMENT: Limits(seconds=10, size=1024 * 1024),
        # Somebody waits here for what comes of it.
        Purpose.AT_ONCE: Limits(seconds=8, size=1024 * 1024, turn=2),
        Purpose.MEDIA: Limits(seconds=60, size=20 * 1024 * 1024),
        Purpose.PAGE: Limits(seconds=10, size=2 * 1024 * 1024),
        Purpose.FEED: Limits(seconds=10, size=4 * 1024 * 1024),
    }
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one door allows: limits per purpose, calls at once, seconds a checked name is kept."""

    limits: Mapping[Purpose, Limits] = field(default_factory=lambda: LIMITS)
    calls_in_all: int = 256
    calls_per_server: int = 4
    name_seconds: int = 60
    is_shut: bool = False  # nobody is called at all


@dataclass(frozen=True, slots=True)
class Call:
    """One request to another server. `method` is in upper case, `url` absolute.

    Where redirects are not to be followed, the answer that asks for one is the last.
    """

    method: str
    url: str
    purpose: Purpose
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    follows_redirects: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: any status, the decompressed body, the URL it came from, lower-case header names.

    The body is whole when the status is 2xx and the purpose is to fetch something. Otherwise
    (a delivery, a refusal) only the status matters: the body may be cut short or empty.
    """

    status: int
    body: bytes = b""
    url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


Sign: TypeAlias = Callable[[str, str, Mapping[str, str], bytes], Mapping[str, str]]
"""(method, url, headers, body) -> the headers to add, for this hop.

The url is the one that is sent: its host and port are the Host header, the rest the request target.
It runs on the event loop just before the request leaves: it must not touch the database.
"""


class Outbound(Protocol):
    """The one door to other servers. `Door` is the real one; tests hand over a fake."""

    async def send(self, call: Call, *, sign: Sign | None = None) -> Answer:
        """Make the call; any status is an answer.

        Raises:
            OutboundFailure: when there was no answer, or none that may be used.
        """
        ...


class Ask(Protocol):
    """The same for code that is not asynchronous; `ask` is the real one."""

    def __call__(self, call: Call, *, sign: Sign | None = None) -> Answer:
        """Make the call and wait for the answer; raises what `Outbound.send` raises."""
        ...
