"""The command line, spoken to within the process of the test."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from speak.operations.commands import main

Speak = Callable[..., Result]


@pytest.fixture
def speak(db: None) -> Speak:
    """`speak("person", "add", "alice", typed="…")`, on the database of the test."""

    def run(*arguments: str, typed: str = "") -> Result:
        result = CliRunner().invoke(main, arguments, input=typed)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    return run


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Mapping[str, object] | str], str]:
    """A file that holds this; returns its path."""

    def write(what: Mapping[str, object] | str) -> str:
        file = tmp_path / "seed.json"
        file.write_text(what if isinstance(what, str) else json.dumps(what), encoding="utf-8")
        return str(file)

    return write
