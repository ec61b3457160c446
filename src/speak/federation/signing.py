"""Signing in the name of somebody here: requests, and the documents that others hand on."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from speak.federation.documents.audience import PUBLIC
from speak.federation.integrity import made
from speak.federation.signatures import SigningKey, Way, signer
from speak.identity.models import Actor, KeyKind
from speak.identity.queries import own_key, signing_key
from speak.kernel import clock
from speak.kernel.keys import read_private
from speak.kernel.outbound import Sign

USUAL = Way()
WITH_PROOF = ("Create", "Update", "Delete", "Announce")


def signer_of(actor: Actor, *, way: Way = USUAL) -> Sign:
    """What signs requests with an actor's RSA key. The key is read now: signing touches no database."""
    key = signing_key(actor)
    return signer(way.scheme, SigningKey.from_pem(key.key_uri, key.private_pem), wish=way.wish)


def proven(actor: Actor, document: dict[str, object]) -> dict[str, object]:
    """A message to anyone about what somebody here said, with a proof that others may hand on (FEP-8b32)."""
    addressed = [*_listed(document.get("to")), *_listed(document.get("cc"))]
    key = own_key(actor, KeyKind.ED25519) if document["type"] in WITH_PROOF and PUBLIC in addressed else None
    private = read_private(key.private_pem) if key else None
    if key is None or not isinstance(private, Ed25519PrivateKey):
        return document
    return made(document, key_uri=key.key_uri, key=private, now=clock.now())


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
