"""`speak backup` and `speak restore`: the whole server comes back, or nothing changes."""

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests import prepared
from tests.makers import PASSWORD
from tests.postgres import WHEEL, fresh_database
from tests.running import Home, free_port, home

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
SAID = """
from speak.identity.queries import people_here
from speak.voice.actions import Words, publish_post
from speak.voice.audience import Audience
from speak.voice.reach import Reach
publish_post(people_here()[0], words=Words("Before the storm."), audience=Audience(Reach.PUBLIC))
"""
HEARD = "from speak.voice.models import Post; print([post.source for post in Post.objects.all()])"


@pytest.fixture(autouse=True)
def programs_of_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the wheel, which an operator has from the distribution."""
    found = find_spec(WHEEL)
    if found and found.origin:
        places = [str(each) for each in Path(found.origin).parent.glob("pginstall*/bin")]
        monkeypatch.setenv("PATH", os.pathsep.join([*sorted(places, reverse=True), os.environ["PATH"]]))


@pytest.fixture
def lived_in(tmp_path: Path) -> Iterator[Home]:
    """A server that is not running, on which somebody said something and keeps a picture."""
    with fresh_database() as database:
        server = at(tmp_path / "first", database)
        server.speak("person", "add", "alice", "--password-stdin", typed=f"{PASSWORD}\n")
        server.python(SAID)
        (server.folder / "media/aa").mkdir(parents=True)
        (server.folder / "media/aa/face.webp").write_bytes(b"a face")
        yield server


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Home]:
    """A machine on which nobody lives."""
    with fresh_database() as database:
        yield at(tmp_path / "second", database)


def at(folder: Path, database: str) -> Home:
    folder.mkdir()
    if not database:
        (folder / prepared.NAME).write_bytes(prepared.embedded().read_bytes())
    return Home(folder, free_port(), database_url=database, settings={"SPEAK_URL": "http://localhost:8000"})


def refused(server: Home, *arguments: str) -> str:
    """What a command says that does not do it."""
    done = subprocess.run(
        [sys.executable, "-m", "speak", *arguments],
        env=server.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("name", ["copy", "copy.tar"])
def test_what_was_said_drawn_and_signed_is_there_again_on_another_machine(
    lived_in: Home, elsewhere: Home, tmp_path: Path, name: str
) -> None:
    copy = tmp_path / name
    assert "The database and 2 files are in" in lived_in.speak("backup", str(copy))
    assert "2 files are as they were" in elsewhere.speak("restore", str(copy))
    assert elsewhere.python(HEARD) == "['Before the storm.']\n"
    assert (elsewhere.folder / "media/aa/face.webp").read_bytes() == b"a face"
    assert (elsewhere.folder / "secret").read_text() == (lived_in.folder / "secret").read_text()
    assert (elsewhere.folder / "secret").stat().st_mode & 0o077 == 0
    assert copy.stat().st_mode & 0o077 == 0, "it holds every key"
    assert not list(elsewhere.folder.glob("replaced-*")), "nobody lived there"


def test_a_copy_is_taken_while_the_server_runs_and_not_put_back_then(tmp_path: Path) -> None:
    with fresh_database() as database, home(tmp_path / "one", database_url=database) as server:
        server.speak("person", "add", "alice", "--password-stdin", typed=f"{PASSWORD}\n")
        server.speak("backup", str(tmp_path / "copy.tar"))
        assert "A server runs on this data." in refused(server, "restore", str(tmp_path / "copy.tar"), "--replace")
        server.stop("worker")
        assert "A server runs" in refused(server, "restore", str(tmp_path / "copy.tar"), "--replace")
        server.stop()
        server.speak("restore", str(tmp_path / "copy.tar"), "--replace")
        server.start()
        assert server.get("/@alice")[0] == 200


def test_what_is_there_is_replaced_only_where_that_is_said_and_kept_aside(lived_in: Home, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    lived_in.speak("backup", str(copy))
    lived_in.python(SAID)
    assert "--replace" in refused(lived_in, "restore", str(copy))
    assert lived_in.python(HEARD).count("storm") == 2
    (lived_in.folder / "media/aa/face.webp").write_bytes(b"a later face")
    lived_in.speak("restore", str(copy), "--replace")
    assert lived_in.python(HEARD).count("storm") == 1
    (aside,) = lived_in.folder.glob("replaced-*")
    assert (aside / "media/aa/face.webp").read_bytes() == b"a later face"
    lived_in.speak("backup", str(tmp_path / "another.tar"))
    with tarfile.open(tmp_path / "another.tar") as tar:
        assert not [name for name in tar.getnames() if "replaced" in name]


def test_a_copy_that_is_not_whole_changes_nothing(lived_in: Home, elsewhere: Home, tmp_path: Path) -> None:
    whole, face = tmp_path / "copy", "media/aa/face.webp"
    lived_in.speak("backup", str(whole))
    for fault in ("changed", "missing", "more", "without a list", "another database"):
        copy = shutil.copytree(whole, tmp_path / fault)
        match fault:
            case "changed":
                (copy / face).write_bytes(b"a fake")
            case "missing":
                (copy / face).unlink()
            case "more":
                (copy / "media/other.webp").write_bytes(b"another")
            case "without a list":
                (copy / "copy.json").unlink()
            case _:
                next(copy.glob("speak.*")).write_bytes(b"nothing")
        assert str(copy) in refused(elsewhere, "restore", str(copy)), fault
    (tmp_path / "no copy").write_bytes(b"something else")
    assert "is no copy" in refused(elsewhere, "restore", str(tmp_path / "no copy"))
    assert elsewhere.python(HEARD) == "[]\n"
    assert not (elsewhere.folder / "media").exists()
    assert not list(elsewhere.folder.glob(".being-*"))


def test_a_copy_is_never_written_over_another_nor_into_what_it_copies(lived_in: Home, tmp_path: Path) -> None:
    (tmp_path / "copy.tar").write_text("an earlier one")
    assert "is there already" in refused(lived_in, "backup", str(tmp_path / "copy.tar"))
    assert (tmp_path / "copy.tar").read_text() == "an earlier one"
    assert "Keep copies elsewhere" in refused(lived_in, "backup", str(lived_in.folder / "copy"))
    assert "no folder" in refused(lived_in, "backup", str(tmp_path / "none/copy"))
    assert not [each for each in tmp_path.iterdir() if each.name.startswith((".being", "none", "copy/"))], (
        "nothing half"
    )


def test_a_name_that_would_lie_elsewhere_is_refused(elsewhere: Home, tmp_path: Path) -> None:
    (tmp_path / "escaped").write_text("out")
    with tarfile.open(tmp_path / "copy.tar", "w") as tar:
        tar.add(tmp_path / "escaped", arcname="../../escaped")
    assert "would lie elsewhere" in refused(elsewhere, "restore", str(tmp_path / "copy.tar"))


def test_without_pg_dump_a_copy_of_postgresql_is_refused_in_words(
    lived_in: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not lived_in.database_url:
        pytest.skip("the embedded database needs no other program")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Install PostgreSQL's client programs" in refused(lived_in, "backup", str(tmp_path / "copy"))
