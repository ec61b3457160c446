"""The same questions to other engines: identical figures, or it fails. `make test-engines` installs them and asks."""

import pytest

from speak.kernel.errors import Invalid
from speak.mirror.apart import Own
from speak.mirror.counting import Counted, counted
from speak.mirror.engines import carried, opened
from speak.mirror.looking import own_of
from speak.mirror.measures import basis, definition

from .talk import DAY, START, put, seeded
from .test_properties import lively

ENGINES = {"pyspark": "spark://local-cluster", "chdb": "chdb://"}


def asked(address: str, seed: int) -> tuple[list[Counted], Own]:
    """Everything that is asked of a conversation, before the gate: in one order, and then of one person."""
    with opened(address) as engine:
        found = list(counted(engine, put(engine, lively(seeded(seed)))))
        own = own_of(engine, "p07", now_at=START + 200 * DAY)
    return [_in_order(count) for count in found], own


def _in_order(count: Counted) -> Counted:
    for question in count.asked.values():
        assert isinstance(question.parts, list)
        question.parts.sort(key=lambda part: part.person)
    return count


@pytest.fixture(params=sorted(ENGINES))
def other(request: pytest.FixtureRequest) -> str:
    """The address of an engine that is installed here."""
    pytest.importorskip(request.param)
    return ENGINES[request.param]


@pytest.mark.engine
@pytest.mark.timeout(1800)
@pytest.mark.filterwarnings("ignore")
@pytest.mark.enable_socket
def test_every_engine_finds_the_same(other: str) -> None:
    assert asked(other, 1) == asked("", 1)


@pytest.mark.parametrize("name", ["answered_curve", "newcomers", "reciprocity", "the_room", "own/rhythm"])
@pytest.mark.parametrize("dialect", ["spark", "clickhouse", "trino"])
def test_every_question_can_be_carried_over(name: str, dialect: str) -> None:
    assert carried(definition(name).query, dialect).startswith(("SELECT", "WITH"))


def test_no_question_uses_what_engines_disagree_about() -> None:
    for name in ("answered", "heard", "few", "weeks", "bridges", "outside", "coming_back"):
        query = definition(name).query.upper()
        assert not [
            word for word in ("QUALIFY", "MEDIAN", "PERCENTILE", "QUANTILE", "GROUP BY ALL", "//") if word in query
        ]
    assert "QUALIFY" not in basis("topic").upper()


def test_an_engine_nobody_knows_is_refused() -> None:
    with pytest.raises(Invalid, match="There is no way to an engine called abacus"), opened("abacus://"):
        pass
