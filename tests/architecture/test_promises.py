"""The table of the promises is true: each has its row, its file that quotes it, its tests, its rule."""

import ast
import re
from dataclasses import dataclass

import pytest

from .source import ROOT, SPEAK

TABLE = ROOT / "docs" / "promises.md"
NAMED = re.compile(r"`([^`]+)`")
LAST = 17


@dataclass(frozen=True)
class Row:
    """One promise, and what is said to hold it."""

    number: int
    sentence: str
    attacked_in: str
    tests: list[str]
    rules: list[str]


def rows() -> list[Row]:
    """The rows of the table, in its order."""
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0].isdigit():
            number, sentence, attacked_in, tests, rules = cells
            found.append(
                Row(int(number), sentence, NAMED.findall(attacked_in)[0], NAMED.findall(tests), NAMED.findall(rules))
            )
    return found


def defined_in(path: str) -> set[str]:
    """The functions that a file defines."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_each_promise_has_its_row() -> None:
    assert [row.number for row in rows()] == list(range(1, LAST + 1))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.number)
def test_a_promise_is_attacked_in_a_file_that_quotes_it(row: Row) -> None:
    assert row.attacked_in.startswith(f"tests/promises/test_{row.number:02}_")
    file = ROOT / row.attacked_in
    assert file.exists()
    said = " ".join((ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").split())
    assert said.startswith(f"Promise {row.number}: {row.sentence}")
    assert any(name.startswith("test_") for name in defined_in(row.attacked_in))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.number)
def test_what_holds_a_promise_further_is_there(row: Row) -> None:
    assert row.tests
    for test in row.tests:
        path, _, name = test.partition("::")
        assert name in defined_in(path), test
    for rule in row.rules:
        package, module, name = rule.split(".")
        assert name in defined_in(str((SPEAK / package / f"{module}.py").relative_to(ROOT))), rule


def test_no_attack_is_left_out_of_the_table() -> None:
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests" / "promises").glob("test_*.py")}
    assert files == {row.attacked_in for row in rows()}
