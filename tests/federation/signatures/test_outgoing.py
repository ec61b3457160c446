"""What we sign, and that we take it from ourselves."""

import datetime as dt

import pytest
from cryptography.hazmat.primitives import serialization

from speak.federation.signatures import (
    BadSignature,
    Message,
    Scheme,
    SigningKey,
    Stale,
    check_time,
    read_claim,
    signer,
)
from speak.kernel import clock

from .by_hand import ALICE, ALICE_KEY, BOB, BOB_KEY, BODY, DATE, NOW, SECONDS, received, sha256

INBOX = "https://far.example/inbox"
TYPE = {"Content-Type": "application/activity+json", "accept": "*/*"}
ALICES, BOBS = SigningKey(ALICE_KEY, ALICE), SigningKey(BOB_KEY, BOB)


def sent(scheme: Scheme, key: SigningKey, *, method: str = "POST", url: str = INBOX, body: bytes = BODY) -> Message:
    """A request of ours, as it arrives at far.example."""
    added = signer(scheme, key, now=lambda: NOW)(method, url, TYPE, body)
    arrived = {"host": "far.example", "content-type": TYPE["Content-Type"], **added}
    return Message(method, url, arrived, body)


@pytest.mark.parametrize("key", [ALICES, BOBS], ids=["rsa", "ed25519"])
@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_we_sign_holds(scheme: Scheme, key: SigningKey, method: str) -> None:
    message = sent(scheme, key, method=method, body=BODY if method == "POST" else b"")
    claim = received(message, key=key.private_key)
    assert (claim.key_uri, claim.scheme, claim.created_at) == (key.key_uri, scheme, NOW)


def test_a_post_is_signed_as_everybody_reads_it() -> None:
    headers = sent(Scheme.CAVAGE, ALICES).headers
    assert headers["host"] == "far.example"
    assert headers["date"] == DATE
    assert headers["digest"] == f"SHA-256={sha256(BODY)}"
    start = (
        f'keyId="{ALICE_KEY}",algorithm="rsa-sha256",'
        'headers="(request-target) host date digest content-type",signature="'
    )
    assert headers["signature"].startswith(start)


def test_a_get_signs_its_query_and_nothing_that_it_does_not_say() -> None:
    message = sent(Scheme.CAVAGE, ALICES, method="GET", url=f"{INBOX}?page=2", body=b"")
    claim = received(message)
    assert claim.covered == ("(request-target)", "host", "date")
    assert claim.texts[0].startswith(b"(request-target): get /inbox?page=2\n")
    assert "digest" not in message.headers


def test_the_standard_covers_the_whole_address_and_the_body() -> None:
    headers = sent(Scheme.RFC9421, ALICES, url=f"{INBOX}?page=2#part").headers
    assert headers["content-digest"] == f"sha-256=:{sha256(BODY)}:"
    assert headers["signature-input"] == (
        'sig1=("@method" "@target-uri" "content-digest" "content-type")'
        f';created={SECONDS};keyid="{ALICE_KEY}";alg="rsa-v1_5-sha256"'
    )


@pytest.mark.parametrize("scheme", Scheme)
def test_a_body_without_a_type_is_signed_too(scheme: Scheme) -> None:
    added = signer(scheme, ALICES, now=lambda: NOW)("POST", INBOX, {}, BODY)
    claim = received(Message("POST", INBOX, added, BODY))
    assert "content-type" not in claim.covered


@pytest.mark.parametrize("scheme", Scheme)
def test_each_call_is_signed_at_its_own_time(scheme: Scheme) -> None:
    times = iter([NOW, NOW + dt.timedelta(hours=3)])
    sign = signer(scheme, ALICES, now=lambda: next(times))
    first, second = (read_claim(Message("GET", INBOX, sign("GET", INBOX, {}, b""))) for _ in range(2))
    assert second.created_at - first.created_at == dt.timedelta(hours=3)
    check_time(first, now=NOW)
    with pytest.raises(Stale):
        check_time(second, now=NOW)


def test_without_being_told_the_time_a_signer_looks_at_the_clock() -> None:
    added = signer(Scheme.RFC9421, ALICES)("GET", INBOX, {}, b"")
    assert received(Message("GET", INBOX, added), now=clock.now()).key_uri


def test_an_address_that_is_none_is_not_signed() -> None:
    sign = signer(Scheme.CAVAGE, ALICES)
    assert sign("GET", INBOX, {}, b"")
    with pytest.raises(BadSignature):
        sign("GET", "far.example/inbox", {}, b"")


def test_a_key_comes_from_what_is_stored() -> None:
    pem = ALICE.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    key = SigningKey.from_pem(ALICE_KEY, pem)
    assert received(sent(Scheme.CAVAGE, key)).key_uri
    assert SigningKey.from_pem(ALICE_KEY, pem).private_key is key.private_key


@pytest.mark.parametrize("key_uri", ["", "alice", f'{ALICE_KEY}"', f"{ALICE_KEY}\\", f"{ALICE_KEY} ", "https://é"])
def test_the_address_of_our_key_can_stand_between_quotation_marks(key_uri: str) -> None:
    assert ALICES.key_uri == ALICE_KEY
    with pytest.raises(ValueError, match="cannot be the address"):
        SigningKey(key_uri, ALICE)
