"""Who meets whom: pairs and threes, so that nobody meets the same person twice before having met all. Pure.

With an even number of people and pairs that is always possible: the people sit around a table, one
stays and the others move on one place each round, so that after one round less than there are people
everybody has met everybody (the circle method; Kirkman, "On a problem in combinations", 1847). With an
odd number one of the groups is a three. With threes it is often impossible: of six people in two threes,
any second drawing brings two together again. Then a drawing with as few repeats as possible is chosen.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

Group = tuple[int, ...]
# How many ways of dividing people are looked at: all there are for up to nine, a good part for twelve.
MOST_TRIES = 3000


def draw(members: Sequence[int], earlier: Iterable[Group], *, size: int, chance: random.Random) -> list[Group]:
    """Divide `members`, two or more of them, into groups of `size` (2 or 3), given the groups of `earlier` drawings.

    Everybody is in exactly one group. Where the number does not fit, one group of three takes in whoever
    is left over from pairs, and pairs take in whoever is left over from threes.
    """
    people = sorted(set(members))
    met = Counter(frozenset(pair) for group in earlier for pair in combinations(sorted(set(group)), 2))
    sizes = sizes_for(len(people), size)
    if sizes == [2] * (len(people) // 2):
        rounds = list(_rounds(people))
        chance.shuffle(rounds)
        fitting = min(rounds, key=lambda groups: _cost(groups, met))
        if _is_fresh(people, fitting, met) and _fits_circle(people, met):
            return _shuffled(fitting, chance)
    best = min(_divisions(people, sizes, chance), key=lambda groups: _cost(groups, met))
    return _shuffled(best, chance)


def sizes_for(count: int, size: int) -> list[int]:
    """How large the groups of a drawing are, the largest first.

    Pairs of an odd number make one three. Threes of a number that three does not divide make one or
    two pairs: 4 is 2 and 2, 5 is 3 and 2, 7 is 3, 2 and 2.
    """
    if count <= size:
        return [count]
    if size == 2:  # noqa: PLR2004 - pairs
        return [3] * (count % 2) + [2] * ((count - 3 * (count % 2)) // 2)
    pairs = -count % 3
    return [3] * ((count - 2 * pairs) // 3) + [2] * pairs


def _rounds(people: Sequence[int]) -> Iterator[list[Group]]:
    """The rounds of the circle method for an even number of people."""
    first, *others = people
    half = len(people) // 2
    for turn in range(len(others)):
        seats = [first, *others[turn:], *others[:turn]]
        yield [(min(one, other), max(one, other)) for one, other in zip(seats[:half], reversed(seats), strict=False)]


def _fits_circle(people: Sequence[int], met: Counter[frozenset[int]]) -> bool:
    """Whether what was drawn among these people is made of whole rounds, so that the circle never gets stuck."""
    within = {pair: count for pair, count in met.items() if pair <= set(people)}
    least = min((within.get(frozenset(pair), 0) for pair in combinations(people, 2)), default=0)
    return all(len({within.get(frozenset(pair), 0) for pair in groups}) == 1 for groups in _rounds(people)) and all(
        count - least <= 1 for count in within.values()
    )


def _is_fresh(people: Sequence[int], groups: Iterable[Group], met: Counter[frozenset[int]]) -> bool:
    """Whether everybody in these groups meets somebody they have met least."""
    least = min((met[frozenset(pair)] for pair in combinations(people, 2)), default=0)
    return all(met[frozenset(pair)] == least for group in groups for pair in combinations(group, 2))


def _cost(groups: Iterable[Group], met: Counter[frozenset[int]]) -> int:
    """How much these groups repeat: to meet somebody often costs far more than to meet several again once."""
    return sum(met[frozenset(pair)] ** 3 for group in groups for pair in combinations(group, 2))


def _divisions(people: Sequence[int], sizes: Sequence[int], chance: random.Random) -> Iterator[list[Group]]:
    """Ways to divide the people into groups of these sizes, in an order of chance, up to a bound."""
    seats = list(people)
    for _ in range(MOST_TRIES):
        chance.shuffle(seats)
        groups, begin = [], 0
        for each in sizes:
            groups.append(tuple(sorted(seats[begin : begin + each])))
            begin += each
        yield groups


def _shuffled(groups: list[Group], chance: random.Random) -> list[Group]:
    """The same groups in an order of chance."""
    return chance.sample(groups, len(groups))
