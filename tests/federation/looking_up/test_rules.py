"""What does not fit together, as pure functions: nothing planted, nothing found, for any person and any places."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speak.federation.looking_up.places import (
    Place,
    Source,
    State,
    key_of,
    leads_elsewhere,
    packed,
    unpacked,
    words,
)
from speak.federation.looking_up.rules import (
    STALE_AFTER,
    Fault,
    changes,
    conclusion,
    findings,
    holds_name,
    pointers,
    same_name,
    same_picture,
)

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
KINDS = [Source.ACTIVITYPUB, Source.MICROFORMATS, Source.JSON_LD, Source.FEED, Source.PAGE]
names = st.lists(
    st.text(st.characters(categories=["L"]), min_size=2, max_size=8).filter(lambda word: same_name(word, word)),
    min_size=1,
    max_size=3,
).map(" ".join)
prints = st.text("0123456789abcdef", min_size=64, max_size=64)
recent = st.none() | st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 10, 31), timezones=st.just(dt.UTC))  # noqa: DTZ001 - the strategy adds it


def address(number: int) -> str:
    """A place of its own."""
    return f"https://site{number}.example/me"


@st.composite
def of_one_person(draw: st.DrawFn) -> list[Place]:
    """Places that say one name, show one face, speak, and point at the first, which points at them."""
    name, face = draw(names), draw(prints)
    count = draw(st.integers(0, 11))
    made = [
        Place(
            address(number),
            sources=(draw(st.sampled_from(KINDS)),),
            name=name if (says := draw(st.booleans())) else "",
            heading="" if says else f"{draw(names)} · {name}",
            picture_print=draw(st.sampled_from(["", face])),
            latest_at=draw(recent),
            points_to=(address(0),),
            about=draw(st.text(max_size=20)),
        )
        for number in range(1, count + 1)
    ]
    made = [each if each.can_point else replace(each, points_to=()) for each in made]
    first = Place(address(0), sources=(Source.PROFILE,), name=name, points_to=tuple(each.address for each in made))
    return draw(st.permutations([first, *made]))


@given(of_one_person())
@settings(max_examples=60)
def test_where_nothing_is_planted_nothing_is_found(places: list[Place]) -> None:
    assert findings(places, now=NOW) == []
    end = conclusion(places, now=NOW)
    assert end.are_joined
    assert end.faces_agree
    assert not end.is_quiet
    assert changes(places, places, earlier=[], found=[]) == []


PLANTED = {
    Fault.GONE: lambda place: replace(place, state=State.GONE),
    Fault.UNSAFE: lambda place: replace(place, state=State.UNSAFE),
    Fault.SILENT: lambda place: replace(place, state=State.SILENT),
    Fault.MOVED: lambda place: replace(place, moved_to="https://new.example/"),
    Fault.NAME: lambda place: replace(place, name="Qqxx Zzxxqq"),
    Fault.NAMELESS: lambda place: replace(place, name="", heading="Qqxx"),
    Fault.STALE: lambda place: replace(place, latest_at=NOW - STALE_AFTER - dt.timedelta(days=1)),
}


@given(of_one_person(), st.data())
@settings(max_examples=60)
def test_what_is_planted_at_one_place_is_found_there_and_nowhere_else(places: list[Place], data: st.DataObject) -> None:
    others = [each for each in places if not each.is_home]
    if not others:
        return
    one = data.draw(st.sampled_from(others))
    fault = data.draw(st.sampled_from(list(PLANTED)))
    changed = [PLANTED[fault](each) if each is one else each for each in places]
    assert [(each.fault, each.address) for each in findings(changed, now=NOW)] == [(fault, one.address)]


@given(st.lists(st.builds(Place, address=st.text(max_size=30), url=st.text(max_size=30), name=st.text(max_size=10))))
def test_nonsense_is_compared_without_a_fault_of_ours(places: list[Place]) -> None:
    findings(places, now=NOW)
    pointers(places)
    conclusion(places, now=NOW)


@given(st.text(max_size=50), st.text(max_size=50))
def test_two_names_are_one_or_not_whichever_comes_first(one: str, other: str) -> None:
    assert same_name(one, other) == same_name(other, one)
    assert same_name(one, one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Alice Example", "alice example", True),
        ("Alice Example", "Example, Alice", True),
        ("Alice Example", "A. Example", True),
        ("Alice Example", "Alice", True),
        ("Alice Example", "Älice  Exämple ☕", True),
        ("Alice Example", ":boat: Alice Example", True),
        ("李小龍", "李小龍", True),
        ("Alice Example", "Alison Example", False),
        ("Alice Example", "Bob Example", False),
        ("Alice Example", "A", False),
        ("Alice Example", "Tides", False),
        ("☕", "Alice", False),
        ("☕", "☕", True),
    ],
)
def test_names(one: str, other: str, *, same: bool) -> None:
    assert same_name(one, other) == same


def test_a_name_is_looked_for_in_a_heading() -> None:
    assert holds_name("alice (Alice Example) · Code", "Alice Example")
    assert not holds_name("Tides", "Alice Example")
    assert not holds_name("Tides", "☕")


def test_a_picture_is_the_same_when_little_differs() -> None:
    shape, colors = "f" * 16, "8" * 48
    assert same_picture(shape + colors, "f" * 15 + "0" + colors)
    assert same_picture(shape + colors, shape + "9" * 48)
    assert not same_picture(shape + colors, "0" * 16 + colors)
    assert not same_picture(shape + colors, shape + "8" * 47 + "f")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://alice.example/", "http://www.alice.example#me"),
        ("https://Alice.example/%41b", "https://alice.example:443/ab/"),
        ("@Alice@Social.example", "acct:alice@social.example"),
    ],
)
def test_two_ways_to_write_one_address(one: str, other: str) -> None:
    assert key_of(one) == key_of(other) != ""


@pytest.mark.parametrize("text", ["", "x", "ftp://alice.example/", "https://", "https://[::1", "javascript:alert(1)"])
def test_what_is_no_address_is_none(text: str) -> None:
    assert key_of(text) == ""


@pytest.mark.parametrize(
    ("given", "reached", "moved"),
    [
        ("http://alice.example", "https://www.alice.example/", False),
        ("https://alice.example/", "https://alice.example/en/", False),
        ("https://alice.example/", "https://alice.example/?hello", False),
        ("https://alice.example/old", "https://alice.example/new", True),
        ("https://old.example/", "https://new.example/", True),
        ("@alice@social.example", "https://social.example/@alice", False),
    ],
)
def test_leading_further_in_is_no_move(given: str, reached: str, *, moved: bool) -> None:
    assert leads_elsewhere(given, reached) == moved


@given(st.text())
def test_words_are_plain_and_short(text: str) -> None:
    made = words(text, most=10)
    assert len(made) <= 10
    assert not set(made) & {"\n", "\0", "\u202e", "\u200b", "\ud800"}


@given(of_one_person())
@settings(max_examples=20)
def test_a_place_is_kept_whole(places: list[Place]) -> None:
    assert [unpacked(packed(each)) for each in places] == places


def test_whoever_has_said_nothing_for_a_year_is_quiet() -> None:
    spoken = Place(address(1), latest_at=NOW - dt.timedelta(days=400))
    end = conclusion([spoken, Place(address(2), state=State.GONE)], now=NOW)
    assert (end.is_quiet, end.latest_at, end.latest_at_address) == (True, spoken.latest_at, address(1))
    assert conclusion([], now=NOW).names == ()
