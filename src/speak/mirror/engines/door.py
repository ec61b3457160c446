"""The door itself: what a measure needs of an engine, and how an engine fails.

Every question is written once, in DuckDB's dialect, and carried over. Questions return whole numbers and text only, so
that engines agree to the digit; what is divided is divided afterwards, in Python.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from speak.kernel.errors import Failure

Row = tuple[Any, ...]
# What to look at when nobody answers, or somebody else.
IS_IT_THERE = "Is the address right, and is it there?"


class Engine(Protocol):
    """What a measure needs of an engine."""

    # Where small tables may lie for as long as the engine is open.
    folder: Path

    def read(self, name: str, parquet: Sequence[Path]) -> None:
        """Make Parquet files known under a name."""
        ...

    def make(self, name: str, query: str, *, is_kept: bool = True) -> None:
        """Give a question (DuckDB's dialect) a name; its answer is kept, or asked anew each time."""
        ...

    def ask(self, query: str) -> list[Row]:
        """The answer to a question (DuckDB's dialect)."""
        ...


class EngineFailure(Failure):
    """An engine did not do its part. The sentence tells of the engine alone: of no person, and no password."""

    def __init__(self, sentence: str, *, hint: str = "", permanent: bool = False) -> None:
        """`hint` says what whoever runs this can do; `permanent`, that it answered, and would answer so again."""
        super().__init__(sentence, permanent=permanent)
        self.hint = hint


def library(module: str, package: str) -> Any:  # noqa: ANN401 - libraries that are there only where somebody wants them
    """A module of a library that is loaded only where an engine needs it.

    Raises:
        EngineFailure: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise EngineFailure(
            f"SPEAK_MIRROR_ENGINE names an engine whose library, {package}, is not installed.",
            hint=f"pip install {package}, into the environment that runs this.",
            permanent=True,
        ) from error
