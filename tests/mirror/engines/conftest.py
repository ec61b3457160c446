"""Servers of ours that speak as ClickHouse and Trino do, where the libraries that speak with them are installed."""

from collections.abc import Iterator

import pytest

from . import clickhouse_server, trino_server
from .trino_server import Trino


@pytest.fixture(scope="session")
def clickhouse_place() -> Iterator[str]:
    """Host and port of a ClickHouse; it takes seconds to start."""
    pytest.importorskip("chdb")
    pytest.importorskip("clickhouse_connect")
    with clickhouse_server.clickhouse() as place:
        yield place


@pytest.fixture
def trino() -> Iterator[Trino]:
    """A Trino without a password."""
    pytest.importorskip("trino")
    with trino_server.trino() as server:
        yield server
