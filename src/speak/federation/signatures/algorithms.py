"""The signature algorithms we can check and make, by their names in RFC 9421."""

from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from speak.kernel.keys import PrivateKey, PublicKey

SHA256 = hashes.SHA256()
SHA512 = hashes.SHA512()
PKCS1 = padding.PKCS1v15()
PSS = padding.PSS(mgf=padding.MGF1(SHA512), salt_length=64)  # RFC 9421, 3.3.1


class Algorithm(StrEnum):
    """Everybody checks the first; the last is what FEP-521a publishes keys for."""

    RSA = "rsa-v1_5-sha256"
    RSA_PSS = "rsa-pss-sha512"
    ED25519 = "ed25519"


def algorithm_of(key: PrivateKey | PublicKey) -> Algorithm:
    """What a key signs with when nothing else is said."""
    return Algorithm.RSA if isinstance(key, RSAPrivateKey | RSAPublicKey) else Algorithm.ED25519


def make_signature(key: PrivateKey, text: bytes) -> bytes:
    """Sign with the key's own algorithm."""
    return key.sign(text, PKCS1, SHA256) if isinstance(key, RSAPrivateKey) else key.sign(text)


def is_signature(signature: bytes, text: bytes, *, key: PublicKey, algorithm: Algorithm | None) -> bool:
    """Whether it was made over this text with the other half of this key.

    Without an `algorithm` the key says which; one that does not belong to the key is never right.
    """
    algorithm = algorithm or algorithm_of(key)
    try:
        if isinstance(key, RSAPublicKey):
            if algorithm is Algorithm.RSA:
                key.verify(signature, text, PKCS1, SHA256)
                return True
            if algorithm is Algorithm.RSA_PSS:
                key.verify(signature, text, PSS, SHA512)
                return True
            return False
        if algorithm is Algorithm.ED25519:
            key.verify(signature, text)
            return True
    except InvalidSignature:
        return False
    return False
