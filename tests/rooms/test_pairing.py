"""Pairs and threes: everybody is in one group, and nobody meets anybody twice before they have met all."""

import random
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speak.rooms.pairing import Group, draw, sizes_for


def drawn(members: list[int], times: int, *, size: int, seed: int) -> list[list[Group]]:
    """Several drawings, one after the other."""
    chance = random.Random(seed)  # noqa: S311 - the same chance every time
    earlier: list[Group] = []
    all_drawn: list[list[Group]] = []
    for _ in range(times):
        groups = draw(members, earlier, size=size, chance=chance)
        all_drawn.append(groups)
        earlier.extend(groups)
    return all_drawn


def meetings(drawings: list[list[Group]]) -> Counter[frozenset[int]]:
    """How often each two have met."""
    return Counter(frozenset(pair) for groups in drawings for group in groups for pair in combinations(group, 2))


@settings(max_examples=40)
@given(st.sets(st.integers(1, 2**62), min_size=2, max_size=12), st.sampled_from([2, 3]), st.integers())
def test_everybody_is_in_exactly_one_group_of_two_or_three(members: set[int], size: int, seed: int) -> None:
    for groups in drawn(sorted(members), 3, size=size, seed=seed):
        assert sorted(member for group in groups for member in group) == sorted(members)
        assert {len(group) for group in groups} <= {2, 3}


@pytest.mark.parametrize("count", [2, 4, 6, 8, 10, 12])
@pytest.mark.parametrize("seed", range(5))
def test_an_even_number_meets_all_before_meeting_anybody_twice(count: int, seed: int) -> None:
    members = random.Random(seed).sample(range(1000), count)  # noqa: S311 - the same chance every time
    for turns in range(1, 3):
        met = meetings(drawn(members, turns * (count - 1), size=2, seed=seed))
        assert set(met.values()) == {turns}
        assert len(met) == count * (count - 1) // 2


@pytest.mark.parametrize("count", [3, 5, 7, 9, 11])
def test_an_odd_number_has_one_three_and_meets_nobody_again_in_the_second_drawing(count: int) -> None:
    drawings = drawn(list(range(count)), 2, size=2, seed=1)
    assert [max(map(len, groups)) for groups in drawings] == [3, 3]
    if count > 5:
        assert max(meetings(drawings).values()) == 1


def test_nine_in_threes_meet_nobody_again_in_the_second_drawing() -> None:
    assert max(meetings(drawn(list(range(9)), 2, size=3, seed=3)).values()) == 1


def test_who_comes_later_is_met_by_somebody_new_each_time() -> None:
    earlier = [group for groups in drawn([1, 2, 3, 4], 3, size=2, seed=1) for group in groups]
    chance = random.Random(2)  # noqa: S311 - the same chance every time
    for _ in range(3):
        groups = draw([1, 2, 3, 4, 5, 6], earlier, size=2, chance=chance)
        with_new = [group for group in groups if 5 in group]
        met = meetings([earlier])
        assert met[frozenset(with_new[0])] == 0
        earlier.extend(groups)


@pytest.mark.parametrize(
    ("count", "size", "sizes"),
    [(2, 2, [2]), (3, 2, [3]), (5, 2, [3, 2]), (8, 2, [2] * 4), (4, 3, [2, 2]), (5, 3, [3, 2]), (7, 3, [3, 2, 2])],
)
def test_how_large_groups_are(count: int, size: int, sizes: list[int]) -> None:
    assert sizes_for(count, size) == sizes
