"""The same questions to other engines: identical figures, or it fails. `make test-engines` installs them and asks."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import quote

import pytest

from speak.mirror.apart import Own
from speak.mirror.counting import Counted, counted
from speak.mirror.engines import opened
from speak.mirror.looking import own_of
from tests.mirror.talk import DAY, START, put, seeded
from tests.mirror.test_properties import lively

from . import clickhouse_server, trino_server

pytestmark = [
    pytest.mark.engine,
    pytest.mark.timeout(1800),
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.enable_socket,
]


def _clickhouse(leaving: ExitStack) -> str:
    there = clickhouse_server
    place = leaving.enter_context(there.clickhouse())
    return f"clickhouse://{there.USER}:{quote(there.PASSWORD, safe='')}@{place}/{there.DATABASE}"


def _trino(leaving: ExitStack) -> str:
    return leaving.enter_context(trino_server.trino()).address


# The library that each needs, and where it is.
ENGINES: dict[str, tuple[str, Callable[[ExitStack], str]]] = {
    "spark": ("pyspark", lambda _: "spark://local-cluster"),
    "chdb": ("chdb", lambda _: "chdb://"),
    "clickhouse": ("clickhouse_connect", _clickhouse),
    "trino": ("trino", _trino),
}


@pytest.fixture(params=sorted(ENGINES))
def other(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an engine that is installed here."""
    library, place = ENGINES[request.param]
    pytest.importorskip(library)
    with ExitStack() as leaving:
        yield place(leaving)


def test_every_engine_finds_the_same(other: str) -> None:
    assert asked(other, 1) == asked("", 1)


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
