"""What a header field says about the body: Digest for the older scheme, Content-Digest for RFC 9421."""

import base64
import binascii
import hashlib
from collections.abc import Callable

from speak.federation.signatures.fields import read_dictionary

ALGORITHMS: dict[str, Callable[[bytes], bytes]] = {
    "sha-256": lambda body: hashlib.sha256(body).digest(),
    "sha-512": lambda body: hashlib.sha512(body).digest(),
}


def digest_of(body: bytes) -> str:
    """The value of Digest (RFC 3230). In upper case: some compare it letter by letter."""
    return f"SHA-256={_written(body)}"


def content_digest_of(body: bytes) -> str:
    """The value of Content-Digest (RFC 9530)."""
    return f"sha-256=:{_written(body)}:"


def fits_digest(value: str, body: bytes) -> bool:
    """Whether a Digest has the SHA-256 of the body, and nothing in it that we know contradicts."""
    said: list[tuple[str, bytes]] = []
    for part in value.split(","):
        name, _, encoded = part.strip().partition("=")
        try:
            said.append((name.lower(), binascii.a2b_base64(encoded, strict_mode=True)))
        except ValueError:
            if name.lower() in ALGORITHMS:
                return False
    return any(name == "sha-256" for name, _ in said) and _all_true(said, body)


def fits_content_digest(value: str, body: bytes) -> bool:
    """Whether a Content-Digest has a SHA-256 or SHA-512 of the body, and neither contradicts."""
    try:
        parsed = read_dictionary(value)
    except ValueError:
        return False
    said = [
        (name, member[0])
        for name, member in parsed.items()
        if name in ALGORITHMS and isinstance(member, tuple) and isinstance(member[0], bytes)
    ]
    return len(said) == len(ALGORITHMS.keys() & parsed.keys()) > 0 and _all_true(said, body)


def _all_true(said: list[tuple[str, bytes]], body: bytes) -> bool:
    return all(ALGORITHMS[name](body) == digest for name, digest in said if name in ALGORITHMS)


def _written(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode("ascii")
