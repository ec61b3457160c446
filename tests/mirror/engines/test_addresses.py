"""What SPEAK_MIRROR_ENGINE may hold, and what is refused before anybody is called."""

import re
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from speak.kernel.errors import Invalid
from speak.mirror.apart.answering import word_on
from speak.mirror.apart.questions import Failed, OfArchive
from speak.mirror.engines import EngineFailure, opened
from speak.mirror.engines.addresses import Server, server_at
from tests.mirror.readings import WIRE

EXAMPLE = "clickhouse://user:password@host:8123/database"
LIBRARIES = {"clickhouse": "clickhouse_connect", "trino": "trino", "spark": "pyspark", "chdb": "chdb"}


def test_an_address_says_where_and_as_whom() -> None:
    found = server_at(
        urlsplit("clickhouse://ana:p%40ss%2Fword@[::1]:9000/talk?secure=true&ca_cert=/ca"), example=EXAMPLE
    )
    assert found == Server("::1", 9000, "ana", "p@ss/word", ("talk",), is_secure=True, ca_cert="/ca")


def test_what_is_not_said_is_left_open() -> None:
    assert server_at(urlsplit("clickhouse://far.example"), example=EXAMPLE) == Server("far.example", None, "", "")


def test_a_password_is_not_shown() -> None:
    assert "word" not in repr(server_at(urlsplit("clickhouse://ana:word@far.example"), example=EXAMPLE))


@pytest.mark.parametrize(
    "address",
    [
        *("clickhouse://", "clickhouse://ana:secret@", "clickhouse://ana:secret@far.example/one/two"),
        *("clickhouse://ana:secret@far.example:port", "clickhouse://ana:secret@far.example?secure=perhaps"),
        *("clickhouse://ana:secret@far.example?compression=lz4", "clickhouse://ana:secret@[far.example"),
        *(
            "trino://ana:secret@far.example",
            "trino://ana:secret@far.example/lake",
            "trino://ana@far.example/a/b/secret",
        ),
    ],
)
def test_a_wrong_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(Invalid, match=r"is not one of a (clickhouse|trino) server") as caught, opened(address):
        pass
    assert "secret" not in str(caught.value) + caught.value.hint
    assert caught.value.hint.startswith(f"It looks like {address.partition(':')[0]}://user")


def test_a_password_is_never_sent_to_a_trino_in_the_clear() -> None:
    address = "trino://ana:secret@127.0.0.1:1/lake/talk?secure=no"
    with pytest.raises(Invalid, match="would send a password to a Trino in the clear"), opened(address):
        pass


@pytest.mark.parametrize(
    ("address", "name"),
    [("abacus://", "abacus"), ("far.example:8123", "…"), ("ana:secret@far.example://", "…"), ("Trino", "…")],
)
def test_an_engine_nobody_knows_is_refused(address: str, name: str) -> None:
    with pytest.raises(Invalid, match=f"There is no way to an engine called {name}") as caught, opened(address):
        pass
    assert "trino://" in caught.value.hint


@pytest.mark.parametrize("scheme", [name for name, library in LIBRARIES.items() if not find_spec(library)])
def test_a_library_that_is_missing_is_named_and_how_to_have_it(scheme: str) -> None:
    address = f"{scheme}://ana:secret@far.example/lake{'/talk' if scheme == 'trino' else ''}"
    with pytest.raises(EngineFailure, match="is not installed") as caught, opened(address):
        pass
    assert caught.value.hint.startswith("pip install ")
    assert "secret" not in str(caught.value)


def test_the_process_apart_says_what_became_of_an_engine(tmp_path: Path) -> None:
    engine = "clickhouse://ana:secret@127.0.0.1:1/talk"
    asked = OfArchive(
        path=str(WIRE / "slack"),
        groups="",
        into=str(tmp_path / "reading"),
        name="slack",
        stays_out=[],
        are_one=[],
        mine=[],
        ledger=str(tmp_path / "ledger"),
        key=b"of nobody",
        engine=engine,
        language="en",
    )
    word = word_on(asked, lambda *_: None)
    assert isinstance(word, Failed)
    assert re.search("is not installed|cannot be reached", word.error)
    assert "secret" not in word.error
