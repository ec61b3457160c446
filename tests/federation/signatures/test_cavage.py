"""The older scheme (draft-cavage-http-signatures-12), as interop 3.1 asks for it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from speak.federation.signatures import BadSignature, Message, Mismatch, NotSigned, Scheme, Stale

from .by_hand import ALICE_KEY, BOB, DATE, MALLORY, NOW, SECONDS, Cavage, Post, received, sha256, with_headers

CREATED = {"algorithm": "hs2019", "created": str(SECONDS)}
BY_CREATED = Cavage(covered="(request-target) host (created) digest", parameters=CREATED)
GET = Cavage(post=Post("GET", body=b""), covered="(request-target) host date")


def test_a_signed_post_is_from_whom_it_says() -> None:
    claim = received(Cavage().message())
    assert claim.key_uri == ALICE_KEY
    assert claim.scheme is Scheme.CAVAGE
    assert claim.created_at == NOW
    assert claim.covered == ("(request-target)", "host", "date", "digest")


@pytest.mark.parametrize(
    "accepted",
    [
        GET,
        replace(GET, post=Post("HEAD", body=b"")),
        Cavage(post=Post("DELETE")),
        Cavage(covered="host date digest"),
        Cavage(covered="(request-target) date digest"),
        Cavage(covered="(request-target) host date digest content-type content-length"),
        Cavage(covered="(request-target) host date digest", parameters={"algorithm": None}),
        Cavage(covered="(request-target) host date digest", parameters={"algorithm": "hs2019"}),
        Cavage(parameters={"headers": "(Request-Target) Host Date Digest"}),
        Cavage(parameters={"nonce": "x", "created": "12"}),
        Cavage(target="/inbox"),
        BY_CREATED,
        replace(BY_CREATED, parameters={**CREATED, "algorithm": None}),
        replace(BY_CREATED, post=Post(headers={"date": "long ago"})),
        replace(
            BY_CREATED,
            covered="(request-target) (created) (expires) digest",
            parameters={**CREATED, "expires": str(SECONDS + 60)},
        ),
        Cavage(post=Post(headers={"digest": f"sha-256={sha256(Post().body)}"})),
        Cavage(post=Post(headers={"digest": f"unixsum=1, SHA-256={sha256(Post().body)}"})),
        Cavage(post=Post(headers={"host": "HOME.example:443"})),
        Cavage(post=Post(headers={"content-type": "caf\u00e9"}), covered="(request-target) date digest content-type"),
    ],
)
def test_what_others_sign_is_taken(accepted: Cavage) -> None:
    assert received(accepted.message()).key_uri == ALICE_KEY


def test_an_ed25519_key_signs_when_the_key_says_how() -> None:
    by_key = Cavage(key=BOB, parameters={"algorithm": "hs2019"})
    assert received(by_key.message(), key=BOB).key_uri
    with pytest.raises(Mismatch):
        received(Cavage(key=BOB).message(), key=BOB)


def test_parameters_may_stand_apart_and_numbers_without_quotation_marks() -> None:
    message = BY_CREATED.message()
    spaced = message.headers["signature"].replace(",", " , ").replace(f'created="{SECONDS}"', f"created={SECONDS}")
    assert received(with_headers(message, signature=spaced)).created_at == NOW


def test_a_request_that_is_not_signed_is_refused() -> None:
    assert received(Cavage().message()).key_uri
    with pytest.raises(NotSigned):
        received(with_headers(Cavage().message(), signature=None))


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        (Cavage(covered="(request-target) host digest"), "does not cover date"),
        (Cavage(covered="host date"), r"does not cover \(request-target\)"),
        (Cavage(covered="(request-target) host date"), "does not cover digest"),
        (replace(GET, covered="(request-target) date"), "does not cover host"),
        (replace(GET, post=Post("GET")), "does not cover digest"),
        (replace(GET, post=Post("DELETE", body=b"")), "does not cover digest"),
        (Cavage(parameters={"headers": None}), "does not cover"),
        (Cavage(parameters={"headers": ""}), "does not cover"),
        (Cavage(parameters={"keyId": None}), "no keyId"),
        (Cavage(parameters={"keyId": ""}), "no keyId"),
        (Cavage(parameters={"keyId": "alice"}), "web address"),
        (Cavage(parameters={"keyId": "acct:alice@far.example"}), "web address"),
        (Cavage(parameters={"keyId": ALICE_KEY + "\u00e9"}), "characters"),
        (Cavage(parameters={"keyId": ALICE_KEY + " x"}), "characters"),
        (Cavage(parameters={"keyId": ALICE_KEY + "x" * 2048}), "web address"),
        (Cavage(parameters={"signature": None}), "no signature"),
        (Cavage(parameters={"signature": "%%%%"}), "not base64"),
        (Cavage(parameters={"signature": "QUI"}), "not base64"),
        (Cavage(parameters={"signature": "\u00e9"}), "not base64"),
        (Cavage(parameters={"signature": "QUJD"}), "does not fit"),
        (Cavage(parameters={"algorithm": "rsa-sha512"}), "neither"),
        (Cavage(parameters={"algorithm": "hmac-sha256"}), "neither"),
        (Cavage(parameters={"algorithm": "none"}), "neither"),
        (Cavage(parameters={"algorithm": ""}), "neither"),
        (Cavage(covered="(request-target) host date digest digest"), "twice"),
        (Cavage(covered="(request-target) host date digest x-missing"), "no such field"),
        (Cavage(covered="(request-target) host date digest (unheard)"), "no such field"),
        (Cavage(target="/"), "does not fit"),
        (Cavage(target="/inbox?from=near"), "does not fit"),
        (Cavage(key=MALLORY), "does not fit"),
        (Cavage(post=Post(headers={"host": "far.example"})), "another server"),
        (Cavage(post=Post(headers={"host": "home.example:444"})), "another server"),
        (Cavage(post=Post(headers={"date": "yesterday"})), "not a date"),
        (Cavage(post=Post(headers={"date": "Fri, 31 Nov 2026 12:00:00 GMT"})), "not a date"),
        (Cavage(post=Post(headers={"date": "Fri, 20 Nov 2026 12:00:00 +0000"})), "not a date"),
        (Cavage(post=Post(headers={"date": "Friday, 20-Nov-26 12:00:00 GMT"})), "not a date"),
        (Cavage(post=Post(headers={"date": DATE + "\n"})), "one line"),
        (Cavage(parameters={"created": str(SECONDS)}, covered="(request-target) host (created) digest"), "hs2019"),
        (Cavage(parameters={"expires": "1"}, covered="(request-target) date digest (expires)"), "hs2019"),
        (replace(BY_CREATED, parameters={"algorithm": "hs2019"}), "no created"),
        (replace(BY_CREATED, parameters={**CREATED, "created": f"{SECONDS}.5"}), "no created"),
        (replace(BY_CREATED, parameters={**CREATED, "created": "-1"}), "no created"),
        (replace(BY_CREATED, parameters={**CREATED, "created": "9" * 12}), "no created"),
        (replace(BY_CREATED, covered=f"{BY_CREATED.covered} (expires)"), "no expires"),
        (Cavage(post=Post(headers={"digest": f"SHA-256={sha256(b'other')}"})), "Digest"),
        (Cavage(post=Post(headers={"digest": f"SHA-512={sha256(Post().body)}"})), "Digest"),
        (Cavage(post=Post(headers={"digest": f"SHA-256=:{sha256(Post().body)}:"})), "Digest"),
        (Cavage(post=Post(headers={"digest": "SHA-256="})), "Digest"),
        (Cavage(post=Post(headers={"digest": ""})), "Digest"),
        (Cavage(post=Post(headers={"digest": "x" * 9000})), "longer"),
        (Cavage(parameters={"x": "y" * 9000}), "longer"),
        (Cavage(post=Post(url="ftp://home.example/inbox")), "web address"),
        (Cavage(post=Post(url="https://alice@home.example/inbox")), "web address"),
    ],
)
def test_anything_odd_is_refused(refused: Cavage, reason: str) -> None:
    with pytest.raises(BadSignature, match=reason):
        received(refused.message())


def test_a_field_with_characters_that_no_server_hands_over_is_refused() -> None:
    message = Cavage(covered="(request-target) date digest content-type").message()
    assert received(message).key_uri
    with pytest.raises(BadSignature, match="characters"):
        received(with_headers(message, content_type="\u20ac"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: "",
        lambda field: field + ",",
        lambda field: field + ',keyId="https://far.example/mallory"',
        lambda field: field + ",algorithm=hs2019",
        lambda field: field.replace('"', "'"),
        lambda field: field.replace('"', ""),
        lambda field: field.replace(",", ";"),
        lambda field: field.replace("keyId=", "keyId"),
        lambda field: field.replace("main-key", 'main\\"key'),
        lambda field: field[:-1],
        lambda field: f"Signature {field}",
        lambda field: f"sig1=:{field}:",
    ],
)
def test_a_field_that_cannot_be_read_is_refused(spoil: Callable[[str], str]) -> None:
    message = Cavage().message()
    assert received(message).key_uri
    with pytest.raises(BadSignature):
        received(with_headers(message, signature=spoil(message.headers["signature"])))


@pytest.mark.parametrize(
    ("signed", "minutes", "is_taken"),
    [
        (Cavage(), 0, True),
        (Cavage(), 64, True),
        (Cavage(), 66, False),
        (Cavage(), -59, True),
        (Cavage(), -61, False),
        (BY_CREATED, 64, True),
        (BY_CREATED, 66, False),
        (BY_CREATED, -61, False),
    ],
)
def test_a_signature_counts_five_minutes_and_clocks_may_differ_by_an_hour(
    signed: Cavage, minutes: int, *, is_taken: bool
) -> None:
    now = NOW + dt.timedelta(minutes=minutes)
    if is_taken:
        assert received(signed.message(), now=now).key_uri
    else:
        with pytest.raises(Stale):
            received(signed.message(), now=now)


def _expiring(hours: int) -> Message:
    covered = "(request-target) (created) (expires) digest"
    return Cavage(covered=covered, parameters={**CREATED, "expires": str(SECONDS + hours * 3600)}).message()


def test_a_signature_may_say_how_long_it_counts_but_not_more_than_twelve_hours() -> None:
    assert received(_expiring(6), now=NOW + dt.timedelta(hours=6, minutes=59)).key_uri
    assert received(_expiring(100), now=NOW + dt.timedelta(hours=12, minutes=59)).key_uri
    for hours, now in ((6, dt.timedelta(hours=7, minutes=1)), (100, dt.timedelta(hours=13, minutes=1))):
        with pytest.raises(Stale):
            received(_expiring(hours), now=NOW + now)


def test_an_expiry_that_is_not_signed_counts_for_nothing() -> None:
    later = NOW + dt.timedelta(hours=2)
    assert received(_expiring(6), now=later).key_uri
    unsigned = Cavage(parameters={**CREATED, "expires": str(SECONDS + 6 * 3600)})
    assert received(unsigned.message()).key_uri
    with pytest.raises(Stale):
        received(unsigned.message(), now=later)


def test_a_query_may_be_left_out_of_what_is_signed_but_not_be_another() -> None:
    """Some still sign without it; so one may be added to an address that had none (interop 3.1)."""
    plain = Cavage(post=Post(url="https://home.example/inbox"))
    assert received(replace(plain.message(), url="https://home.example/inbox?page=2")).key_uri
    signed = Cavage()
    for url in ("https://home.example/inbox", "https://home.example/inbox?from=near"):
        with pytest.raises(Mismatch):
            received(replace(signed.message(), url=url))
