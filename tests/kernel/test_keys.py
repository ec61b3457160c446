"""Keys, in every writing in which others give them to us."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from hypothesis import given
from hypothesis import strategies as st
from multiformats import multibase

from speak.kernel import keys
from speak.kernel.errors import Invalid

# From the test vectors of the did:key method (W3C CCG): the key whose secret is 32 zero bytes.
ED25519_MULTIKEY = "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
# RFC 9421, B.1.1: written as PKCS#1.
PKCS1_PEM = """\
-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
-----END RSA PUBLIC KEY-----
"""


def _pem(key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey) -> str:
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def _private_pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def _rsa(bits: int, *, exponent: int = 65537) -> rsa.RSAPublicKey:
    """A public key that nobody has the other half of."""
    return rsa.RSAPublicNumbers(e=exponent, n=(1 << bits) - 1).public_key()


@pytest.mark.parametrize("make", [keys.make_rsa, keys.make_ed25519])
def test_the_halves_of_a_fresh_key_belong_together(make: Callable[[], keys.KeyPair]) -> None:
    pair = make()
    assert keys.write_public(keys.read_private(pair.private_pem).public_key()) == pair.public_pem
    assert keys.write_public(keys.read_public(pair.public_pem)) == pair.public_pem
    assert keys.read_private(pair.private_pem) is keys.read_private(pair.private_pem)


def test_a_fresh_rsa_key_has_2048_bits() -> None:
    key = keys.read_public(keys.make_rsa().public_pem)
    assert isinstance(key, rsa.RSAPublicKey)
    assert key.key_size == 2048
    assert key.public_numbers().e == 65537


def test_a_public_key_may_be_written_as_pkcs1_and_with_space_around_it() -> None:
    assert keys.read_public(f"\n{PKCS1_PEM}\n ") == keys.read_public(PKCS1_PEM)


@pytest.mark.parametrize(
    "pem",
    [
        "",
        "hello",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n%%%%\n-----END PUBLIC KEY-----",
        PKCS1_PEM.replace("RSA PUBLIC", "PUBLIC"),
        PKCS1_PEM.replace("MIIBCgKC", "MIIBCgKD"),
        PKCS1_PEM + " " * keys.LONGEST_KEY,
        "\ud800",
    ],
)
def test_what_is_no_public_key_is_refused(pem: str) -> None:
    keys.read_public(PKCS1_PEM)
    with pytest.raises(Invalid):
        keys.read_public(pem)


def test_a_public_key_of_another_kind_or_size_is_refused() -> None:
    keys.read_public(_pem(_rsa(2048)))
    keys.read_public(_pem(_rsa(8192)))
    for key in (
        _rsa(2047),
        _rsa(8193),
        _rsa(2048, exponent=2**32 + 1),
        ec.generate_private_key(ec.SECP256R1()).public_key(),
    ):
        with pytest.raises(Invalid):
            keys.read_public(_pem(key))


def test_what_is_no_private_key_of_ours_is_refused() -> None:
    pair = keys.make_rsa()
    keys.read_private(pair.private_pem)
    for pem in (
        "",
        pair.public_pem,
        pair.private_pem[:200],
        pair.private_pem + " " * keys.LONGEST_KEY,
        _private_pem(ec.generate_private_key(ec.SECP256R1())),
        _private_pem(rsa.generate_private_key(65537, 1024)),  # noqa: S505 - that is why it is refused
    ):
        with pytest.raises(Invalid):
            keys.read_private(pem)


def test_a_private_key_behind_a_password_is_refused() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    keys.read_private(keys.make_ed25519().private_pem)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"secret"),
    )
    with pytest.raises(Invalid):
        keys.read_private(pem.decode())


def test_the_multikey_that_others_publish_is_the_one_that_we_do() -> None:
    key = keys.read_multikey(ED25519_MULTIKEY)
    assert key == ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    assert keys.write_multikey(key) == ED25519_MULTIKEY


@pytest.mark.parametrize("make", [keys.make_rsa, keys.make_ed25519])
def test_a_key_comes_back_from_its_multikey(make: Callable[[], keys.KeyPair]) -> None:
    key = keys.read_public(make().public_pem)
    multikey = keys.write_multikey(key)
    assert keys.read_multikey(multikey) == key
    prefix = keys.RSA_PREFIX if isinstance(key, rsa.RSAPublicKey) else keys.ED25519_PREFIX
    assert multibase.decode(multikey).startswith(prefix)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "z",
        ED25519_MULTIKEY[1:],
        ED25519_MULTIKEY[:-1],
        ED25519_MULTIKEY + "1",
        ED25519_MULTIKEY.replace("M", "0"),
        "u7QE7aie8zraktYqOo0Cpvpg",
        "z" + keys.write_base58(b"\x80\x24" + bytes(33)),  # a P-256 key
        "z" + keys.write_base58(keys.RSA_PREFIX + b"not DER"),
        "z" + keys.write_base58(keys.RSA_PREFIX + b"\x30\x07\x02\x02\x0c\xa1\x02\x01\x03"),  # twelve bits
        "z" + "1" * keys.LONGEST_KEY,
    ],
)
def test_what_is_no_multikey_is_refused(text: str) -> None:
    keys.read_multikey(ED25519_MULTIKEY)
    with pytest.raises(Invalid):
        keys.read_multikey(text)


@given(st.binary(max_size=200))
def test_base58_is_what_others_write_and_comes_back(content: bytes) -> None:
    text = keys.write_base58(content)
    assert multibase.encode(content, "base58btc") == f"z{text}"
    assert keys.read_base58(text) == content


@given(st.text(max_size=200))
def test_no_text_is_more_than_refused(text: str) -> None:
    for read in (keys.read_public, keys.read_private, keys.read_multikey, keys.read_base58):
        with suppress(Invalid):
            read(text)
