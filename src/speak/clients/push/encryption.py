"""Words that only one device can open (RFC 8291), or its fourth draft as older apps want it."""

import base64
import os
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from speak.kernel.errors import Invalid

CURVE = ec.SECP256R1()
SECRET_BYTES, SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 16, 12, 16
# One record holds it all: 4096 bytes less the tag and the end mark (RFC 8291, 4).
RECORD, MOST = 4096, 4096 - 16 - 86 - 1


@dataclass(frozen=True, slots=True)
class Device:
    """The public key of a device and the secret it shares with us."""

    point: bytes
    secret: bytes

    @classmethod
    def of(cls, key: str, secret: str) -> "Device":
        """From what an app sends, in base64url.

        Raises:
            Invalid: it is no point of the curve, or no secret of 16 bytes.
        """
        device = cls(_bytes_of(key), _bytes_of(secret))
        if len(device.secret) != SECRET_BYTES:
            raise Invalid("Validation failed: Key auth must be 16 bytes in base64url.")
        device.public()
        return device

    def public(self) -> ec.EllipticCurvePublicKey:
        """The key, as the library takes it. Raises Invalid where it is no point of the curve."""
        try:
            return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, self.point)
        except ValueError as error:
            raise Invalid("Validation failed: Key p256dh must be a point of P-256 in base64url.") from error


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent to the service of a device."""

    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is new for every message: a key of ours and a salt."""

    key: ec.EllipticCurvePrivateKey
    salt: bytes

    @classmethod
    def made(cls) -> "Fresh":
        """Never used before."""
        return cls(ec.generate_private_key(CURVE), os.urandom(SALT_BYTES))

    @property
    def point(self) -> bytes:
        """The public half."""
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encrypted(words: bytes, *, device: Device, fresh: Fresh) -> Message:
    """As RFC 8291, 3.4 and RFC 8188, 2 say; at most 3,993 bytes of words."""
    shared = fresh.key.exchange(ec.ECDH(), device.public())
    material = _derived(shared, device.secret, b"WebPush: info\0" + device.point + fresh.point, length=32)
    key = _derived(material, fresh.salt, b"Content-Encoding: aes128gcm\0", length=KEY_BYTES)
    nonce = _derived(material, fresh.salt, b"Content-Encoding: nonce\0", length=NONCE_BYTES)
    head = fresh.salt + struct.pack("!LB", RECORD, len(fresh.point)) + fresh.point
    body = head + AESGCM(key).encrypt(nonce, words[:MOST] + b"\2", None)
    return Message(body, {"Content-Encoding": "aes128gcm"})


def encrypted_as_drafted(words: bytes, *, device: Device, fresh: Fresh) -> Message:
    """As draft-ietf-webpush-encryption-04 says: what apps can open that do not ask for the standard."""
    shared = fresh.key.exchange(ec.ECDH(), device.public())
    material = _derived(shared, device.secret, b"Content-Encoding: auth\0", length=32)
    around = b"P-256\0" + b"".join(struct.pack("!H", len(point)) + point for point in (device.point, fresh.point))
    key = _derived(material, fresh.salt, b"Content-Encoding: aesgcm\0" + around, length=KEY_BYTES)
    nonce = _derived(material, fresh.salt, b"Content-Encoding: nonce\0" + around, length=NONCE_BYTES)
    body = AESGCM(key).encrypt(nonce, b"\0\0" + words[:MOST], None)
    headers = {
        "Content-Encoding": "aesgcm",
        "Encryption": f"salt={in_base64(fresh.salt)}",
        "Crypto-Key": f"dh={in_base64(fresh.point)}",
    }
    return Message(body, headers)


def in_base64(data: bytes) -> str:
    """In base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _derived(material: bytes, salt: bytes, info: bytes, *, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=salt, info=info).derive(material)


def _bytes_of(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except ValueError as error:
        raise Invalid("Validation failed: Keys must be in base64url.") from error
