"""The pages in docs/reference are what the code says now; `make docs` writes them."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from speak.operations.commands import main
from speak.operations.commands.documenting import pages

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", ["commands.md", "events.md", "openapi.json", "settings.md"])
def test_the_page_is_what_the_code_says(name: str) -> None:
    assert (REFERENCE / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


def test_there_is_no_other_page() -> None:
    written_by_tests = {"mastodon-api.md"}
    assert {file.name for file in REFERENCE.iterdir()} == set(pages()) | written_by_tests


def test_the_pages_know_what_they_are_about() -> None:
    written = pages()
    assert "| `SPEAK_WEB_THREADS` | a whole number | 8 | How many threads answer requests. |" in written["settings.md"]
    assert "| `SPEAK_OPEN` | yes or no | no | Whether anybody may join" in written["settings.md"]
    assert "## speak person add" in written["commands.md"]
    assert "## PostPublished" in written["events.md"]
    assert "- `speak.federation.handlers.plan_create`: " in written["events.md"]


def test_they_are_written_where_one_asks(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["reference", str(tmp_path / "deep" / "reference")])
    assert done.exit_code == 0
    assert {file.name for file in (tmp_path / "deep" / "reference").iterdir()} == set(pages())
