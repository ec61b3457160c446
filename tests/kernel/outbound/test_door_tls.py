"""Certificates are verified, against the authorities the operator trusts."""

import asyncio
import ssl
from pathlib import Path

import pytest
import trustme

from speak.kernel.outbound import Untrusted

from .places import OUTSIDE, a_door, get, greet, serving

pytestmark = pytest.mark.allow_hosts(["127.0.0.0/8"])


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """An authority nobody knows yet."""
    return trustme.CA()


def certified(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    """A server's side of TLS, certified for these names."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*names).configure_cert(context)
    return context


async def fetch(tls: ssl.SSLContext, *, host: str = "far.example") -> bytes:
    """What the door makes of a server with this certificate."""
    names = {"far.example": [OUTSIDE], "other.example": [OUTSIDE]}
    async with serving(greet, tls=tls) as port, a_door(names, tls=None) as door:
        return (await door.send(get(f"https://{host}:{port}/"))).body


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator trusts the authority, with SSL_CERT_FILE."""
    file = tmp_path / "authorities.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("host", ["far.example", OUTSIDE])
def test_a_certificate_of_a_trusted_authority_is_accepted(authority: trustme.CA, host: str) -> None:
    body = asyncio.run(fetch(certified(authority, "far.example", OUTSIDE), host=host))
    assert body.startswith(f"hello from {host}".encode())


def test_a_certificate_of_an_unknown_authority_is_not(authority: trustme.CA) -> None:
    with pytest.raises(Untrusted, match=r"(?i)certificate"):
        asyncio.run(fetch(certified(authority, "far.example")))


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("host", ["other.example", OUTSIDE])
def test_a_certificate_for_another_name_is_not(authority: trustme.CA, host: str) -> None:
    with pytest.raises(Untrusted, match=r"(?i)certificate"):
        asyncio.run(fetch(certified(authority, "far.example"), host=host))


@pytest.mark.usefixtures("trusted")
def test_plain_http_where_tls_is_expected_is_unreachable() -> None:
    async def scene() -> None:
        async with serving(greet) as port, a_door() as door:
            with pytest.raises(Untrusted):
                await door.send(get(f"https://{OUTSIDE}:{port}/"))

    asyncio.run(scene())
