"""An archive of X: what was said there, in one piece, without what was passed on."""

from pathlib import Path

import pytest
from django.utils.dateparse import parse_datetime

from speak.identity.models import Actor
from speak.voice.actions import BroughtFor
from speak.voice.models import Brought, Post
from speak.voice.reach import Reach
from tests.clients.bringing.packing import brought, counts, cut_off, files_of, photo, refused, zipped

OPEN = BroughtFor(Reach.PUBLIC, Reach.FOLLOWERS)
PICTURE = "data/tweets_media/101-Fabc.jpg"


@pytest.fixture
def files() -> dict[str, bytes]:
    """What the archive holds."""
    return files_of("x", {PICTURE: photo()})


@pytest.fixture
def archive(files: dict[str, bytes], tmp_path: Path) -> Path:
    """As it is given to people."""
    return zipped(files, tmp_path / "twitter-2024-01-01-abc.zip")


def said(number: int) -> Post:
    """The post that stands for a tweet."""
    return Brought.objects.select_related("post").get(key=f"https://x.com/i/web/status/{number}").post


def test_the_exact_posts_arrive(alice: Actor, archive: Path) -> None:
    row = brought(alice, archive, OPEN)
    assert Post.objects.count() == 6
    first, second, third, whole, edited = (said(number) for number in (101, 103, 104, 106, 107))
    link = "https://ada.example/pump?a=1&amp;b=2"
    assert first.html == (
        f'<p>Morning &amp; tea &lt;3 #pump <a href="{link}" rel="nofollow noopener noreferrer">{link}</a></p>'
    )
    assert first.source == "Morning & tea <3 #pump https://ada.example/pump?a=1&b=2"
    assert first.said_at == parse_datetime("2020-03-05T09:00:00Z")
    assert [tag.name for tag in first.tags.all()] == ["pump"]
    assert first.media.count() == 1
    assert (second.in_reply_to, second.thread_id, second.answered) == (first, first.thread_id, alice)
    assert third.in_reply_to_uri == "https://x.com/i/web/status/55"
    assert third.source == "@bob@x.com yes"
    assert whole.source.endswith("it held. https://ada.example/valve")
    assert (whole.language, edited.source) == ("", "Hello.")
    assert counts(row) == {"passed_on": 1, "earlier": 1, "shape": 1, "no_picture": 1}


def test_what_was_for_a_few_is_for_its_author_and_what_was_protected_for_followers_at_most(
    alice: Actor, files: dict[str, bytes], tmp_path: Path
) -> None:
    history = b'window.YTD.protected_history.part0 = [{"protectedHistory": {"action": "Protect"}}]'
    files["data/protected-history.js"] = history
    brought(alice, zipped(files, tmp_path / "x.zip"), OPEN)
    assert said(101).reach == Reach.FOLLOWERS
    assert said(110).reach == Reach.SELF


def test_a_second_time_adds_nothing(alice: Actor, archive: Path) -> None:
    brought(alice, archive)
    again = brought(alice, archive)
    assert (again.report["posts"], again.report["already"]) == (0, 6)


def test_half_of_it_is_refused(alice: Actor, files: dict[str, bytes], archive: Path, tmp_path: Path) -> None:
    for name in ("data/tweets.js", "data/note-tweet.js"):
        half = {**files, name: files[name][:-40]}
        assert f"“{name}” breaks off" in refused(alice, zipped(half, tmp_path / "half.zip"))
    assert "cut off" in refused(alice, cut_off(archive))
