"""Key pairs as PEM, and what is done with them. Loaded keys are remembered: loading costs more than signing."""

from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

PublicKey = rsa.RSAPublicKey | ed25519.Ed25519PublicKey
# Smaller RSA keys are no protection; larger ones are a way to keep others busy.
RSA_BITS = range(2048, 8193)
_PKCS1 = padding.PKCS1v15()
_SHA256 = hashes.SHA256()


class UnusableKey(ValueError):
    """Not a key, or not of a kind that is used here."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Both halves of a key, as PEM: PKCS#8 and SubjectPublicKeyInfo."""

    private_pem: str
    public_pem: str


def make_rsa() -> KeyPair:
    """A fresh RSA key of 2048 bits."""
    return _pair(rsa.generate_private_key(public_exponent=65537, key_size=2048))


def make_ed25519() -> KeyPair:
    """A fresh Ed25519 key."""
    return _pair(ed25519.Ed25519PrivateKey.generate())


def sign_rsa(private_pem: str, data: bytes) -> bytes:
    """RSASSA-PKCS1-v1_5 with SHA-256."""
    return _private_rsa(private_pem).sign(data, _PKCS1, _SHA256)


def is_signed_by(public_pem: str, signature: bytes, data: bytes, *, algorithm: str = "") -> bool:
    """Whether the private half of this key made `signature` over `data`.

    `algorithm` is what the signer says it used; one that is not the key's own is a no.

    Raises:
        UnusableKey: it is no key.
    """
    key = load_public(public_pem)
    is_ed25519 = isinstance(key, ed25519.Ed25519PublicKey)
    if (algorithm == "ed25519" and not is_ed25519) or (algorithm.startswith("rsa") and is_ed25519):
        return False
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, data)
        else:
            key.verify(signature, data, _PKCS1, _SHA256)
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=4096)
def load_public(pem: str) -> PublicKey:
    """A public key from its PEM, SubjectPublicKeyInfo or PKCS#1.

    Raises:
        UnusableKey: not PEM, or neither RSA of 2048 to 8192 bits nor Ed25519.
    """
    try:
        key = serialization.load_pem_public_key(pem.strip().encode())
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UnusableKey("This is not a public key.") from error
    if isinstance(key, ed25519.Ed25519PublicKey):
        return key
    if isinstance(key, rsa.RSAPublicKey) and key.key_size in RSA_BITS:
        return key
    raise UnusableKey("Only RSA keys of 2048 to 8192 bits and Ed25519 keys are used here.")


@lru_cache(maxsize=1024)
def _private_rsa(pem: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise UnusableKey("This is not an RSA key.")
    return key


def _pair(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> KeyPair:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return KeyPair(private.decode(), public.decode())
