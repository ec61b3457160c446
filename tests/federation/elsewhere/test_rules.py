"""What may go elsewhere, over every combination."""

from itertools import product

from speak.federation.elsewhere.rules import FOR_A_CIRCLE, FOR_ANYONE, may_go
from speak.voice.reach import OPEN, Reach


def test_where_anyone_reads_only_what_is_for_anyone_goes_and_nowhere_what_is_for_people_by_name() -> None:
    for kind, reach in product(FOR_ANYONE | FOR_A_CIRCLE, Reach):
        expected = reach in OPEN or (kind in FOR_A_CIRCLE and reach in {Reach.HERE, Reach.FOLLOWERS})
        assert may_go(kind, reach, answers_narrower=False) == expected, (kind, reach)
        assert not may_go(kind, reach, answers_narrower=True)


def test_an_unknown_place_gets_nothing() -> None:
    assert not any(may_go("carrier pigeon", reach, answers_narrower=False) for reach in Reach)
