"""What a signed request says of itself, before any key was asked."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from speak.federation.signatures.algorithms import Algorithm
from speak.federation.signatures.errors import BadSignature

LONGEST_KEY_URI = 2048
LATEST = 99_999_999_999  # seconds; the year 5138


class Scheme(StrEnum):
    """How a request is signed. The values are kept with each server."""

    CAVAGE = "cavage"
    RFC9421 = "rfc9421"


@dataclass(frozen=True, slots=True)
class Claim:
    """That a request is from the owner of `key_uri`; true only once `check` has not refused it.

    `texts` are what may have been signed: one of them fits. `algorithm` None leaves it to the key.
    `ends_at` is when it stops to count, before any allowance for clocks. `covered` is what was signed.
    """

    key_uri: str
    scheme: Scheme
    algorithm: Algorithm | None
    signature: bytes
    texts: tuple[bytes, ...]
    created_at: dt.datetime
    ends_at: dt.datetime
    covered: tuple[str, ...]


def read_key_uri(value: str) -> str:
    """The address of a key.

    Raises:
        BadSignature: when it is not a web address in printable ASCII.
    """
    if len(value) > LONGEST_KEY_URI or not value.startswith(("https://", "http://")):
        raise BadSignature("The signature does not name its key by a web address.")
    if not value.isascii() or not value.isprintable() or " " in value:
        raise BadSignature("The address of the key has characters that addresses do not have.")
    return value


def read_instant(seconds: int) -> dt.datetime:
    """Seconds since 1970, as an instant.

    Raises:
        BadSignature: for any that no clock will show.
    """
    if not 0 <= seconds <= LATEST:
        raise BadSignature("The signature says a time that no clock shows.")
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
