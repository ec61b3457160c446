"""Key pairs: made, kept as PEM, published as Multikey.

PEM is what `publicKeyPem` holds; a Multikey is the short text of FEP-521a (`z6Mk…`). A key costs more
the first time it is used than a signature does, so keys that were read lately are remembered.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from speak.kernel.errors import Invalid

PrivateKey: TypeAlias = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
PublicKey: TypeAlias = rsa.RSAPublicKey | ed25519.Ed25519PublicKey

LONGEST_KEY = 16 * 1024  # characters, in any writing
RSA_BITS = range(2048, 8192 + 1)  # shorter can be broken, longer keeps us busy
LARGEST_EXPONENT = 2**32  # everybody uses 65537; a very large one keeps us busy too

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BASE58_VALUES = {letter: value for value, letter in enumerate(BASE58)}
# Multicodec, as unsigned varints: ed25519-pub is 0xed, rsa-pub is 0x1205.
ED25519_PREFIX = b"\xed\x01"
RSA_PREFIX = b"\x85\x24"


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


@lru_cache(maxsize=1024)
def read_private(pem: str) -> PrivateKey:
    """The key in an unencrypted private PEM that we stored ourselves.

    Whether its numbers are those of a proper RSA key is not tried: that takes as long as a hundred
    signatures, and they come from `make_rsa`.

    Raises:
        Invalid: when there is none, or one of another kind or size than we use.
    """
    try:
        key = serialization.load_pem_private_key(
            _bounded(pem).encode(), password=None, unsafe_skip_rsa_key_validation=True
        )
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Invalid("This is not a private key in PEM.") from error
    if isinstance(key, rsa.RSAPrivateKey):
        _check_size(key.public_key())
        return key
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key
    raise Invalid("Only RSA and Ed25519 keys are used here.")


@lru_cache(maxsize=4096)
def read_public(pem: str) -> PublicKey:
    """The key in a public PEM, SubjectPublicKeyInfo or PKCS#1.

    Raises:
        Invalid: when there is none, or one of another kind or size than we use.
    """
    try:
        key = serialization.load_pem_public_key(_bounded(pem).encode())
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Invalid("This is not a public key in PEM.") from error
    return _usable(key)


def write_public(key: PublicKey) -> str:
    """A public key as PEM (SubjectPublicKeyInfo)."""
    pem = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return pem.decode()


def read_multikey(text: str) -> PublicKey:
    """The key in a `publicKeyMultibase`: base58btc of a multicodec prefix and the key (FEP-521a).

    Raises:
        Invalid: when there is none, or one of another kind or size than we use.
    """
    if not text.startswith("z"):
        raise Invalid("A Multikey begins with z.")
    content = read_base58(_bounded(text)[1:])
    try:
        if content.startswith(ED25519_PREFIX):
            return ed25519.Ed25519PublicKey.from_public_bytes(content.removeprefix(ED25519_PREFIX))
        if content.startswith(RSA_PREFIX):
            return _usable(serialization.load_der_public_key(content.removeprefix(RSA_PREFIX)))
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Invalid("This Multikey holds no key.") from error
    raise Invalid("Only RSA and Ed25519 keys are used here.")


def write_multikey(key: PublicKey) -> str:
    """A public key as `publicKeyMultibase` (FEP-521a)."""
    if isinstance(key, ed25519.Ed25519PublicKey):
        return f"z{write_base58(ED25519_PREFIX + key.public_bytes_raw())}"
    content = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)
    return f"z{write_base58(RSA_PREFIX + content)}"


def read_base58(text: str) -> bytes:
    """Bytes from base58btc, the alphabet without 0, O, I and l.

    Raises:
        Invalid: for any other character.
    """
    number = 0
    for letter in text:
        value = BASE58_VALUES.get(letter)
        if value is None:
            raise Invalid("This is not base58.")
        number = number * 58 + value
    zeros = len(text) - len(text.lstrip(BASE58[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def write_base58(content: bytes) -> str:
    """Bytes as base58btc; each zero byte at the beginning is a 1."""
    number = int.from_bytes(content, "big")
    letters = []
    while number:
        number, value = divmod(number, 58)
        letters.append(BASE58[value])
    zeros = len(content) - len(content.lstrip(b"\0"))
    return BASE58[0] * zeros + "".join(reversed(letters))


def _pair(key: PrivateKey) -> KeyPair:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return KeyPair(private.decode(), write_public(key.public_key()))


def _bounded(text: str) -> str:
    if len(text) > LONGEST_KEY:
        raise Invalid("This is too long for a key.")
    return text


def _usable(key: object) -> PublicKey:
    if isinstance(key, rsa.RSAPublicKey):
        _check_size(key)
        return key
    if isinstance(key, ed25519.Ed25519PublicKey):
        return key
    raise Invalid("Only RSA and Ed25519 keys are used here.")


def _check_size(key: rsa.RSAPublicKey) -> None:
    if key.key_size not in RSA_BITS or key.public_numbers().e > LARGEST_EXPONENT:
        raise Invalid("An RSA key has between 2048 and 8192 bits.")
