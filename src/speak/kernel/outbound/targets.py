"""Which URLs can be called at all. Pure; whether their address may be reached is asked later.

Stricter than URLs are: what two parsers could read differently is refused, so that the host
that was checked is the host that is called.
"""

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache

from yarl import URL

from speak.kernel.outbound.failures import AddressRefused

LONGEST_URL = 2048
LONGEST_NAME = 253
USUAL_PORTS = (80, 443)

# Printable ASCII only, no credentials, no escapes and no backslash before the path.
SHAPE = re.compile(
    r"(?P<scheme>https?)://(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9_.-]+))(?P<port>:[0-9]{1,5})?(?:[/?][!-~]*)?",
    re.IGNORECASE,
)
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that can be called. `server` is host:port, in lower case."""

    url: URL
    server: str
    is_secure: bool
    has_usual_port: bool


@lru_cache(maxsize=4096)
def parse_target(url: str) -> Target:
    """Take a URL apart; a name in another script is brought into ASCII, a fragment dropped.

    Raises:
        AddressRefused: if it is not an http(s) URL with a plain host, or carries credentials.
    """
    shape = SHAPE.fullmatch(_in_ascii(url.partition("#")[0])) if len(url) <= LONGEST_URL else None
    if shape is None:
        refusal = f"{url[:100]!r} is not a web address that can be called"
        raise AddressRefused(refusal)
    host = _host(shape)
    secure = shape["scheme"].lower() == "https"
    port = int(shape["port"][1:]) if shape["port"] else (443 if secure else 80)
    try:
        parsed = URL(shape[0], encoded=True)
        if parsed.raw_host != host:
            parsed = parsed.with_host(host)
    except ValueError as error:
        refusal = f"{url[:100]!r} is not a web address that can be called"
        raise AddressRefused(refusal) from error
    return Target(url=parsed, server=f"{host}:{port}", is_secure=secure, has_usual_port=port in USUAL_PORTS)


def _in_ascii(url: str) -> str:
    """The URL as it travels; one with spaces or control characters comes back as it is."""
    if url.isascii():
        return url
    try:
        return str(URL(url))
    except ValueError:
        return ""


def _host(shape: re.Match[str]) -> str:
    """The host in lower case: a name of labels, or an address in its only usual form.

    A name whose last label is a number is an IPv4 address to some parsers (WHATWG URL, "ends
    in a number"), so 2130706433, 0x7f.1 and 127.1 are refused and 127.0.0.1 is not.
    """
    if shape["six"]:
        try:
            ipaddress.IPv6Address(shape["six"])
        except ValueError as error:
            refusal = f"{shape['six']!r} is not an address"
            raise AddressRefused(refusal) from error
        return shape["six"].lower()
    name = shape["name"].lower()
    labels = name.removesuffix(".").split(".")
    if NUMBER.fullmatch(labels[-1]):
        try:
            ipaddress.IPv4Address(name)
        except ValueError as error:
            refusal = f"{name!r} is not an address in its usual form"
            raise AddressRefused(refusal) from error
    elif len(name) > LONGEST_NAME or not all(LABEL.fullmatch(label) for label in labels):
        refusal = f"{name[:100]!r} is not the name of a server"
        raise AddressRefused(refusal)
    return name
