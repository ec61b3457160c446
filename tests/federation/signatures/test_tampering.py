"""Whatever is changed on the way, it is refused; and nothing that can be sent is more than refused."""

import contextlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from speak.federation.signatures import BadSignature, Message, NotSigned, Scheme, SigningKey, read_claim, signer

from .by_hand import (
    ALICE,
    ALICE_KEY,
    BODY,
    NOW,
    POST_URL,
    SECONDS,
    Cavage,
    Standard,
    b64,
    received,
    with_headers,
)

TYPE = {"content-type": "application/activity+json"}
SIGNED = {
    scheme: Message(
        "POST",
        POST_URL,
        {
            **TYPE,
            "host": "home.example",
            **signer(scheme, SigningKey(ALICE_KEY, ALICE), now=lambda: NOW)("POST", POST_URL, TYPE, BODY),
        },
        BODY,
    )
    for scheme in Scheme
}
COVERED = {
    Scheme.CAVAGE: ("host", "date", "digest", "content-type"),
    Scheme.RFC9421: ("content-digest", "content-type"),
}
schemes = st.sampled_from(Scheme)
# What a server hands over as a header field: Latin-1 without control characters.
values = st.text(st.characters(min_codepoint=32, max_codepoint=255, blacklist_categories=["Cc"]), max_size=60)
fields = st.sampled_from(["signature", "signature-input", "digest", "content-digest", "date", "host", "content-type"])
pieces = st.sampled_from(
    [
        *'"(),;=:\\ \t?@%-*&.',
        "sig1",
        "keyId=",
        "created",
        f"={SECONDS}",
        '"@method"',
        '"@target-uri"',
        ";keyid=",
        f'"{ALICE_KEY}"',
        "algorithm=",
        "headers=",
        "(request-target) host date digest",
        ":AAAA:",
        "sha-256=",
        "99999999999999",
    ]
)
garbage = values | st.lists(pieces | values, max_size=12).map("".join)


def _refused(message: Message) -> None:
    with pytest.raises(BadSignature):
        received(message)


@pytest.mark.parametrize("scheme", Scheme)
def test_what_nobody_touched_is_taken(scheme: Scheme) -> None:
    assert received(SIGNED[scheme]).key_uri == ALICE_KEY


@given(scheme=schemes, body=st.binary(max_size=60))
def test_another_body_is_refused(scheme: Scheme, body: bytes) -> None:
    assume(body != BODY)
    _refused(replace(SIGNED[scheme], body=body))


@given(scheme=schemes, position=st.integers(0, len(BODY) * 8 - 1))
def test_a_body_with_one_bit_changed_is_refused(scheme: Scheme, position: int) -> None:
    body = bytearray(BODY)
    body[position // 8] ^= 1 << position % 8
    _refused(replace(SIGNED[scheme], body=bytes(body)))


@given(data=st.data(), scheme=schemes, value=values | st.none())
def test_another_field_is_refused(data: st.DataObject, scheme: Scheme, value: str | None) -> None:
    message = SIGNED[scheme]
    name = data.draw(st.sampled_from(COVERED[scheme]))
    assume(value is None or value.strip() != message.headers[name])
    _refused(with_headers(message, **{name: value}))


@given(scheme=schemes, method=st.sampled_from(["GET", "HEAD", "PUT", "PATCH", "DELETE", "post", "POST ", ""]))
def test_another_method_is_refused(scheme: Scheme, method: str) -> None:
    """The older scheme signs it in lower case, so `post` is no other."""
    assume((scheme, method) != (Scheme.CAVAGE, "post"))
    _refused(replace(SIGNED[scheme], method=method))


@given(scheme=schemes, url=st.from_regex(r"https?://home\.example(:443)?/[a-z]{0,5}(\?[a-z=]{0,5})?", fullmatch=True))
@example(scheme=Scheme.CAVAGE, url="https://home.example/inbox")
@example(scheme=Scheme.RFC9421, url="http://home.example/inbox?from=far")
def test_another_address_is_refused(scheme: Scheme, url: str) -> None:
    """The older scheme does not say whether the address was https."""
    path = url.removeprefix("http").removeprefix("s").replace(":443", "")
    assume(not POST_URL.endswith(path) or (scheme is Scheme.RFC9421 and not url.startswith("https")))
    _refused(replace(SIGNED[scheme], url=url))


@given(position=st.integers(0, 256 * 8 - 1), by_hand=st.sampled_from([Cavage(), Standard()]))
def test_a_signature_with_one_bit_changed_is_refused(position: int, by_hand: Cavage | Standard) -> None:
    message = by_hand.message()
    made = bytearray(received(message).signature)
    before = b64(bytes(made))
    made[position // 8] ^= 1 << position % 8
    _refused(with_headers(message, signature=message.headers["signature"].replace(before, b64(bytes(made)))))


@given(st.binary(max_size=300))
def test_any_other_bytes_are_no_signature(made: bytes) -> None:
    for message in SIGNED.values():
        before = b64(received(message).signature)
        _refused(with_headers(message, signature=message.headers["signature"].replace(before, b64(made))))


@given(seconds=st.integers(0, 10**11), name=st.sampled_from(["created", "keyid", "alg"]))
def test_other_parameters_are_refused(seconds: int, name: str) -> None:
    assume(seconds != SECONDS)
    message = SIGNED[Scheme.RFC9421]
    was = {"created": f"created={SECONDS}", "keyid": ALICE_KEY, "alg": ';alg="rsa-v1_5-sha256"'}[name]
    other = {"created": f"created={seconds}", "keyid": f"{ALICE_KEY}{seconds}", "alg": ""}[name]
    _refused(with_headers(message, signature_input=message.headers["signature-input"].replace(was, other)))


@given(data=st.data(), by_hand=st.sampled_from([Cavage(), Standard()]), letter=values.filter(bool))
def test_a_signature_field_changed_anywhere_is_refused_or_says_the_same(
    data: st.DataObject, by_hand: Cavage | Standard, letter: str
) -> None:
    """Nothing but what is not signed may differ: how a field is written, a label, what the older scheme's key is."""
    message = by_hand.message()
    name = data.draw(st.sampled_from(sorted({"signature", "signature-input"} & message.headers.keys())))
    field = message.headers[name]
    position = data.draw(st.integers(0, len(field)))
    spoiled = with_headers(message, **{name: field[:position] + letter[0] + field[position + 1 :]})
    with contextlib.suppress(BadSignature):
        claim, honest = received(spoiled), received(message)
        assert claim.texts == honest.texts
        assert (claim.created_at, claim.ends_at) == (honest.created_at, honest.ends_at)


def _parses(build: Callable[[], Message]) -> None:
    with contextlib.suppress(BadSignature, NotSigned):
        read_claim(build())


@given(
    headers=st.dictionaries(fields, garbage),
    method=st.sampled_from(["GET", "POST"]),
    url=st.sampled_from([POST_URL, "https://home.example"]) | st.text(max_size=30),
)
@example(headers={"signature-input": "sig1=()", "signature": "sig1=::"}, method="GET", url=POST_URL)
@example(headers={"signature-input": "sig1=();created=@9999999999999", "signature": "sig1=::"}, method="GET", url="")
@example(headers={"signature-input": 'a=%"%ff"', "signature": ""}, method="GET", url="")
def test_garbage_is_refused_and_nothing_worse(headers: dict[str, str], method: str, url: str) -> None:
    _parses(lambda: Message(method, url, headers, b""))


@given(data=st.data(), by_hand=st.sampled_from([Cavage(), Standard()]), value=garbage)
def test_garbage_beside_a_signature_is_refused_and_nothing_worse(
    data: st.DataObject, by_hand: Cavage | Standard, value: str
) -> None:
    message = by_hand.message()
    name = data.draw(st.sampled_from(sorted(message.headers)))
    field = message.headers[name]
    position = data.draw(st.integers(0, len(field)))
    _parses(lambda: with_headers(message, **{name: field[:position] + value + field[position:]}))
