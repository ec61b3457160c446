"""The grammar of handles and addresses."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speak.identity.errors import WrongHandle
from speak.identity.handles import LOCAL, MAX_LENGTH, RESERVED, Address, check_handle, read_address, suggested_handle

HANDLE_LETTERS = string.ascii_letters + string.digits + "_"
good_handles = (
    st.text(HANDLE_LETTERS, min_size=1, max_size=MAX_LENGTH)
    .filter(lambda text: not text.startswith("_"))
    .filter(lambda text: text.lower() not in RESERVED)
)


@given(good_handles)
def test_a_good_handle_is_taken_as_it_is_written(handle: str) -> None:
    assert check_handle(handle) == handle
    assert check_handle(f" @{handle} ") == handle


@given(st.text(max_size=40))
def test_whatever_is_taken_is_of_the_grammar(text: str) -> None:
    try:
        handle = check_handle(text)
    except WrongHandle:
        return
    assert LOCAL.fullmatch(handle.lower())
    assert handle.lower() not in RESERVED


@pytest.mark.parametrize("handle", ["", "_anna", "an na", "anna-maria", "ännchen", "a" * 31, "аnna", "anna\n", "１"])  # noqa: RUF001
def test_what_is_not_of_the_grammar_is_refused(handle: str) -> None:
    with pytest.raises(WrongHandle, match="letters, digits"):
        check_handle(f"x{handle}!" if handle == "anna\n" else handle)


@pytest.mark.parametrize("handle", ["admin", "Admin", "@ROOT", "settings", "you"])
def test_names_that_would_pass_for_the_server_are_refused(handle: str) -> None:
    with pytest.raises(WrongHandle, match="look like the server"):
        check_handle(handle)


@given(good_handles, st.sampled_from(["", "acct:", "@", "acct:@"]))
def test_an_address_here_is_read_with_and_without_the_domain(handle: str, prefix: str) -> None:
    expected = Address(handle.lower(), "")
    assert read_address(prefix + handle, here="home.example") == expected
    assert read_address(f"{prefix}{handle}@Home.Example", here="home.example") == expected


@given(good_handles)
def test_an_address_elsewhere_keeps_its_domain_and_port(handle: str) -> None:
    assert read_address(f"@{handle}@far.example:8443", here="home.example") == Address(
        handle.lower(), "far.example:8443"
    )


@given(st.text(max_size=60))
def test_reading_an_address_gives_an_address_or_a_refusal(text: str) -> None:
    try:
        address = read_address(text, here="home.example")
    except WrongHandle:
        return
    assert address.handle == address.handle.lower()
    assert "@" not in address.handle + address.domain
    assert "/" not in address.handle + address.domain


@given(st.text(max_size=120))
def test_a_suggested_handle_is_empty_or_of_the_grammar(name: str) -> None:
    suggested = suggested_handle(name)
    assert suggested == "" or LOCAL.fullmatch(suggested)


@pytest.mark.parametrize(
    ("name", "handle"),
    [("Ana María", "ana_maria"), ("  Bob!  ", "bob"), ("Łukasz O'Brien", "ukasz_obrien"), ("Ирина", ""), ("陳", "")],
)
def test_a_handle_is_suggested_from_the_letters_of_a_name(name: str, handle: str) -> None:
    assert suggested_handle(name) == handle
