"""`speak export`: everything somebody said, by whoever runs the server, when asked to."""

import json
import zipfile
from pathlib import Path

from tests import makers
from tests.operations.conftest import Speak


def test_everything_of_somebody_is_written_into_one_file(speak: Speak, tmp_path: Path) -> None:
    makers.post(makers.person("alice"), "The tide is in.")
    path = tmp_path / "alice.zip"
    done = speak("export", "alice", "--to", str(path))
    assert done.exit_code == 0, done.output
    assert "@alice@home.example" in done.output
    with zipfile.ZipFile(path) as file:
        assert json.loads(file.read("posts.json"))[0]["source"] == "The tide is in."


def test_of_somebody_elsewhere_or_of_nobody_nothing_is_written(speak: Speak, tmp_path: Path) -> None:
    makers.far_person("dora")
    for handle in ("dora@far.example", "nobody"):
        done = speak("export", handle, "--to", str(tmp_path / "x.zip"))
        assert done.exit_code == 1
    assert not list(tmp_path.glob("*.zip*"))


def test_whether_a_file_is_whole_is_told(speak: Speak, tmp_path: Path) -> None:
    makers.person("alice")
    path = tmp_path / "alice.zip"
    speak("export", "alice", "--to", str(path))
    assert "is whole" in speak("verify", str(path)).output
    path.write_bytes(path.read_bytes()[:-9])
    assert speak("verify", str(path)).exit_code == 1
