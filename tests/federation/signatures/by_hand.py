"""Requests signed by hand, each step where a test can reach it; nothing here is the program's own.

Alice has an RSA key and Bob an Ed25519 key. It is noon on a Friday.
"""

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa

from speak.federation.signatures import Claim, Message, check, read_claim

NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)
SECONDS = int(NOW.timestamp())
DATE = "Fri, 20 Nov 2026 12:00:00 GMT"
INBOX = "https://home.example/inbox"
POST_URL = f"{INBOX}?from=far"
BODY = b'{"type": "Create"}'
ALICE_KEY = "https://far.example/actors/alice#main-key"
BOB_KEY = "https://far.example/actors/bob#ed25519-key"

ALICE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
MALLORY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
BOB = ed25519.Ed25519PrivateKey.generate()

Key = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


def b64(content: bytes) -> str:
    """Base64, as everywhere in this."""
    return base64.b64encode(content).decode()


def sha256(body: bytes) -> str:
    """The SHA-256 of a body, in base64."""
    return b64(hashlib.sha256(body).digest())


def signature(key: Key, text: str) -> bytes:
    """PKCS#1 v1.5 with SHA-256, or Ed25519."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(text.encode("latin-1"), padding.PKCS1v15(), hashes.SHA256())
    return key.sign(text.encode("latin-1"))


@dataclass(frozen=True)
class Post:
    """A POST to our inbox, or with `method` something else, not signed yet."""

    method: str = "POST"
    url: str = POST_URL
    body: bytes = BODY
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_headers(self) -> dict[str, str]:
        """What such a request usually has; `headers` replaces."""
        return {
            "host": "home.example",
            "date": DATE,
            "digest": f"SHA-256={sha256(self.body)}",
            "content-digest": f"sha-256=:{sha256(self.body)}:",
            "content-type": "application/activity+json",
            "content-length": str(len(self.body)),
            **self.headers,
        }

    def message(self, **signing: str) -> Message:
        """The request as it arrives."""
        return Message(self.method, self.url, {**self.all_headers, **signing}, self.body)


@dataclass(frozen=True)
class Cavage:
    """A signature of the older scheme. A parameter set to None is left out."""

    post: Post = Post()
    key: Key = ALICE
    covered: str = "(request-target) host date digest"
    parameters: Mapping[str, str | None] = field(default_factory=dict)
    target: str = ""

    def text(self) -> str:
        """What is signed."""
        parts = urlsplit(self.post.url)
        query = f"?{parts.query}" if parts.query else ""
        known = {
            "(request-target)": f"{self.post.method.lower()} {self.target or parts.path + query}",
            "(created)": self.parameters.get("created"),
            "(expires)": self.parameters.get("expires"),
            **self.post.all_headers,
        }
        return "\n".join(f"{name}: {known.get(name, '')}" for name in self.covered.split())

    def message(self) -> Message:
        """The signed request as it arrives."""
        parameters = {
            "keyId": ALICE_KEY,
            "algorithm": "rsa-sha256",
            "headers": self.covered,
            "signature": b64(signature(self.key, self.text())),
            **self.parameters,
        }
        said = (f'{name}="{value}"' for name, value in parameters.items() if value is not None)
        return self.post.message(signature=",".join(said))


@dataclass(frozen=True)
class Standard:
    """A signature by RFC 9421. `parameters` are written as they stand."""

    post: Post = Post()
    key: Key = ALICE
    covered: tuple[str, ...] = ('"@method"', '"@target-uri"', '"content-digest"')
    parameters: str = f';created={SECONDS};keyid="{ALICE_KEY}"'
    label: str = "sig1"

    @property
    def written(self) -> str:
        """The list of components with its parameters."""
        return f"({' '.join(self.covered)}){self.parameters}"

    def text(self) -> str:
        """What is signed."""
        parts = urlsplit(self.post.url)
        known = {
            "@method": self.post.method,
            "@target-uri": self.post.url,
            "@authority": parts.netloc,
            "@scheme": parts.scheme,
            "@path": parts.path,
            "@query": f"?{parts.query}",
            "@request-target": f"{parts.path}?{parts.query}" if parts.query else parts.path,
            **self.post.all_headers,
        }
        lines = [f"{name}: {known.get(name.strip(chr(34)), '')}" for name in self.covered]
        return "\n".join([*lines, f'"@signature-params": {self.written}'])

    def made(self) -> str:
        """The member of Signature."""
        return f"{self.label}=:{b64(signature(self.key, self.text()))}:"

    def message(self) -> Message:
        """The signed request as it arrives."""
        headers = {"signature-input": f"{self.label}={self.written}", "signature": self.made()}
        return self.post.message(**headers)


def received(message: Message, *, key: Key = ALICE, now: dt.datetime = NOW) -> Claim:
    """Read and check a request, as an inbox does."""
    claim = read_claim(message)
    check(claim, public_key=key.public_key(), now=now)
    return claim


def with_headers(message: Message, **headers: str | None) -> Message:
    """The same message with other headers (`_` for `-`); None leaves one out."""
    changed = {name.replace("_", "-"): value for name, value in headers.items()}
    kept = {name: value for name, value in message.headers.items() if name not in changed}
    return replace(message, headers=kept | {name: value for name, value in changed.items() if value is not None})
