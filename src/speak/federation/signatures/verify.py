"""Whether a request is from whom it says. Anything odd is a refusal.

In two steps, because the key has to be found in between: `read_claim`, then `check`.
"""

import datetime as dt

from speak.federation.signatures import cavage, rfc9421, rules
from speak.federation.signatures.algorithms import is_signature
from speak.federation.signatures.claims import Claim
from speak.federation.signatures.errors import Mismatch, NotSigned, Stale
from speak.federation.signatures.message import Message
from speak.kernel.keys import PublicKey


def read_claim(message: Message) -> Claim:
    """Who a request says it is from. Everything that can be refused without their key is refused here.

    Raises:
        NotSigned: when there is no signature.
        BadSignature: when it cannot be read, covers too little, or the body is not the one that was signed.
    """
    if "signature-input" in message.headers:
        return rfc9421.read(message)
    if "signature" in message.headers:
        return cavage.read(message)
    raise NotSigned("This request is not signed.")


def check_time(claim: Claim, *, now: dt.datetime) -> None:
    """Refuse what is too old or too new; worth asking before a key is fetched.

    Raises:
        Stale: when the signature does not count now.
    """
    if rules.is_from_the_future(claim.created_at, now=now):
        raise Stale("The signature was made in the future.")
    if rules.is_over(claim.ends_at, now=now):
        raise Stale("The signature is too old.")


def check(claim: Claim, *, public_key: PublicKey, now: dt.datetime) -> None:
    """Refuse a claim that is not true. Whoever owns the key is then who the request is from.

    Raises:
        Stale: when the signature does not count now.
        Mismatch: when it was not made with this key over this request.
    """
    check_time(claim, now=now)
    if not any(is_signature(claim.signature, text, key=public_key, algorithm=claim.algorithm) for text in claim.texts):
        raise Mismatch("The signature does not fit the key and the request.")
