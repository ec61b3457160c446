"""Addresses, as signatures read them."""

import pytest

from speak.federation.signatures import BadSignature
from speak.federation.signatures.message import Target, target_of


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://home.example/a/b?c=d&e", Target("https", "home.example", "/a/b", "?c=d&e")),
        ("HTTPS://Home.Example:443", Target("https", "home.example", "/", "")),
        ("http://home.example:80/?", Target("http", "home.example", "/", "?")),
        ("http://home.example:443/#part", Target("http", "home.example:443", "/", "")),
        ("http://[::1]:8000/%7Ea//b;c?d?e=/#f?g", Target("http", "[::1]:8000", "/%7Ea//b;c", "?d?e=/")),
    ],
)
def test_an_address_is_taken_apart_in_one_way(url: str, target: Target) -> None:
    assert target_of(url) == target
    assert target_of(target.uri) == target


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/inbox",
        "//home.example/inbox",
        "ftp://home.example/",
        "https:///inbox",
        "https://alice@home.example/",
        "https://home.example\\@far.example/",
        "https://home.example/a b",
        "https://home.example/caf\u00e9",
        "https://h\u00f6me.example/",
        "https://home.example/\n",
        " https://home.example/",
    ],
)
def test_what_could_be_read_in_two_ways_is_no_address(url: str) -> None:
    with pytest.raises(BadSignature):
        target_of(url)
