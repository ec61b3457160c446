"""Lists from Mastodon: whom one had to do with there, one has to do with here, by the same actions as buttons."""

from pathlib import Path

import pytest

from speak.clients import bringing
from speak.clients.models import Import, ImportState
from speak.identity import queries
from speak.identity.actions import accept_follow, follow
from speak.identity.models import Actor, Follow, List, Notification
from speak.kernel.outbound import Answer
from speak.voice.actions import BroughtFor
from speak.voice.models import Bookmark, Like
from tests import makers
from tests.clients.bringing.packing import files_of, refused, zipped
from tests.fakes import FakeOutbound

FILES = files_of("spreadsheets")


def sheet(name: str, tmp_path: Path) -> Path:
    """One of the lists, as a file."""
    path = tmp_path / name
    path.write_bytes(FILES[name])
    return path


def tied(owner: Actor, path: Path, outbound: FakeOutbound | None = None) -> Import:
    """What came of bringing it."""
    return bringing.bring_file(owner, path=path, chosen=BroughtFor(), ask=(outbound or FakeOutbound()).ask)


def why(row: Import) -> dict[str, list[str]]:
    """What could not be done, and for whom."""
    return {**row.report["read"]["places"], **row.report.get("ties", {}).get("places", {})}


def test_whom_one_follows_is_asked_here_too(alice: Actor, bob: Actor, dora: Actor, tmp_path: Path) -> None:
    row = tied(alice, sheet("following_accounts.csv", tmp_path))
    follow = Follow.objects.get()
    assert (follow.target, follow.shows_boosts) == (dora, False)
    # A bare name means somebody of the server that wrote the list, not of this one.
    assert why(row) == {
        "no_server": ["following_accounts.csv:4"],
        "nobody": ["nobody@far.example"],
    }
    assert (row.state, row.ties, row.tied) == (ImportState.DONE, 3, 3)


def test_a_second_time_changes_nothing(alice: Actor, dora: Actor, tmp_path: Path) -> None:
    path = sheet("following_accounts.csv", tmp_path)
    tied(alice, path)
    Follow.objects.update(shows_boosts=True)
    tied(alice, path)
    assert Follow.objects.get().shows_boosts


def test_all_the_others_at_once(alice: Actor, bob: Actor, dora: Actor, tmp_path: Path) -> None:
    eve, finn = makers.far_person("eve"), makers.far_person("finn")
    posts = [makers.far_post(dora) for _ in range(2)]
    for number, post in enumerate(posts, 1):
        post.uri = f"https://far.example/posts/{number}"
        post.save()
    accept_follow(dora, follow=follow(alice, target=dora))
    files = {name: data for name, data in FILES.items() if name != "following_accounts.csv"}
    row = tied(alice, zipped(files, tmp_path / "lists.zip"))
    assert list(queries.those_blocked_by(alice)) == [eve]
    assert list(queries.those_muted_by(alice)) == [finn]
    assert [block.domain for block in queries.server_blocks_of(alice)] == ["loud.example"]
    assert {known.title: [each.actor for each in known.members.all()] for known in List.objects.all()} == {
        "Friends": [dora],
        "Work, old": [bob],
    }
    assert set(Bookmark.objects.values_list("post", flat=True)) == {post.pk for post in posts}
    assert not why(row)


def test_somebody_in_a_list_who_has_not_agreed_yet_is_told(alice: Actor, dora: Actor, tmp_path: Path) -> None:
    row = tied(alice, sheet("lists.csv", tmp_path))
    assert why(row) == {"not_followed_yet": ["dora@far.example"], "nobody": ["bob@home.example"]}


def test_what_was_kept_and_thanked_for_comes_without_a_word_to_anyone(alice: Actor, bob: Actor, tmp_path: Path) -> None:
    said = makers.post(bob)
    files = files_of("mastodon", {"likes.json": f'{{"orderedItems": ["{said.uri}"]}}'.encode()})
    before = Notification.objects.count()
    row = tied(alice, zipped(files, tmp_path / "archive.zip"), FakeOutbound({}))
    assert Like.objects.get().post == said
    assert Notification.objects.count() == before
    assert why(row)["nobody"] == ["https://far.example/posts/1", "https://far.example/posts/2"]


def test_what_is_not_known_here_is_fetched(alice: Actor, tmp_path: Path) -> None:
    outbound = FakeOutbound({"https://far.example/posts/1": Answer(404, b"")})
    tied(alice, sheet("bookmarks.csv", tmp_path), outbound)
    assert [call.url for call in outbound.calls] == ["https://far.example/posts/1", "https://far.example/posts/2"]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("following_accounts.csv", FILES["following_accounts.csv"][:-20], "breaks off"),
        ("lists.csv", b'Friends,dora@far.example\n"Work, o', "breaks off"),
        ("blocked_accounts.csv", b"\xff\xfe\x00eve", "breaks off"),
        ("some.csv", b"eve@far.example\n", "Nothing says what this list is."),
        ("followers.csv", b"Account address\neve@far.example\n", "Who follows you cannot be brought"),
    ],
)
def test_a_list_that_is_not_whole_or_not_known_is_refused(
    alice: Actor, tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert sentence in refused(alice, path)
    assert not Follow.objects.exists()
