"""A request as signatures see it, and what a signature on it claims."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from urllib.parse import SplitResult, urlsplit


class Scheme(StrEnum):
    """The two ways in which servers sign."""

    CAVAGE = "cavage"
    RFC9421 = "rfc9421"


@dataclass(frozen=True)
class Message:
    """A request: its method, full address with query, headers by lower-case name, and body."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""

    @cached_property
    def parts(self) -> SplitResult:
        """The address taken apart."""
        return urlsplit(self.url)

    @property
    def has_body(self) -> bool:
        """Whether it is of a kind whose body must be covered."""
        return self.method.upper() in {"POST", "PUT", "PATCH"}


@dataclass(frozen=True)
class Claim:
    """What a signature says: whose key made it, when, over which bytes.

    `bases` are the byte strings it may have been made over, the strictest first; one must match.
    """

    scheme: Scheme
    key_uri: str
    algorithm: str
    signature: bytes
    bases: tuple[bytes, ...]
    created_at: dt.datetime | None
    expires_at: dt.datetime | None
