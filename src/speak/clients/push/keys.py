"""The key by which push services know this server (VAPID, RFC 8292)."""

import base64
import datetime as dt
import functools
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from jwcrypto import jwk, jwt

# The order of P-256 (SEC 2, 2.4.2); a private key is a number below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# Enough above the size of a key that the remainder is as good as chosen evenly (FIPS 186-5, A.2.1).
SECRET_BYTES = 48
GOOD_FOR = dt.timedelta(hours=12)


@functools.cache
def private_key() -> ec.EllipticCurvePrivateKey:
    """Made of the secret of this server, so that it lasts as long: with a new secret, devices sign up anew."""
    derived = HKDF(SHA256(), SECRET_BYTES, salt=None, info=b"speak: web push").derive(settings.SECRET_KEY.encode())
    return ec.derive_private_key(int.from_bytes(derived) % (ORDER - 1) + 1, ec.SECP256R1())


def sealing() -> Fernet:
    """What seals the tokens of apps: with the database alone, without the secret, nobody opens them."""
    derived = HKDF(SHA256(), 32, salt=None, info=b"speak: tokens of devices").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def authorization(endpoint: str, *, at: dt.datetime) -> str:
    """A JWT that says to a push service who sends (RFC 8292, 2); good for twelve hours from `at`."""
    service = urlsplit(endpoint)
    claims = {
        "aud": f"{service.scheme}://{service.netloc}",
        "exp": int((at + GOOD_FOR).timestamp()),
        "sub": f"mailto:{settings.SPEAK_CONTACT}" if "@" in settings.SPEAK_CONTACT else settings.SPEAK_URL,
    }
    made = jwt.JWT(header={"typ": "JWT", "alg": "ES256"}, claims=claims)
    made.make_signed_token(jwk.JWK.from_pyca(private_key()))
    return str(made.serialize())


def public_key() -> str:
    """The public half, as devices are given it: an uncompressed point in base64url without padding."""
    point = private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()
