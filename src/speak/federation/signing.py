"""Signing in the name of somebody here: draft-cavage, which everybody reads (interop 3.1)."""

from speak.federation.signatures import Scheme, SigningKey, signer
from speak.identity.models import Actor
from speak.identity.queries import signing_key
from speak.kernel.outbound import Sign


def signer_of(actor: Actor) -> Sign:
    """What signs requests with an actor's RSA key. The key is read now: signing touches no database."""
    key = signing_key(actor)
    return signer(Scheme.CAVAGE, SigningKey.from_pem(key.key_uri, key.private_pem))
