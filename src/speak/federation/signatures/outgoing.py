"""Signing our own requests, as the door to other servers asks for it."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TypeAlias

from speak.federation.signatures import cavage, rfc9421
from speak.federation.signatures.claims import Scheme
from speak.federation.signatures.message import Message
from speak.federation.signatures.signing import SigningKey
from speak.federation.signatures.wishes import Wish
from speak.kernel import clock

# The shape of `kernel.outbound.Sign`. Said again: models know schemes, and models do not know the door.
Sign: TypeAlias = Callable[[str, str, Mapping[str, str], bytes], Mapping[str, str]]

SIGNING = {Scheme.CAVAGE: cavage.sign, Scheme.RFC9421: rfc9421.sign}


def signer(
    scheme: Scheme, key: SigningKey, *, wish: Wish | None = None, now: Callable[[], dt.datetime] = clock.now
) -> Sign:
    """What signs each request, and each hop of one, with this key in this scheme; by RFC 9421 as they `wish`.

    It asks nothing of the database, and raises `BadSignature` for an address that cannot be signed.
    """
    sign_message = SIGNING[scheme]

    def sign(  # noqa: PLR0917 - the shape of `Sign`
        method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> Mapping[str, str]:
        message = Message(method, url, headers, body)
        if wish is not None and scheme is Scheme.RFC9421:
            return rfc9421.sign(message, key, now=now(), wish=wish)
        return sign_message(message, key, now=now())

    return sign
