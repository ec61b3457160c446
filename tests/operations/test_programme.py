"""`speak programme`: programmes as files, by the same actions as the pages."""

from pathlib import Path

import pytest

from speak.identity.models import Actor
from speak.rooms.actions import keep_programme
from speak.rooms.models import Programme
from speak.rooms.programmes import export, parse, shipped
from speak.rooms.queries import programmes_of
from tests.makers import far_person
from tests.operations.conftest import Speak

WRONG = 'title = "Mine"\n\n[[practice]]\nslug = "weeknote"\nscore = 1\n'


@pytest.mark.parametrize("name", ["first-room", "twelve-weeks", "alone"])
def test_what_ships_is_written_checked_and_brought_again_as_it_was(
    speak: Speak, alice: Actor, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "out.toml"
    assert speak("programme", "export", name, "--to", str(file)).exit_code == 0
    checked = speak("programme", "check", str(file))
    assert (checked.exit_code, "can be used" in checked.output) == (0, True)
    assert not Programme.objects.exists()
    done = speak("programme", "import", str(file), "--host", "alice")
    assert done.exit_code == 0
    kept = programmes_of(alice).get()
    assert done.output.splitlines()[-1] == str(kept.pk)
    assert parse(kept.source) == shipped()[name]


def test_what_somebody_keeps_here_is_taken_along_by_its_number(speak: Speak, alice: Actor, tmp_path: Path) -> None:
    kept = keep_programme(alice, text=export(shipped()["alone"]))
    file = tmp_path / "out.toml"
    assert speak("programme", "export", str(kept.pk), "--to", str(file)).exit_code == 0
    assert file.read_text(encoding="utf-8") == kept.source


@pytest.mark.parametrize("command", [("check",), ("import", "--host", "alice")])
def test_a_malformed_file_is_refused_with_line_and_reason_and_changes_nothing(
    speak: Speak, alice: Actor, tmp_path: Path, command: tuple[str, ...]
) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(WRONG, encoding="utf-8")
    done = speak("programme", command[0], str(file), *command[1:])
    assert done.exit_code == 1
    assert "Line 5: nothing in a programme is called “score”." in done.stderr
    assert not programmes_of(alice).exists()


@pytest.mark.parametrize(
    ("host", "sentence"),
    [("nobody", "Nobody called"), ("@dora@far.example", "Only somebody whose home is here")],
)
def test_a_programme_is_brought_for_somebody_here(speak: Speak, tmp_path: Path, host: str, sentence: str) -> None:
    far_person("dora")
    file = tmp_path / "mine.toml"
    file.write_text(export(shipped()["alone"]), encoding="utf-8")
    done = speak("programme", "import", str(file), "--host", host)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert not Programme.objects.exists()


@pytest.mark.parametrize("name", ["77", "unheard-of", "9" * 30, "-1"])
def test_what_is_not_there_is_not_written(speak: Speak, tmp_path: Path, name: str) -> None:
    file = tmp_path / "out.toml"
    done = speak("programme", "export", "--to", str(file), "--", name)
    assert done.exit_code == 1
    assert "There is no programme" in done.stderr
    assert not file.exists()
