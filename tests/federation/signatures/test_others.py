"""Programs that nobody here wrote: they take what we sign, and we take what they sign.

apsig has the older scheme and most of RFC 9421, http_message_signatures all of RFC 9421. Both look at the
real clock.
"""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from apsig.draft import Signer, Verifier
from apsig.rfc9421 import RFC9421Signer
from cryptography.hazmat.primitives.asymmetric import rsa
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    InvalidSignature,
    algorithms,
)
from http_message_signatures.resolvers import MappingKeyResolver

from speak.federation.signatures import BadSignature, Message, Scheme, SigningKey, signer
from speak.kernel import clock

from .by_hand import ALICE, ALICE_KEY, BOB, BOB_KEY, BODY, Key, received, with_headers

INBOX = "https://home.example/inbox"
TYPE = {"content-type": "application/activity+json", "host": "home.example"}
RESOLVER = MappingKeyResolver(
    public_keys={ALICE_KEY: ALICE.public_key(), BOB_KEY: BOB.public_key()},
    private_keys={ALICE_KEY: ALICE, BOB_KEY: BOB},
)
KINDS = pytest.mark.parametrize(
    ("key_uri", "algorithm"),
    [(ALICE_KEY, algorithms.RSA_V1_5_SHA256), (BOB_KEY, algorithms.ED25519)],
    ids=["rsa", "ed25519"],
)
CALLS = pytest.mark.parametrize(("method", "body"), [("POST", BODY), ("GET", b"")], ids=["POST", "GET"])


@dataclass
class Request:
    """A request as http_message_signatures wants it."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


def _ours(scheme: Scheme, key: SigningKey, *, method: str, url: str, body: bytes) -> dict[str, str]:
    return {**TYPE, **signer(scheme, key)(method, url, TYPE, body)}


def _key(key_uri: str) -> Key:
    return ALICE if key_uri == ALICE_KEY else BOB


@CALLS
def test_apsig_takes_what_we_sign(method: str, body: bytes) -> None:
    headers = _ours(Scheme.CAVAGE, SigningKey(ALICE_KEY, ALICE), method=method, url=INBOX, body=body)
    verifier = Verifier(ALICE.public_key(), method, INBOX, headers, body)
    assert verifier.verify(raise_on_fail=True) == ALICE_KEY
    stranger = rsa.generate_private_key(65537, 2048).public_key()
    assert Verifier(stranger, method, INBOX, headers, body).verify() is None


@CALLS
def test_we_take_what_apsig_signs(method: str, body: bytes) -> None:
    signing = Signer(headers=dict(TYPE), private_key=ALICE, method=method, url=INBOX, key_id=ALICE_KEY, body=body)
    message = Message(method, INBOX, {name.lower(): value for name, value in signing.sign().items()}, body)
    assert received(message, now=clock.now()).key_uri == ALICE_KEY
    with pytest.raises(BadSignature):
        received(with_headers(message, host="far.example"), now=clock.now())


def test_we_take_what_apsig_signs_by_the_standard() -> None:
    """It signs the parts of the address, and of a body nothing: so only what has none is taken."""
    signed = RFC9421Signer(ALICE, ALICE_KEY).sign("GET", "/inbox", "home.example", dict(TYPE), b"")
    message = Message("GET", INBOX, {name.lower(): value for name, value in signed.items()})
    assert received(message, now=clock.now()).key_uri == ALICE_KEY


@CALLS
@KINDS
def test_the_standard_takes_what_we_sign(key_uri: str, algorithm: type, method: str, body: bytes) -> None:
    url = f"{INBOX}?page=2"
    headers = _ours(Scheme.RFC9421, SigningKey(key_uri, _key(key_uri)), method=method, url=url, body=body)
    verifier = HTTPMessageVerifier(signature_algorithm=algorithm, key_resolver=RESOLVER)
    results = verifier.verify(Request(method, url, headers), require_components=("@method", "@target-uri"), body=body)
    assert [result.parameters["keyid"] for result in results] == [key_uri]
    with pytest.raises(InvalidSignature):
        verifier.verify(Request(method, INBOX, headers))


@CALLS
@KINDS
def test_we_take_what_the_standard_signs(key_uri: str, algorithm: type, method: str, body: bytes) -> None:
    request = Request(method, f"{INBOX}?page=2", dict(TYPE))
    HTTPMessageSigner(signature_algorithm=algorithm, key_resolver=RESOLVER).sign(
        request,
        key_id=key_uri,
        nonce="n",
        tag="t",
        label="theirs",
        expires=clock.now() + dt.timedelta(minutes=5),
        covered_component_ids=("@method", "@authority", "@target-uri", "@path", "@query", "content-type", "host"),
        body=body or None,
    )
    message = Message(method, request.url, {name.lower(): value for name, value in request.headers.items()}, body)
    assert received(message, key=_key(key_uri), now=clock.now()).key_uri == key_uri
    with pytest.raises(BadSignature):
        received(with_headers(message, content_type="text/html"), key=_key(key_uri), now=clock.now())
