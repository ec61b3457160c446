"""Who signed a request. Fail closed: without a valid signature by a key its owner lists, nobody did."""

import datetime as dt
import hashlib
from collections.abc import Callable
from enum import StrEnum

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from speak.federation.asking_now import NotNow, asking_now
from speak.federation.discovery.fetching import Gone, NobodyThere
from speak.federation.discovery.keys import find_key
from speak.federation.documents import Malformed, Node
from speak.federation.documents.nodes import host_of, is_web_address
from speak.federation.integrity import BadProof, Proof, fits, read_proof
from speak.federation.ours import is_ours
from speak.federation.signatures import (
    BadSignature,
    Claim,
    Message,
    Mismatch,
    NotSigned,
    check,
    check_time,
    read_claim,
)
from speak.identity.models import Actor, Key
from speak.kernel import clock
from speak.kernel.errors import Invalid, NotAllowed, Refusal
from speak.kernel.keys import read_public
from speak.kernel.outbound import Ask, OutboundFailure, Unreachable
from speak.kernel.prepared import Prepared

# How long a key is not asked for again, whether the last answer was good or bad (interop 3.1).
KEY_REST = dt.timedelta(minutes=5)
KEY_AT = Prepared(
    lambda uri: Key.objects.select_related("actor").filter(key_uri=uri, actor__gone_at=None).order_by("pk")[:1]
)


class Unproven(NotAllowed):
    """There is no signature, or it does not hold, or its key cannot be found."""


class OwnerGone(Unproven):
    """The server of the key's owner says that they are gone."""


class _Outcome(StrEnum):
    """How the last attempt to fetch a key ended, remembered for `KEY_REST`."""

    FETCHED = "fetched"
    ABSENT = "absent"
    GONE = "gone"
    FAILED = "failed"


def is_signed(request: HttpRequest) -> bool:
    """Whether a request carries a signature, good or bad."""
    return "Signature" in request.headers or "Signature-Input" in request.headers


def proven_signer(request: HttpRequest, *, ask: Ask, body: bytes = b"") -> Actor:
    """The actor who signed this request: by a key known here, or fetched now, at most once in five minutes.

    Raises:
        Unproven: nobody can be held to it. OwnerGone: the key's owner is no more.
        OutboundFailure: the key could not be fetched, or not just now; the request may be sent again later.
    """
    claim = _claim(request, body)
    return _owner(claim.key_uri, lambda key: _fault(claim, key), ask=ask)


def proven_author(document: Node, *, ask: Ask) -> Actor:
    """The actor whose integrity proof stands in a document, whoever brought it (FEP-8b32).

    Raises:
        Unproven, OutboundFailure: as `proven_signer`.
    """
    try:
        proof = read_proof(dict(document.value) if isinstance(document.value, dict) else {}, now=clock.now())
    except BadProof as refusal:
        raise Unproven(refusal.sentence) from refusal
    return _owner(proof.key_uri, lambda key: _fault_of_proof(proof, key), ask=ask)


def _owner(key_uri: str, fault_of: Callable[[Key], Refusal | None], *, ask: Ask) -> Actor:
    """Whose key it is, if it fits: one known here, or fetched now."""
    known = KEY_AT.first(key_uri)
    if known is not None:
        fault = fault_of(known)
        if fault is None:
            return known.actor
        if known.actor.is_local or known.fetched_at > clock.now() - KEY_REST:
            raise Unproven(fault.sentence) from fault
    fetched = _fetched(key_uri, ask)
    fault = fault_of(fetched)
    if fault is not None:
        raise Unproven(fault.sentence) from fault
    return fetched.actor


def _claim(request: HttpRequest, body: bytes) -> Claim:
    """What the signature says of the request, sent to the address that this server has for others."""
    target = request.META.get("RAW_URI") or request.get_full_path()
    headers = {name.lower(): value for name, value in request.headers.items()}
    headers["host"] = request.get_host()
    url = f"{settings.SPEAK_URL}{target}"
    try:
        claim = read_claim(Message(request.method or "", url, headers, body))
        check_time(claim, now=clock.now())
    except (NotSigned, BadSignature) as reason:
        raise Unproven(reason.sentence) from reason
    return claim


def _fault(claim: Claim, key: Key) -> Mismatch | Invalid | None:
    try:
        check(claim, public_key=read_public(key.public_pem), now=clock.now())
    except (Mismatch, Invalid) as fault:
        return fault
    return None


def _fault_of_proof(proof: Proof, key: Key) -> Refusal | None:
    try:
        return None if fits(proof, key=read_public(key.public_pem)) else Unproven("The proof does not fit the key.")
    except Invalid as fault:
        return fault


def _fetched(key_uri: str, ask: Ask) -> Key:
    """Fetch the key, unless that was tried a moment ago; then say again what came of it."""
    if not is_web_address(key_uri) or is_ours(key_uri):
        raise Unproven("That key is nobody's.")
    memory = f"key:{hashlib.sha256(key_uri.encode()).hexdigest()}"
    before = cache.get(memory)
    if before is not None:
        raise _again(before)
    try:
        with asking_now(host_of(key_uri), ask=ask) as hurried:
            key = find_key(key_uri, ask=hurried)
    except NotNow:
        raise
    except OutboundFailure:
        cache.set(memory, _Outcome.FAILED.value, KEY_REST.total_seconds())
        raise
    except Gone as reason:
        cache.set(memory, _Outcome.GONE.value, KEY_REST.total_seconds())
        raise OwnerGone("The owner of that key is gone.") from reason
    except (NobodyThere, Malformed) as reason:
        cache.set(memory, _Outcome.ABSENT.value, KEY_REST.total_seconds())
        raise Unproven(f"That key was not found: {reason}") from reason
    cache.set(memory, _Outcome.FETCHED.value, KEY_REST.total_seconds())
    return key


def _again(before: str) -> Unproven | OutboundFailure:
    match before:
        case _Outcome.FAILED:
            return Unreachable("The key could not be fetched a moment ago.")
        case _Outcome.GONE:
            return OwnerGone("The owner of that key is gone.")
        case _:
            return Unproven("The signature does not hold with the key as it was a moment ago.")
