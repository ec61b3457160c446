"""What leaves, and what does not; and somebody who knows the rules, tries every archive, and learns of nobody."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping

import pytest

from speak.mirror.measures.ties import Compared, Crossing
from speak.mirror.release import (
    USUAL,
    WHOLE,
    Asked,
    Earlier,
    Part,
    Released,
    Roughly,
    Shown,
    Why,
    about,
    compared,
    counted,
    released,
    wilson,
)

World = tuple[int, ...]


def people(name: str, yes: int, no: int) -> list[Part]:
    """So many of whom it was so, so many of whom it was not."""
    return [Part(f"{name}{number}", int(number < yes), int(number >= yes)) for number in range(yes + no)]


def asked(**cells: tuple[int, int]) -> Asked:
    """Cells by name: how many yes, how many no; those called `rest` belong to none."""
    parts = {name: people(name, *sides) for name, sides in cells.items()}
    return Asked(
        [part for group in parts.values() for part in group],
        {name: [part.person for part in group] for name, group in parts.items() if name != "rest"},
    )


def test_large_and_mixed_figures_leave_rounded() -> None:
    out = released(asked(north=(13, 11), south=(20, 10)))
    assert out.shown == {
        WHOLE: Shown(61, 48, 73, 55),
        "north": Shown(55, 35, 70, 25),
        "south": Shown(65, 50, 80, 30),
    }
    assert not out.withheld


@pytest.mark.parametrize("yes", [0, 1, 4, 9])
def test_of_fewer_than_ten_nothing_leaves(yes: int) -> None:
    out = released(asked(north=(yes, 9 - yes), south=(20, 20)))
    assert out.withheld["north"] is Why.TOO_FEW
    assert not released(asked(north=(yes, 9 - yes))).shown


def test_nobody_can_ask_for_less_than_five() -> None:
    assert not released(asked(north=(2, 2)), least=1).shown
    assert released(asked(north=(3, 3)), least=1).shown[WHOLE].percent == 50


def test_a_small_part_takes_another_along_so_that_it_cannot_be_worked_out() -> None:
    # All of them minus north minus south would be four people.
    out = released(asked(north=(10, 10), south=(6, 6), east=(2, 2)))
    assert set(out.shown) == {WHOLE, "north"}
    assert out.withheld == {"south": Why.TOO_TELLING, "east": Why.TOO_FEW}


def test_a_share_that_points_at_one_or_two_is_said_roughly_of_everybody_and_not_at_all_of_a_part() -> None:
    assert released(asked(north=(2, 20))).roughly == {WHOLE: (Roughly.FEW, 20)}
    assert released(asked(north=(22, 0))).roughly == {WHOLE: (Roughly.NEARLY_ALL, 20)}
    out = released(asked(north=(2, 20), south=(10, 10)))
    assert set(out.shown) == {WHOLE}


def test_what_one_or_two_people_carry_does_not_leave() -> None:
    many = [Part(f"p{number}", 1, 1) for number in range(20)]
    assert released(Asked(many)).shown
    assert not released(Asked([*many, Part("loud", 30, 30)])).shown
    assert not released(Asked([*many, Part("loud", 40, 21), Part("louder", 40, 22)])).shown


def test_the_silent_members_of_a_part_count_towards_its_size() -> None:
    question = asked(north=(10, 10), south=(10, 10))
    few = Asked(question.parts, question.cells, {"north": 9})
    assert released(few).withheld["north"] is Why.TOO_FEW


def test_one_who_joins_or_leaves_cannot_be_worked_out_from_two_reports() -> None:
    before = released(asked(north=(10, 12)))
    earlier = Earlier(list(before.accepted.values()), before.tried)
    assert released(asked(north=(10, 12)), earlier=earlier).shown == before.shown
    assert released(asked(north=(10, 12), rest=(1, 0)), earlier=earlier).withheld[WHOLE] is Why.SHOWN_BEFORE
    assert released(asked(north=(10, 11)), earlier=earlier).withheld[WHOLE] is Why.SHOWN_BEFORE
    assert released(asked(north=(10, 12), rest=(5, 5)), earlier=earlier).shown
    assert released(asked(north=(10, 12), rest=(10, 0)), earlier=earlier).withheld[WHOLE] is Why.TOO_TELLING


def test_another_division_of_the_same_people_shows_only_what_leaves_nobody_alone() -> None:
    everybody = people("p", 20, 20)[::2] + people("p", 20, 20)[1::2]
    first = Asked(everybody, {"north": [part.person for part in everybody[:20]]})
    earlier = Earlier(list(released(first).accepted.values()))
    second = Asked(everybody, {"old": [part.person for part in everybody[:17]]})
    assert released(second, earlier=earlier).withheld["old"] is Why.SHOWN_BEFORE
    assert "old" in released(second).shown


def test_how_few_write_half_is_said_to_five_or_as_fewer_than_five() -> None:
    assert counted(people("p", 40, 0), 12) == 10
    assert counted(people("p", 40, 0), 4) == 0
    assert counted(people("p", 9, 0), 4) is None
    assert counted(people("p", 40, 0), 12, earlier=Earlier([frozenset({"p1", "gone"})])) is None
    assert [about(number) for number in (2, 3, 7, 8, 12, 13)] == [0, 5, 5, 10, 10, 15]


def test_between_which_shares_it_lies() -> None:
    # Wilson's interval of 8 in 10, from tables.
    assert wilson(0.8, 10) == pytest.approx((0.490, 0.943), abs=0.001)


def test_parts_are_compared_in_words_where_enough_people_take_part_on_both_sides() -> None:
    wide = Crossing(answers=40, senders=8, receivers=9, one=10, two=18)
    narrow = Crossing(answers=40, senders=4, receivers=9, one=10, two=18)
    carried = Crossing(answers=40, senders=8, receivers=9, one=21, two=25)
    three = {(one, other): wide for one in "abc" for other in "abc"}
    assert set(compared(three, "abc").values()) == {Compared.AS_EXPECTED}
    assert ("a", "c") not in compared(three, "ab")
    for thin in (narrow, carried):
        shown = compared({**three, ("a", "b"): thin}, "abc")
        assert shown["a", "b"] is None
        for line in ([("a", other) for other in "abc"], [(one, "b") for one in "abc"]):
            assert sum(shown[cells] is None for cells in line) != 1


SHAPES = [(9, 11), (10, 10), (12, 12), (4, 13), (10, 10, 10), (1, 10, 11), (4, 5, 12), (3, 3, 3), (9, 10, 3)]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_whoever_knows_the_rules_and_tries_every_world_learns_of_nobody(shape: World) -> None:
    """All archives of one shape; those that look alike from outside are put together. In no heap is anything certain.

    The one who tries is given exact sums where rounded shares are published.
    """
    alike: defaultdict[object, list[World]] = defaultdict(list)
    for world in itertools.product(*(range(size + 1) for size in shape)):
        cells = {f"g{place}": (yes, shape[place] - yes) for place, yes in enumerate(world)}
        alike[_seen(released(asked(**cells)), world)].append(world)
    for worlds in alike.values():
        assert not list(_certain(worlds, shape)), worlds[:3]


# Two reports: the sizes of the groups that nothing tells apart; for each report its parts, by the places of these.
TWO_REPORTS: dict[str, tuple[World, dict[str, World], dict[str, World]]] = {
    "three come": ((12, 3), {"a": (0,)}, {"a": (0, 1)}),
    "eleven come": ((10, 11), {"a": (0,)}, {"a": (0,), "b": (1,)}),
    "one goes": ((12, 1), {"a": (0, 1)}, {"a": (0,)}),
    "one changes parts": ((10, 1, 11), {"a": (0, 1), "b": (2,)}, {"a": (0,), "b": (1, 2)}),
    "parts come later": ((10, 11), {"": (0, 1)}, {"a": (0,), "b": (1,)}),
    "other parts": ((10, 3, 4, 11), {"a": (0, 1), "b": (2, 3)}, {"x": (0, 2), "y": (1, 3)}),
    "other parts, all large": ((10, 10, 10), {"a": (0, 1), "b": (2,)}, {"x": (0,), "y": (1, 2)}),
}


@pytest.mark.parametrize("story", TWO_REPORTS)
def test_two_reports_together_tell_of_nobody_in_any_world(story: str) -> None:
    """The same, by somebody who has both reports, in every world; what holds of people stays as it is in between."""
    shape, first, second = TWO_REPORTS[story]
    alike: defaultdict[object, list[World]] = defaultdict(list)
    for world in itertools.product(*(range(size + 1) for size in shape)):
        earlier = Earlier()
        seen: list[object] = []
        for parts in (first, second):
            question, sums = _report(parts, shape, world)
            out = released(question, earlier=earlier)
            earlier = Earlier([*earlier.out, *out.accepted.values()], [*earlier.tried, *out.tried])
            exact = frozenset((name, sums[name]) for name in out.shown)
            seen.append((exact, frozenset(out.roughly.items()), frozenset(out.withheld.items())))
        alike[tuple(seen)].append(world)
    for worlds in alike.values():
        assert not list(_certain(worlds, shape)), worlds[:3]


def _report(parts: Mapping[str, tuple[int, ...]], shape: World, world: World) -> tuple[Asked, dict[str, int]]:
    groups = {place: people(f"g{place}-", yes, shape[place] - yes) for place, yes in enumerate(world)}
    cells = {name: [part.person for place in places for part in groups[place]] for name, places in parts.items()}
    here = sorted({place for places in parts.values() for place in places})
    sums = {name: sum(world[place] for place in places) for name, places in parts.items()}
    asked_of = [part for place in here for part in groups[place]]
    named = {name: some for name, some in cells.items() if name != WHOLE}
    return Asked(asked_of, named), sums | {WHOLE: sum(world[place] for place in here)}


def _seen(out: Released, world: World) -> object:
    sums = {WHOLE: sum(world)} | {f"g{place}": yes for place, yes in enumerate(world)}
    exact = frozenset((name, sums[name]) for name in out.shown)
    return exact, frozenset(out.roughly.items()), frozenset(out.withheld.items())


def _certain(worlds: Iterable[World], shape: World) -> Iterable[str]:
    """What is certain though it must not be: the sum of fewer than ten people, or what holds of each one of a group."""
    places = range(len(shape))
    for some in itertools.chain.from_iterable(itertools.combinations(places, number) for number in (1, 2, 3)):
        size = sum(shape[place] for place in some)
        found = {sum(world[place] for place in some) for world in worlds}
        if found in ({0}, {size}) or (size < USUAL and len(found) == 1):
            yield f"{some}: {found}"


def test_the_one_who_tries_would_succeed_without_the_rules() -> None:
    def naive(world: Mapping[str, int]) -> object:
        return sum(world.values()), world["g0"]

    alike: defaultdict[object, list[World]] = defaultdict(list)
    for world in itertools.product(range(12), range(5)):
        alike[naive({"g0": world[0], "g1": world[1]})].append(world)
    assert all(list(_certain(worlds, (11, 4))) for worlds in alike.values())
