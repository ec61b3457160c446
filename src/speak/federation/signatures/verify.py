"""The one way in: read what is claimed without a key, then check it with one."""

import datetime as dt

from speak.federation.signatures import cavage, rfc9421
from speak.federation.signatures.errors import BadSignature, Stale
from speak.federation.signatures.message import Claim, Message
from speak.kernel.keys import UnusableKey, is_signed_by

# interop 3.1: how far clocks may differ, how long a signature holds where it does not say,
# and how long it may hold at the most.
SKEW = dt.timedelta(hours=1)
HOLDS = dt.timedelta(minutes=5)
HOLDS_AT_MOST = dt.timedelta(hours=12)


def read_claim(message: Message) -> Claim:
    """Who says they signed this, and over what; nothing has been proven yet.

    Raises:
        NotSigned: nobody does.
        BadSignature: it cannot be read or does not cover what it must.
    """
    if "signature-input" in message.headers:
        return rfc9421.read_claim(message)
    return cavage.read_claim(message)


def check(claim: Claim, *, public_pem: str, now: dt.datetime) -> None:
    """The signature was made with the private half of this key, at a time that counts now.

    Raises:
        Stale: too old, or from the future.
        BadSignature: it was not, or the key is not of the kind the signature says.
    """
    _check_times(claim, now)
    try:
        if any(is_signed_by(public_pem, claim.signature, base, algorithm=claim.algorithm) for base in claim.bases):
            return
    except UnusableKey as error:
        raise BadSignature("The key cannot be used for this signature.") from error
    raise BadSignature("The signature does not hold.")


def _check_times(claim: Claim, now: dt.datetime) -> None:
    if claim.created_at is None:
        raise Stale("The signature does not say when it was made.")
    if claim.created_at > now + SKEW:
        raise Stale("The signature is from the future.")
    latest = claim.created_at + HOLDS_AT_MOST
    expires_at = min(claim.expires_at, latest) if claim.expires_at else claim.created_at + HOLDS
    if now > expires_at + SKEW:
        raise Stale("The signature is too old.")
