"""Which URLs can be called at all. Pure; whether their address may be reached is asked later.

Stricter than URLs are: what two parsers could read differently is refused, so that the host
that was checked is the host that is called.
"""

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from yarl import URL

from speak.kernel.outbound.failures import AddressRefused

LONGEST_URL = 2048
LONGEST_NAME = 253
LAST_PORT = 65535
USUAL_PORTS = {"http": 80, "https": 443}

# Printable ASCII only, no credentials, no escapes and no backslash before the path.
SHAPE = re.compile(
    r"(?P<scheme>https?)://(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9_.-]+))(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<rest>[/?][!-~]*)?",
    re.IGNORECASE | re.ASCII,
)
WIDE_SHAPE = re.compile(r"(?P<scheme>https?://)(?P<name>[^/?:@\[\]\\]+)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
ASCII = bytes(range(128))
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that can be called. `text` is what is sent and signed; `server` is host:port, in lower case."""

    url: URL
    text: str
    server: str
    is_secure: bool
    has_usual_port: bool


@lru_cache(maxsize=4096)
def parse_target(url: str) -> Target:
    """Take a URL apart. A name in another script is brought into ASCII; fragment and usual port are dropped.

    Raises:
        AddressRefused: if it is not an http(s) URL with a plain host, or carries credentials.
    """
    shape = SHAPE.fullmatch(_in_ascii(url.partition("#")[0])) if len(url) <= LONGEST_URL else None
    if shape is None:
        raise AddressRefused(f"{url[:100]!r} is not a web address that can be called")
    host = _host(shape)
    scheme = shape["scheme"].lower()
    usual = USUAL_PORTS[scheme]
    port = int(shape["port"] or usual)
    if not 0 < port <= LAST_PORT:
        raise AddressRefused(f"{port} is not a port")
    rest = shape["rest"] or "/"
    path = rest if rest.startswith("/") else f"/{rest}"
    text = f"{scheme}://{host}{path}" if port == usual else f"{scheme}://{host}:{port}{path}"
    return Target(
        url=URL(text, encoded=True),
        text=text,
        server=f"{host}:{port}",
        is_secure=scheme == "https",
        has_usual_port=port in USUAL_PORTS.values(),
    )


def _in_ascii(url: str) -> str:
    """The URL as it travels: other scripts become punycode in the name and escapes in the path."""
    if url.isascii():
        return url
    wide = WIDE_SHAPE.fullmatch(url)
    if wide is None:
        return ""
    try:
        host = URL.build(scheme="https", host=wide["name"]).raw_host
        return f"{wide['scheme']}{host}{quote(wide['rest'], safe=ASCII)}"
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
            raise AddressRefused(f"{shape['six']!r} is not an address") from error
        return f"[{shape['six'].lower()}]"
    name = shape["name"].lower()
    labels = name.removesuffix(".").split(".")
    if NUMBER.fullmatch(labels[-1]):
        try:
            ipaddress.IPv4Address(name)
        except ValueError as error:
            raise AddressRefused(f"{name!r} is not an address in its usual form") from error
    elif len(name) > LONGEST_NAME or not all(LABEL.fullmatch(label) for label in labels):
        raise AddressRefused(f"{name[:100]!r} is not the name of a server")
    return name
