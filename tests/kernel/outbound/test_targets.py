"""Which URLs can be called, and that two parsers never disagree about the host."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from speak.kernel.outbound import AddressRefused
from speak.kernel.outbound.targets import parse_target


@pytest.mark.parametrize(
    ("url", "text", "server"),
    [
        ("https://far.example/inbox", "https://far.example/inbox", "far.example:443"),
        ("HTTPS://FAR.example", "https://far.example/", "far.example:443"),
        ("https://far.example:443/a?b=c#d", "https://far.example/a?b=c", "far.example:443"),
        ("https://far.example?b=c", "https://far.example/?b=c", "far.example:443"),
        ("https://far.example/%40dora/../x", "https://far.example/%40dora/../x", "far.example:443"),
        ("http://far.example:8080/", "http://far.example:8080/", "far.example:8080"),
        ("https://far.example./", "https://far.example./", "far.example.:443"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4", "xn--bcher-kva.example:443"),
        (
            "https://far.example:8443/ä%20?ö=ü",
            "https://far.example:8443/%C3%A4%20?%C3%B6=%C3%BC",
            "far.example:8443",
        ),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/", "[2606:4700::1111]:443"),
        ("https://8.8.8.8/", "https://8.8.8.8/", "8.8.8.8:443"),
    ],
)
def test_a_web_address_is_taken_apart(url: str, text: str, server: str) -> None:
    target = parse_target(url)
    assert (target.text, target.server, str(target.url)) == (text, server, text)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "far.example",
        "//far.example/",
        "ftp://far.example/",
        "file:///etc/passwd",
        "gopher://far.example/",
        "https:///inbox",
        "https:far.example",
        "https://dora@far.example/",
        "https://dora:secret@far.example/",
        "https://@far.example/",
        "https://far.example\\@inside.example/",
        "https://far.example:0/",
        "https://far.example:99999/",
        "https://far.example:/",
        "https://far.example/a b",
        "https://far.example/ä b",
        "https://far.example/\udcff",
        "https://dora@bücher.example/",
        "https://[]ü@",
        "https://ü[]/",
        "https://.ü../",
        "https://far.example:8ü/",
        "http\N{LATIN SMALL LETTER LONG S}://far.example/",
        "https://far.example/\r\nX-Evil: 1",
        "https://far.example\n/",
        " https://far.example/",
        "https://far..example/",
        "https://-far.example/",
        "https://%66ar.example/",
        "https://[fe80::1%25eth0]/",
        "https://[v1.x]/",
        "https://[127.0.0.1]/",
        "https://" + "a" * 64 + ".example/",
        "https://" + "a." * 130 + "example/",
        "https://far.example/" + "a" * 2048,
    ],
)
def test_what_is_not_a_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        parse_target(url)
    assert caught.value.permanent


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "127.1",
        "127.0.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "1.2.3.4.5",
        "999.1.1.1",
        "far.example.1",
        "far.0x",
        "127.0.0.0x1",
        "00.0.0.0",
    ],
)
def test_addresses_in_odd_forms_are_refused(host: str) -> None:
    with pytest.raises(AddressRefused):
        parse_target(f"https://{host}/")


@pytest.mark.parametrize("host", ["127。0。0。1", "\N{FULLWIDTH DIGIT ONE}27.0.0.1", "①②⑦.0.0.1"])
def test_digits_of_other_scripts_come_out_as_the_address_they_are(host: str) -> None:
    assert parse_target(f"https://{host}/").server == "127.0.0.1:443"


odd_characters = st.text(
    alphabet="ab1.:/@?#[]%\\ \t\r\n0xü\N{LATIN SMALL LETTER LONG S}\N{KELVIN SIGN}。-_~", max_size=25
)


@given(st.sampled_from(["http://", "https://", "https://far.example", "http://127.0.0.1"]), odd_characters)
def test_whoever_reads_the_text_finds_the_same_host(start: str, rest: str) -> None:
    try:
        target = parse_target(start + rest)
    except AddressRefused:
        return
    split, yarl = urlsplit(target.text), URL(target.text)
    assert split.hostname == yarl.raw_host == target.url.raw_host
    assert (split.username, split.password, yarl.user, yarl.password) == (None, None, None, None)
    assert target.text.isascii()
    assert target.text.isprintable()
    assert " " not in target.text
    assert parse_target(target.text) == target


@given(st.integers(min_value=0, max_value=2**32 - 1), st.sampled_from(["{:d}", "0x{:x}", "0{:o}"]))
def test_a_number_is_never_a_host(number: int, form: str) -> None:
    with pytest.raises(AddressRefused):
        parse_target(f"https://{form.format(number)}/")
