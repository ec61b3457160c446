"""One HTTP request, as far as signatures look at it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from speak.federation.signatures.errors import BadSignature

LONGEST_FIELD = 8 * 1024  # characters of one header field that has to be taken apart
USUAL_PORTS = {"http": ":80", "https": ":443"}
# Printable ASCII only, no credentials: what two parsers could read differently is no address here.
SHAPE = re.compile(
    r"(?P<scheme>https?)://(?P<authority>[\w.~:\[\]-]+)(?P<path>/[!-\"$->@-~]*)?(?P<query>\?[!-\"$-~]*)?"
    r"(?:#[!-~]*)?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Message:
    """A request. `url` is the whole address that was asked for, with its query as it was sent.

    Names of `headers` are in lower case; values of a name that came more than once are joined with ", ".
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Target(NamedTuple):
    """An address, taken apart. `query` begins with its question mark, or is empty."""

    scheme: str
    authority: str
    path: str
    query: str

    @property
    def uri(self) -> str:
        """The whole of it, without a fragment."""
        return f"{self.scheme}://{self.authority}{self.path}{self.query}"


@lru_cache(maxsize=4096)
def target_of(url: str) -> Target:
    """Take an address apart: lower-case scheme and host, no usual port, at least `/` as path.

    Raises:
        BadSignature: when it is not a web address; nothing can be signed for it.
    """
    shape = SHAPE.fullmatch(url)
    if shape is None:
        raise BadSignature("What was asked for is not a web address.")
    scheme = shape["scheme"].lower()
    return Target(scheme, authority_of(shape["authority"], scheme), shape["path"] or "/", shape["query"] or "")


def authority_of(host: str, scheme: str) -> str:
    """A Host field in the one writing in which two of them can be compared (RFC 9421, 2.2.3)."""
    return host.lower().removesuffix(USUAL_PORTS[scheme])


def signed_field(message: Message, name: str) -> str:
    """The value of a header field that a signature covers, trimmed. A covered Host has to be ours.

    Raises:
        BadSignature: when it is not there, is odd, or names another server: then this was said to them.
    """
    value = message.headers.get(name)
    if value is None:
        raise BadSignature(f"The signature covers {name[:40]!r}, and the request has no such field.")
    if "\n" in value or "\r" in value:
        raise BadSignature(f"The field {name!r} has more than one line.")
    value = value.strip(" \t")
    if name == "host":
        target = target_of(message.url)
        if authority_of(value, target.scheme) != target.authority:
            raise BadSignature("This was signed for another server.")
    return value


def bounded_field(message: Message, name: str) -> str:
    """The value of a header field that has to be taken apart; "" when it is not there.

    Raises:
        BadSignature: when it is too long to be taken apart.
    """
    value = message.headers.get(name, "")
    if len(value) > LONGEST_FIELD:
        raise BadSignature(f"The field {name!r} is longer than {LONGEST_FIELD} characters.")
    return value
