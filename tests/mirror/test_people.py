"""Who is one person: the one rule, and what is only proposed."""

import random

from hypothesis import given
from hypothesis import strategies as st

from speak.mirror.archives.people import merge
from speak.mirror.archives.said import Who

NAMES = st.sampled_from(["Ada Ling", "ada ling", "Bo Vance", "Ada", "Bo", ""])
ADDRESSES = st.sampled_from(
    ["ada@one.example", "ada.ling@two.example", "al@one.example", "bo@two.example", "x@gmail.com", "y@gmail.com"]
)
PEOPLE = st.lists(st.tuples(NAMES, st.frozensets(ADDRESSES, max_size=2)), max_size=8)


def people(*told: tuple[str, str, str]) -> dict[str, Who]:
    """Raw name, name and address of each."""
    return {raw: Who(raw, name, frozenset({address} if address else ())) for raw, name, address in told}


def test_one_address_is_one_person_in_any_letters() -> None:
    found = merge(people(("a", "Ada", "ada@one.example"), ("b", "A. Ling", "ADA@one.example")))
    assert found.person_of == {"a": "a", "b": "a"}
    assert found.reason_of["b"] == "same address"


def test_a_full_name_needs_a_domain_or_a_word_in_common() -> None:
    told = people(
        ("a", "Ada Ling", "ada@one.example"),
        ("b", "Ada Ling", "info@one.example"),
        ("c", "ada  ling", "ada.l@two.example"),
        ("d", "Ada Ling", "tea@three.example"),
    )
    found = merge(told)
    assert [found.person_of[raw] for raw in "abcd"] == ["a", "a", "a", "d"]
    assert [(proposal.raws, proposal.name) for proposal in found.proposals] == [(("a", "d"), "ada ling")]


def test_on_a_name_of_one_word_nobody_is_merged_nor_proposed() -> None:
    found = merge(people(("a", "Ada", "ada@one.example"), ("b", "Ada", "ada@two.example")))
    assert found.person_of == {"a": "a", "b": "b"}
    assert not found.proposals


def test_a_domain_that_everybody_shares_says_nothing() -> None:
    found = merge(people(("a", "Ada Ling", "one@gmail.com"), ("b", "Ada Ling", "two@gmail.com")))
    assert found.person_of["b"] == "b"
    assert found.proposals


def test_what_people_confirm_is_merged_and_no_longer_proposed() -> None:
    told = people(("a", "Ada Ling", "tea@one.example"), ("b", "Ada Ling", "cup@two.example"))
    assert merge(told).proposals
    found = merge(told, [["a", "b"]])
    assert found.person_of == {"a": "a", "b": "a"}
    assert found.reason_of["b"] == "confirmed"
    assert not found.proposals


def test_addresses_that_are_confirmed_stand_for_whoever_has_them() -> None:
    told = people(("a", "Ada", "Tea@one.example"), ("b", "Ada", "cup@two.example"), ("c", "Cy", "cy@two.example"))
    found = merge(told, [["tea@one.example", "cup@two.example", "nobody@two.example"]])
    assert found.person_of == {"a": "a", "b": "a", "c": "c"}


@given(told=PEOPLE, seed=st.integers())
def test_the_order_in_which_people_are_met_changes_nothing(told: list[tuple[str, frozenset[str]]], seed: int) -> None:
    known = {str(number): Who(str(number), name, addresses) for number, (name, addresses) in enumerate(told)}
    mixed = list(known.items())
    random.Random(seed).shuffle(mixed)  # noqa: S311 - no secret
    assert merge(dict(mixed)).person_of == merge(known).person_of


@given(told=PEOPLE)
def test_whoever_stands_for_others_stands_for_themselves(told: list[tuple[str, frozenset[str]]]) -> None:
    known = {str(number): Who(str(number), name, addresses) for number, (name, addresses) in enumerate(told)}
    person_of = merge(known).person_of
    assert all(person_of[person] == person for person in person_of.values())
