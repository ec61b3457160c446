"""The standard (RFC 9421), as interop 3.1 asks for it."""

import base64
import datetime as dt
import hashlib
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from speak.federation.signatures import BadSignature, Message, Mismatch, Scheme, Stale
from speak.federation.signatures.rfc9421 import read_signed

from .by_hand import (
    ALICE,
    ALICE_KEY,
    BOB,
    BOB_KEY,
    DATE,
    MALLORY,
    NOW,
    SECONDS,
    Post,
    Standard,
    received,
    sha256,
    with_headers,
)

METHOD, TARGET, DIGEST = '"@method"', '"@target-uri"', '"content-digest"'
GET = Standard(post=Post("GET", body=b""), covered=(METHOD, TARGET))
KEYID = f';keyid="{ALICE_KEY}"'
SHA512 = base64.b64encode(hashlib.sha512(Post().body).digest()).decode()


def _digest(value: str) -> Standard:
    return Standard(post=Post(headers={"content-digest": value}))


def _covering(*names: str) -> Standard:
    return Standard(covered=(METHOD, TARGET, DIGEST, *names))


def test_a_signed_post_is_from_whom_it_says() -> None:
    claim = received(Standard().message())
    assert claim.key_uri == ALICE_KEY
    assert claim.scheme is Scheme.RFC9421
    assert claim.created_at == NOW
    assert claim.covered == ("@method", "@target-uri", "content-digest")


def test_a_signature_with_ed25519_is_taken() -> None:
    for alg in ("", ';alg="ed25519"'):
        signed = Standard(key=BOB, parameters=f';created={SECONDS};keyid="{BOB_KEY}"{alg}')
        assert received(signed.message(), key=BOB).key_uri == BOB_KEY


@pytest.mark.parametrize(
    "accepted",
    [
        GET,
        replace(GET, post=Post("GET", url="https://home.example/", body=b"")),
        replace(GET, covered=(METHOD, '"@authority"', '"@request-target"')),
        replace(GET, covered=(METHOD, '"@authority"', '"@path"', '"@query"')),
        replace(
            GET,
            post=Post("GET", url="https://home.example/a", body=b""),
            covered=(METHOD, '"@authority"', '"@path"'),
        ),
        _covering('"@authority"', '"@scheme"', '"@path"', '"@query"', '"@request-target"'),
        _covering('"host"', '"date"', '"content-type"', '"content-length"'),
        Standard(parameters=f';keyid="{ALICE_KEY}";alg="rsa-v1_5-sha256";created={SECONDS};nonce="x";tag="y"'),
        Standard(label="another-label"),
        _digest(f"sha-512=:{SHA512}:"),
        _digest(f"sha-256=:{sha256(Post().body)}:, sha-512=:{SHA512}:, md5=:AAAA:"),
    ],
)
def test_what_others_sign_is_taken(accepted: Standard) -> None:
    assert received(accepted.message()).key_uri == ALICE_KEY


def test_rsa_pss_is_taken() -> None:
    standard = Standard(parameters=f';created={SECONDS}{KEYID};alg="rsa-pss-sha512"')
    pss = padding.PSS(mgf=padding.MGF1(hashes.SHA512()), salt_length=64)
    made = ALICE.sign(standard.text().encode(), pss, hashes.SHA512())
    message = with_headers(standard.message(), signature=f"sig1=:{base64.b64encode(made).decode()}:")
    assert received(message).key_uri
    with pytest.raises(Mismatch):
        received(standard.message())


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        (Standard(covered=(TARGET, DIGEST)), "does not cover @method"),
        (Standard(covered=(METHOD, DIGEST)), "does not cover @target-uri"),
        (Standard(covered=(METHOD, DIGEST, '"@authority"', '"@path"')), "does not cover @target-uri"),
        (Standard(covered=(METHOD, DIGEST, '"@request-target"')), "does not cover @target-uri"),
        (Standard(covered=(METHOD, TARGET)), "does not cover content-digest"),
        (Standard(covered=()), "does not cover"),
        (replace(GET, post=Post("GET")), "does not cover content-digest"),
        (replace(GET, post=Post("DELETE", body=b"")), "does not cover content-digest"),
        (_covering(DIGEST), "twice"),
        (_covering('"x-missing"'), "no such field"),
        (_covering('"@status"'), "not known here"),
        (_covering('"@query-param";name="from"'), "form that is not known"),
        (_covering('"date";sf'), "form that is not known"),
        (_covering('"@signature-params"'), "not known here"),
        (_covering('"Date"'), "not known here"),
        (_covering("date"), "form that is not known"),
        (_covering("1"), "form that is not known"),
        (Standard(parameters=KEYID), "when it was made"),
        (Standard(parameters=f';created="{SECONDS}"{KEYID}'), "whole seconds"),
        (Standard(parameters=f";created={SECONDS}.0{KEYID}"), "whole seconds"),
        (Standard(parameters=f";created=?1{KEYID}"), "whole seconds"),
        (Standard(parameters=f";created=@{SECONDS}{KEYID}"), "whole seconds"),
        (Standard(parameters=f";created=-1{KEYID}"), "no clock"),
        (Standard(parameters=f";created={'9' * 15}{KEYID}"), "no clock"),
        (Standard(parameters=f";created={'9' * 16}{KEYID}"), "cannot be read"),
        (Standard(parameters=f";created={SECONDS};expires=soon{KEYID}"), "whole seconds"),
        (Standard(parameters=f";created={SECONDS}"), "no keyid"),
        (Standard(parameters=f";created={SECONDS};keyid=alice"), "no keyid"),
        (Standard(parameters=f';created={SECONDS};keyid="alice"'), "web address"),
        (Standard(parameters=f";created={SECONDS}{KEYID}{KEYID}"), "cannot be read"),
        (Standard(parameters=f';created={SECONDS}{KEYID};alg="hmac-sha256"'), "none of"),
        (Standard(parameters=f';created={SECONDS}{KEYID};alg="none"'), "none of"),
        (Standard(parameters=f";created={SECONDS}{KEYID};alg=ed25519"), "none of"),
        (Standard(parameters=f';created={SECONDS}{KEYID};alg="ed25519"'), "does not fit"),
        (Standard(key=MALLORY), "does not fit"),
        (_digest(f"sha-256=:{sha256(b'other')}:"), "Content-Digest"),
        (_digest(f"sha-256=:{sha256(Post().body)}:, sha-512=:{sha256(b'other')}:"), "Content-Digest"),
        (_digest(f"sha-256=:{sha256(b'other')}:, sha-256=:{sha256(Post().body)}:"), "Content-Digest"),
        (_digest(f"SHA-256={sha256(Post().body)}"), "Content-Digest"),
        (_digest(f'sha-256="{sha256(Post().body)}"'), "Content-Digest"),
        (_digest("sha-256=(1 2)"), "Content-Digest"),
        (_digest("md5=:AAAA:"), "Content-Digest"),
        (_digest(""), "Content-Digest"),
        (Standard(post=Post(headers={"date": DATE + "\r\n x"}), covered=_covering('"date"').covered), "one line"),
        (Standard(post=Post(headers={"host": "far.example"}), covered=_covering('"host"').covered), "another"),
        (Standard(post=Post(headers={"date": "\u00e9"}), covered=_covering('"date"').covered), "outside of ASCII"),
        (Standard(post=Post(url="https:///inbox")), "web address"),
    ],
)
def test_anything_odd_is_refused(refused: Standard, reason: str) -> None:
    with pytest.raises(BadSignature, match=reason):
        received(refused.message())


@pytest.mark.parametrize(
    "headers",
    [
        {"signature": None},
        {"signature": ""},
        {"signature": Standard(label="other").made()},
        {"signature": "sig1=12"},
        {"signature": "sig1=(:AAAA:)"},
        {"signature": "sig1=:AAAA:, " + Standard().made()},
        {"signature": "sig1=:%%:"},
        {"signature": "x" * 9000},
        {"signature_input": ""},
        {"signature_input": "sig1"},
        {"signature_input": 'sig1="@method"'},
        {"signature_input": "sig1=("},
        {"signature_input": f"sig1={GET.written}, sig1={Standard().written}"},
        {"signature_input": "sig1=\u00e9"},
        {"signature_input": ", ".join(f"sig{n}={Standard().written}" for n in range(9))},
        {"signature_input": f"sig1={Standard().written}, {'x' * 9000}"},
    ],
)
def test_fields_that_cannot_be_read_are_refused(headers: dict[str, str | None]) -> None:
    message = Standard().message()
    assert received(message).key_uri
    with pytest.raises(BadSignature):
        received(with_headers(message, **headers))


def test_the_first_signature_that_can_be_used_counts() -> None:
    ours, proxy = Standard(), Standard(covered=('"@authority"',), label="proxy")
    message = ours.message()
    both = with_headers(
        message,
        signature=f"{proxy.made()}, {ours.made()}, lost=:AAAA:",
        signature_input=f"none={ours.written}, proxy={proxy.written}, sig1={ours.written}",
    )
    assert received(both).key_uri == ALICE_KEY
    with pytest.raises(BadSignature, match="has nothing for what"):
        received(with_headers(both, signature=f"{proxy.made()}"))


def test_a_list_that_cannot_be_written_is_refused() -> None:
    made: tuple[bytes, dict[str, object]] = (b"x", {})
    assert read_signed(([("@method", {})], {}), made).written == '("@method")'
    with pytest.raises(BadSignature, match="cannot be read"):
        read_signed(([("caf\u00e9", {})], {}), made)


def test_space_in_the_list_is_not_signed() -> None:
    message = Standard().message()
    spaced = message.headers["signature-input"].replace("(", "(  ").replace(";created", "; created")
    assert received(with_headers(message, signature_input=spaced)).key_uri


def _expiring(hours: int) -> Message:
    return Standard(parameters=f";created={SECONDS};expires={SECONDS + hours * 3600}{KEYID}").message()


@pytest.mark.parametrize(
    ("message", "minutes", "is_taken"),
    [
        (Standard().message(), 64, True),
        (Standard().message(), 66, False),
        (Standard().message(), -59, True),
        (Standard().message(), -61, False),
        (_expiring(6), 6 * 60 + 59, True),
        (_expiring(6), 7 * 60 + 1, False),
        (_expiring(100), 12 * 60 + 59, True),
        (_expiring(100), 13 * 60 + 1, False),
        (_expiring(-2), 0, False),
    ],
)
def test_a_signature_counts_for_a_while(message: Message, minutes: int, *, is_taken: bool) -> None:
    now = NOW + dt.timedelta(minutes=minutes)
    if is_taken:
        assert received(message, now=now).key_uri
    else:
        with pytest.raises(Stale):
            received(message, now=now)


@pytest.mark.parametrize("url", ["https://home.example/inbox", "https://home.example/inbox?from=near"])
def test_the_query_is_signed(url: str) -> None:
    message = Standard().message()
    assert received(message).key_uri
    with pytest.raises(Mismatch):
        received(replace(message, url=url))
