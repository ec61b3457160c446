"""Digests of bodies: `Digest` (RFC 3230) and `Content-Digest` (RFC 9530)."""

import base64
import binascii
import hashlib
import hmac

import http_sf

from speak.federation.signatures.errors import BadSignature

MOST_DIGESTS = 10
CONTENT_DIGESTS = {"sha-256": hashlib.sha256, "sha-512": hashlib.sha512}


def digest(body: bytes) -> str:
    """The `Digest` header; its algorithm in upper case, as Threads wants it."""
    return "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()


def content_digest(body: bytes) -> str:
    """The `Content-Digest` header, with SHA-256."""
    return "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"


def check_digest(header: str, body: bytes) -> None:
    """The body is the one whose SHA-256 the header names.

    Raises:
        BadSignature: it is not, or there is no SHA-256 to compare.
    """
    for part in header.split(",")[:MOST_DIGESTS]:
        name, _, value = part.strip().partition("=")
        if name.lower() == "sha-256":
            try:
                told = base64.b64decode(value.strip(), validate=True)
            except (binascii.Error, ValueError) as error:
                raise BadSignature("The digest is not base64.") from error
            if hmac.compare_digest(told, hashlib.sha256(body).digest()):
                return
            raise BadSignature("The digest does not match the body.")
    raise BadSignature("The digest names no SHA-256.")


def check_content_digest(header: str, body: bytes) -> None:
    """The body is the one that every known digest in the header names, of which there is at least one.

    Raises:
        BadSignature: it is not, or nothing known is named.
    """
    try:
        told = http_sf.parse(header.encode("ascii"), tltype="dictionary")
    except (ValueError, UnicodeError, TypeError, AttributeError) as error:
        raise BadSignature("The content digest cannot be read.") from error
    known = 0
    for name, (value, _) in list(told.items())[:MOST_DIGESTS]:
        make = CONTENT_DIGESTS.get(name)
        if make is None:
            continue
        known += 1
        if not isinstance(value, bytes) or not hmac.compare_digest(value, make(body).digest()):
            raise BadSignature("The content digest does not match the body.")
    if not known:
        raise BadSignature("The content digest names no SHA-256 or SHA-512.")
