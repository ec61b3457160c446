"""Strangers are limited one by one, by the address from which they call."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from pytest_django import Settings

from speak.identity.models import Actor
from speak.kernel.callers import address_of
from speak.voice.models import Post
from tests.makers import post

PROXY = "127.0.0.1"


@pytest.fixture
def limited(settings: Settings) -> Iterator[Settings]:
    """Rates are limited, as they are outside of tests."""
    settings.SPEAK_RATE_LIMITS = True
    cache.clear()
    yield settings
    cache.clear()


def left_for(address: str, *, through: str = PROXY) -> int:
    """How many requests are left for whoever calls from this address; 0 where they are refused."""
    got = Client().get("/api/v2/instance", REMOTE_ADDR=through, headers={"X-Forwarded-For": address})
    assert got.status_code in {200, 429}
    return int(got.headers.get("X-RateLimit-Remaining", 0))


def guest_from(address: str, said: Post) -> int:
    """What a page answers that any stranger may send a form to."""
    given = {"page": "", "post": str(said.pk)}
    return Client().post("/guest", given, REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": address}).status_code


def test_behind_a_proxy_each_address_has_a_limit_of_its_own(limited: Settings, alice: Actor) -> None:
    limited.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    said = post(alice)
    left = [left_for("198.51.100.1, 203.0.113.66") for _ in range(301)]
    assert (left[0], left[-1]) == (299, 0)
    assert guest_from("203.0.113.66", said) == 429
    assert left_for("203.0.113.67") == 299
    assert guest_from("203.0.113.67", said) == 422
    assert left_for("203.0.113.66, 203.0.113.68") == 299, "what somebody wrote before the proxy added theirs"


@pytest.mark.usefixtures("limited")
@pytest.mark.django_db
def test_without_a_proxy_nobody_calls_from_where_they_say() -> None:
    left = [left_for(f"198.51.100.{number % 250}", through="203.0.113.66") for number in range(301)]
    assert (left[0], left[-1]) == (299, 0)
    assert left_for("203.0.113.66", through="203.0.113.67") == 299


@pytest.mark.parametrize(
    ("called_from", "counted"),
    [
        ("203.0.113.66", "203.0.113.66"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::"),
        ("2001:db8:1:2::", "2001:db8:1:2::"),
        ("::ffff:203.0.113.66", "203.0.113.66"),
        ("203.0.113.66:4711", "203.0.113.66"),
        ("unknown", PROXY),
    ],
)
def test_a_household_is_counted_as_one(settings: Settings, called_from: str, counted: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    asked = RequestFactory().get("/", REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": called_from})
    assert address_of(asked) == counted


def test_who_calls_from_nowhere_is_counted_too() -> None:
    assert address_of(RequestFactory().get("/", REMOTE_ADDR="")) == ""
