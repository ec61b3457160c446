"""Public keys as Multikey text (FEP-521a): base58-btc of a multicodec prefix and the raw key. Pure."""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519_PREFIX = b"\xed\x01"
RSA_PREFIX = b"\x85\x24"
MAX_TEXT = 1000
MIN_RSA_BITS, MAX_RSA_BITS = 2048, 8192
PublicKey = ed25519.Ed25519PublicKey | rsa.RSAPublicKey


def read_pem(pem: str) -> PublicKey | None:
    """The RSA (2048 to 8192 bits) or Ed25519 key in a PEM, or nothing where there is none."""
    try:
        key = serialization.load_pem_public_key(pem.strip().encode())
    except (ValueError, UnsupportedAlgorithm):
        return None
    return _accepted(key)


def multibase_of(pem: str) -> str:
    """A public PEM as Multikey text.

    Raises:
        ValueError: neither RSA nor Ed25519.
    """
    key = read_pem(pem)
    if isinstance(key, ed25519.Ed25519PublicKey):
        raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return "z" + _base58(ED25519_PREFIX + raw)
    if isinstance(key, rsa.RSAPublicKey):
        raw = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)
        return "z" + _base58(RSA_PREFIX + raw)
    raise ValueError("neither RSA nor Ed25519")  # noqa: TRY004 - the text is wrong, not its type


def read_multibase(text: str) -> PublicKey | None:
    """The key in Multikey text, or nothing where there is none that can be used."""
    if not text.startswith("z") or len(text) > MAX_TEXT:
        return None
    raw = _from_base58(text[1:])
    try:
        if raw.startswith(ED25519_PREFIX):
            return ed25519.Ed25519PublicKey.from_public_bytes(raw[2:])
        if raw.startswith(RSA_PREFIX):
            return _accepted(serialization.load_der_public_key(raw[2:]))
    except (ValueError, UnsupportedAlgorithm):
        return None
    return None


def pem_of(key: PublicKey) -> str:
    """The key as PEM, SubjectPublicKeyInfo."""
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()


def _accepted(key: object) -> PublicKey | None:
    if isinstance(key, ed25519.Ed25519PublicKey):
        return key
    if isinstance(key, rsa.RSAPublicKey) and MIN_RSA_BITS <= key.key_size <= MAX_RSA_BITS:
        return key
    return None


def _base58(data: bytes) -> str:
    number, text = int.from_bytes(data), ""
    while number:
        number, digit = divmod(number, 58)
        text = ALPHABET[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def _from_base58(text: str) -> bytes:
    number = 0
    for character in text:
        digit = ALPHABET.find(character)
        if digit < 0:
            return b""
        number = number * 58 + digit
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)
