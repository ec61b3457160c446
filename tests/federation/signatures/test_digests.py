"""What is said of a body: `Digest` (RFC 3230) and `Content-Digest` (RFC 9530)."""

import pytest

from speak.federation.signatures.digests import content_digest_of, digest_of, fits_content_digest, fits_digest

# RFC 9530, section 2 and appendix D: the first example, with its line feed.
BODY = b'{"hello": "world"}\n'
SHA256 = "RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg="
SHA512 = "YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg=="


def test_a_digest_is_written_as_others_read_it() -> None:
    assert digest_of(BODY) == f"SHA-256={SHA256}"
    assert content_digest_of(BODY) == f"sha-256=:{SHA256}:"


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        (f"SHA-256={SHA256}", True),
        (f"sha-256={SHA256}", True),
        (f"md5=x, sha-256={SHA256} ,adler32=03da0195", True),
        (f"SHA-256={SHA256},SHA-512={SHA512}", True),
        (f"SHA-256={SHA256},SHA-512={SHA256}", False),
        (f"SHA-256={SHA256},SHA-256=AAAA", False),
        (f"SHA-256={SHA256},SHA-256=%", False),
        (f"SHA-512={SHA512}", False),
        (f"SHA-256={SHA512}", False),
        (f"SHA-256 = {SHA256}", False),
        (f'SHA-256="{SHA256}"', False),
        (SHA256, False),
        ("SHA-256=\u00e9", False),
        ("", False),
    ],
)
def test_a_digest_has_to_be_that_of_the_body(value: str, *, fits: bool) -> None:
    assert fits_digest(value, BODY) is fits
    assert not fits_digest(value, BODY + b" ")


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        (f"sha-256=:{SHA256}:", True),
        (f"sha-512=:{SHA512}:", True),
        (f"sha-256=:{SHA256}:, sha-512=:{SHA512}:", True),
        (f"md5=12, sha-256=:{SHA256}:;note=1", True),
        (f"sha-256=:{SHA256}:, sha-512=:{SHA256}:", False),
        (f"sha-256=:{SHA256}:, sha-512", False),
        (f"sha-256=:{SHA256}:, sha-256=:{SHA256}:", False),
        (f'sha-256="{SHA256}"', False),
        (f"sha-256=(:{SHA256}:)", False),
        (f"SHA-256={SHA256}", False),
        ("sha=:AAAA:", False),
        ("sha-256=\u00e9", False),
        ("", False),
    ],
)
def test_a_content_digest_has_to_be_that_of_the_body(value: str, *, fits: bool) -> None:
    assert fits_content_digest(value, BODY) is fits
    assert not fits_content_digest(value, BODY + b" ")
