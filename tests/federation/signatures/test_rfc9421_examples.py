"""The examples of RFC 9421, appendix B: its keys (B.1), its request and the signatures over it (B.2).

They show what is signed and how; none of them covers what we ask for, so as requests all are refused.
"""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from speak.federation.signatures import BadSignature, Message, read_claim
from speak.federation.signatures.algorithms import Algorithm, is_signature, make_signature
from speak.federation.signatures.digests import fits_content_digest
from speak.federation.signatures.fields import read_dictionary
from speak.federation.signatures.rfc9421 import read_signed, signature_base
from speak.kernel.keys import read_private, read_public

RSA_PSS_KEY = """\
-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB
-----END PUBLIC KEY-----
"""
ED25519_KEY = """\
-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----
"""
ED25519_PRIVATE = """\
-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----
"""
BODY = b'{"hello": "world"}'
CONTENT_DIGEST = "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"
HEADERS = {
    "host": "example.com",
    "date": "Tue, 20 Apr 2021 02:07:55 GMT",
    "content-type": "application/json",
    "content-digest": CONTENT_DIGEST,
    "content-length": "18",
}
B21 = (
    '();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"',
    (
        "d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG"
        "52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVro"
        "gUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ"
        "98Xw9Q=="
    ),
)
B22 = (
    (
        '("@authority" "content-digest" "@query-param";name="Pet")'
        ';created=1618884473;keyid="test-key-rsa-pss";tag="header-example"'
    ),
    (
        "LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT"
        "8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBS"
        "pqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTu"
        "gEjHSw=="
    ),
)
B23 = (
    (
        '("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length")'
        ';created=1618884473;keyid="test-key-rsa-pss"'
    ),
    (
        "bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fU"
        "xN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA"
        "1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKE"
        "gM4cUA=="
    ),
)
B26 = (
    (
        '("date" "@method" "@path" "@authority" "content-type" "content-length")'
        ';created=1618884473;keyid="test-key-ed25519"'
    ),
    "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==",
)


def _message(written: str, signature: str) -> Message:
    signing = {"signature-input": f"sig={written}", "signature": f"sig=:{signature}:"}
    return Message("POST", "https://example.com/foo?param=Value&Pet=dog", {**HEADERS, **signing}, BODY)


def _base(message: Message) -> tuple[bytes, bytes]:
    """What was signed, as we read it, and the signature."""
    member = read_dictionary(message.headers["signature-input"])["sig"]
    signed = read_signed(member, read_dictionary(message.headers["signature"])["sig"])
    return signature_base(message, signed.covered, written=signed.written), signed.signature


@pytest.mark.parametrize(
    ("example", "pem", "algorithm"),
    [
        (B21, RSA_PSS_KEY, Algorithm.RSA_PSS),
        (B23, RSA_PSS_KEY, Algorithm.RSA_PSS),
        (B26, ED25519_KEY, Algorithm.ED25519),
    ],
    ids=["B.2.1", "B.2.3", "B.2.6"],
)
def test_the_signatures_of_the_standard_hold(example: tuple[str, str], pem: str, algorithm: Algorithm) -> None:
    base, signature = _base(_message(*example))
    key = read_public(pem)
    assert is_signature(signature, base, key=key, algorithm=algorithm)
    assert not is_signature(signature, base + b" ", key=key, algorithm=algorithm)
    assert not is_signature(signature[:-1], base, key=key, algorithm=algorithm)
    assert not is_signature(signature, base, key=key, algorithm=Algorithm.RSA)


def test_what_is_signed_is_what_the_standard_prints() -> None:
    base, _ = _base(_message(*B26))
    assert base.decode() == (
        '"date": Tue, 20 Apr 2021 02:07:55 GMT\n'
        '"@method": POST\n'
        '"@path": /foo\n'
        '"@authority": example.com\n'
        '"content-type": application/json\n'
        '"content-length": 18\n'
        f'"@signature-params": {B26[0]}'
    )


def test_we_make_the_signature_that_the_standard_prints() -> None:
    key = read_private(ED25519_PRIVATE)
    assert isinstance(key, Ed25519PrivateKey)
    base, signature = _base(_message(*B26))
    assert make_signature(key, base) == signature == base64.b64decode(B26[1])


def test_the_digest_is_the_one_that_the_standard_prints() -> None:
    assert fits_content_digest(CONTENT_DIGEST, BODY)


@pytest.mark.parametrize("example", [B21, B22, B23, B26], ids=["B.2.1", "B.2.2", "B.2.3", "B.2.6"])
def test_none_of_the_examples_would_be_taken(example: tuple[str, str]) -> None:
    with pytest.raises(BadSignature):
        read_claim(_message(*example))
