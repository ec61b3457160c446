"""Making and checking the proof that stands in a document (FEP-8b32; W3C vc-di-eddsa, eddsa-jcs-2022). Pure."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from speak.federation.integrity.canonical import canonical
from speak.kernel.errors import Invalid, NotAllowed
from speak.kernel.keys import PublicKey, read_base58, write_base58

CONTEXT = "https://w3id.org/security/data-integrity/v1"
TYPE, SUITE, PURPOSE = "DataIntegrityProof", "eddsa-jcs-2022", "assertionMethod"
# As long as activities that were taken in are remembered (`federation.models.RECEIVED_LIFE`): nothing is said twice.
LIFE = dt.timedelta(days=14)
SKEW = dt.timedelta(hours=1)
LONGEST_VALUE = 200
Json: TypeAlias = dict[str, object]


class BadProof(NotAllowed):
    """There is no proof that can be used, or it is not true."""


@dataclass(frozen=True, slots=True)
class Proof:
    """That a document is by the owner of `key_uri`; true only once `fits` says so. `texts`: one of them was signed."""

    key_uri: str
    signature: bytes
    texts: tuple[bytes, ...]


def read_proof(document: Json, *, now: dt.datetime) -> Proof:
    """What the proof in a document claims.

    Raises:
        BadProof: there is none, of this kind, made in the last two weeks.
    """
    found = document.get("proof")
    candidates = found if isinstance(found, list) else [found]
    proof = next((each for each in candidates if isinstance(each, dict) and each.get("cryptosuite") == SUITE), None)
    if proof is None or proof.get("type") != TYPE or proof.get("proofPurpose") != PURPOSE:
        raise BadProof("There is no proof of a kind that is known here.")
    key_uri, value = proof.get("verificationMethod"), proof.get("proofValue")
    if not isinstance(key_uri, str) or not isinstance(value, str) or not 1 < len(value) <= LONGEST_VALUE:
        raise BadProof("The proof does not name its key, or has no value.")
    _check_time(proof, now)
    try:
        return Proof(key_uri, _bytes(value), _texts(document, proof))
    except Invalid as refusal:
        raise BadProof(refusal.sentence) from refusal


def fits(proof: Proof, *, key: PublicKey) -> bool:
    """Whether the proof was made over this document with the other half of this key."""
    return isinstance(key, Ed25519PublicKey) and any(_is_over(proof.signature, text, key) for text in proof.texts)


def made(document: Json, *, key_uri: str, key: Ed25519PrivateKey, now: dt.datetime) -> Json:
    """The document with a proof in it."""
    context = document.get("@context", [])
    whole: Json = {**document, "@context": [*(context if isinstance(context, list) else [context]), CONTEXT]}
    proof: Json = {
        "@context": whole["@context"],
        "type": TYPE,
        "cryptosuite": SUITE,
        "created": now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": key_uri,
        "proofPurpose": PURPOSE,
    }
    signature = key.sign(_text(whole, proof))
    return {**whole, "proof": {**proof, "proofValue": f"z{write_base58(signature)}"}}


def _texts(document: Json, proof: Json) -> tuple[bytes, ...]:
    """What was signed: the proof as it stands; and as some leave it out, with the context of the document."""
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if "@context" in options:
        said, own = _list(options["@context"]), _list(unsecured.get("@context", []))
        if own[: len(said)] != said:
            raise BadProof("The context of the proof is not that of the document.")
        return (_text({**unsecured, "@context": options["@context"]}, options),)
    return _text(unsecured, options), _text(unsecured, {**options, "@context": unsecured.get("@context", [])})


def _text(unsecured: Json, options: Json) -> bytes:
    return hashlib.sha256(canonical(options)).digest() + hashlib.sha256(canonical(unsecured)).digest()


def _check_time(proof: Json, now: dt.datetime) -> None:
    try:
        created_at = dt.datetime.fromisoformat(str(proof.get("created", ""))[:40].upper())
        expires_at = dt.datetime.fromisoformat(str(proof["expires"])[:40].upper()) if "expires" in proof else None
        is_now = now - LIFE <= created_at <= now + SKEW and (expires_at is None or now <= expires_at + SKEW)
    except (ValueError, TypeError, OverflowError) as error:
        raise BadProof("The proof does not say when it was made.") from error
    if not is_now:
        raise BadProof("The proof is too old, or was made in the future.")


def _bytes(value: str) -> bytes:
    if not value.startswith("z"):
        raise BadProof("The value of a proof begins with z.")
    return read_base58(value[1:])


def _is_over(signature: bytes, text: bytes, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(signature, text)
    except InvalidSignature:
        return False
    return True


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
