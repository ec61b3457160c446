"""Key pairs, as PEM."""

from dataclasses import dataclass

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa


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


def _pair(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> KeyPair:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return KeyPair(private.decode(), public.decode())
