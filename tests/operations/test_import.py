"""`speak import`: words from elsewhere brought to somebody's home by whoever runs the server."""

from pathlib import Path

import pytest

from speak.identity.models import Actor
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers
from tests.clients.bringing.packing import WIRE, files_of, zipped
from tests.operations.conftest import Speak


@pytest.fixture
def archive(tmp_path: Path) -> str:
    """Medium's export."""
    return str(zipped(files_of("medium"), tmp_path / "medium-export.zip"))


def test_it_says_what_came_and_what_did_not(speak: Speak, alice: Actor, tmp_path: Path) -> None:
    files = {name: data for name, data in files_of("mastodon").items() if name not in {"likes.json", "bookmarks.json"}}
    path = str(zipped(files, tmp_path / "archive.zip"))
    done = speak("import", "alice", path, "--audience", "public", "--followers-too")
    assert done.exit_code == 0, done.output
    for words in (
        "5 posts came.",
        "Passed on: words of somebody else: 1",
        "Not as such a file should be: 1 (outbox.json[6])",
    ):
        assert words in done.output
    assert set(Post.objects.values_list("reach", flat=True)) == {0, Reach.FOLLOWERS, Reach.QUIET, Reach.PUBLIC}
    assert "5 were here already." in speak("import", "alice", path).output


def test_for_its_author_alone_unless_told_otherwise(speak: Speak, alice: Actor, archive: str) -> None:
    assert speak("import", "alice", archive).exit_code == 0
    assert set(Post.objects.values_list("reach", flat=True)) == {Reach.SELF}


def test_where_several_people_wrote_a_name_is_asked_for(speak: Speak, alice: Actor) -> None:
    path = str(WIRE / "feeds" / "rss.xml")
    asked = speak("import", "alice", path)
    assert asked.exit_code == 1
    assert "Say under which name you wrote: Ada, Bob." in asked.output
    assert speak("import", "alice", path, "--name", "Bob").exit_code == 0
    assert [post.title for post in Post.objects.all()] == ["Pipes"]


def test_nothing_comes_for_nobody_or_of_no_file(speak: Speak, alice: Actor, archive: str, tmp_path: Path) -> None:
    makers.far_person("dora")
    for handle in ("dora@far.example", "nobody"):
        assert speak("import", handle, archive).exit_code == 1
    assert speak("import", "alice", str(tmp_path / "missing.zip")).exit_code == 2
    assert not Post.objects.exists()
