"""A Mastodon archive comes here as it was: its words at their time, for no more people, and nobody is told."""

from pathlib import Path

import pytest
from django.utils.dateparse import parse_datetime

from speak.clients import bringing
from speak.clients.bringing import carrying, work
from speak.clients.models import Import, ImportState
from speak.federation.models import Activity, Delivery
from speak.identity.models import Actor, Notification
from speak.kernel import blobs
from speak.kernel.errors import TooMuch
from speak.voice import search
from speak.voice.actions import BroughtFor, Words, edit_post, like, withdraw_post
from speak.voice.errors import NotYours, WrongAudience
from speak.voice.models import Brought, Media, Post
from speak.voice.queries import Window, home_timeline, posts_of, readable_by
from speak.voice.reach import Reach
from tests import makers
from tests.clients.bringing.packing import PLACE, brought, counts, cut_off, files_of, photo, refused, tarred, zipped
from tests.fakes import FakeOutbound

STATUS = "https://one.example/users/ada/statuses/"
OPEN = BroughtFor(Reach.PUBLIC, Reach.FOLLOWERS)


@pytest.fixture
def files() -> dict[str, bytes]:
    """What the archive holds."""
    return files_of("mastodon", {"media_attachments/files/109/291/original/pump.jpg": photo()})


@pytest.fixture
def archive(files: dict[str, bytes], tmp_path: Path) -> Path:
    """As it is given to people."""
    return zipped(files, tmp_path / "archive-20240101.zip")


def said(number: int) -> Post:
    """The post that stands for one of the archive."""
    return Brought.objects.select_related("post__in_reply_to").get(key=f"{STATUS}{number}").post


def test_the_exact_posts_arrive(alice: Actor, archive: Path) -> None:
    row = brought(alice, archive, OPEN)
    first, second, third, fourth, fifth = (said(number) for number in range(1, 6))
    assert Post.objects.filter(author=alice).count() == 5
    assert [post.said_at for post in (first, fifth)] == [
        parse_datetime("2022-11-05T07:30:00Z"),
        parse_datetime("2022-11-08T09:00:00Z"),
    ]
    assert [post.reach for post in (first, second, third, fourth, fifth)] == [60, 50, 60, 40, 0]
    assert (second.in_reply_to, second.thread_id, second.answered) == (first, first.thread_id, alice)
    assert (third.in_reply_to, third.in_reply_to_uri) == (None, "https://two.example/users/bob/statuses/9")
    assert "script" not in third.html
    assert third.source == "@bob@two.example I think so too."
    assert (fourth.summary, fourth.is_sensitive, fourth.language) == ("About work", True, "en")
    assert fourth.edited_at == parse_datetime("2022-11-07T10:00:00Z")
    assert [tag.name for tag in first.tags.all()] == ["tea"]
    assert counts(row) == {"passed_on": 1, "shape": 1, "no_picture": 1}
    assert (row.format, row.total, row.done) == ("mastodon", 5, 5)
    assert search.matching(readable_by(alice), "pump").get() == first


def test_a_picture_comes_without_what_it_tells_of_its_maker(alice: Actor, archive: Path) -> None:
    brought(alice, archive)
    shown = said(1).media.get()
    assert (shown.description, shown.focus_x, shown.focus_y) == ("A red pump in the rain", 0.5, -0.25)
    assert PLACE.encode() not in blobs.path_of(shown.token).read_bytes()


def test_nobody_is_told_and_nothing_is_sent(alice: Actor, bob: Actor, dora: Actor, archive: Path) -> None:
    for follower in (bob, dora):
        makers.follows(follower, alice)
    newest = makers.post(alice, "Today.")
    before = Notification.objects.count(), Activity.objects.count(), Delivery.objects.count()
    brought(alice, archive, OPEN)
    assert (Notification.objects.count(), Activity.objects.count(), Delivery.objects.count()) == before
    assert home_timeline(bob, Window())[0].post == newest
    assert [entry.post.said_at.year for entry in posts_of(alice, alice, Window())][1:] == [2022] * 5


def test_it_is_for_its_author_alone_unless_they_chose_otherwise(alice: Actor, bob: Actor, archive: Path) -> None:
    makers.follows(bob, alice)
    brought(alice, archive)
    assert set(Post.objects.values_list("reach", flat=True)) == {Reach.SELF}
    assert not readable_by(bob).exists()


def test_what_was_for_followers_there_is_not_for_everyone_here(alice: Actor, archive: Path) -> None:
    brought(alice, archive, BroughtFor(Reach.PUBLIC))
    assert (said(4).reach, said(5).reach) == (Reach.SELF, Reach.SELF)


def test_nothing_is_brought_for_a_room_or_for_people_by_name(alice: Actor, archive: Path) -> None:
    for reach in (Reach.NAMED, Reach.ROOM):
        with pytest.raises(WrongAudience):
            bringing.bring_file(alice, path=archive, chosen=BroughtFor(reach))
    with pytest.raises(WrongAudience):
        bringing.bring_file(alice, path=archive, chosen=BroughtFor(followers_as=Reach.PUBLIC))


def test_a_group_brings_no_words(alice: Actor, archive: Path) -> None:
    Actor.objects.filter(pk=alice.pk).update(kind="Group")
    with pytest.raises(NotYours):
        bringing.bring_file(Actor.objects.get(pk=alice.pk), path=archive, chosen=BroughtFor())


def test_a_second_time_adds_nothing_also_of_what_was_taken_back(alice: Actor, archive: Path) -> None:
    brought(alice, archive)
    withdraw_post(alice, post=said(1))
    row = brought(alice, archive)
    assert Post.objects.count() == 5
    assert Media.objects.count() == 0
    assert (row.report["posts"], row.report["already"]) == (0, 5)


def test_a_tar_comes_as_a_zip_does(alice: Actor, files: dict[str, bytes], tmp_path: Path) -> None:
    brought(alice, tarred(files, tmp_path / "archive.tar.gz"))
    assert Post.objects.count() == 5


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_one_that_breaks_off_is_refused_and_leaves_nothing(
    alice: Actor, files: dict[str, bytes], tmp_path: Path, pack: type
) -> None:
    path = tmp_path / "archive"
    sentence = refused(alice, cut_off(pack(files, path)))
    assert "cut off" in sentence
    assert not Media.objects.exists()


def test_an_outbox_that_breaks_off_inside_is_refused(alice: Actor, files: dict[str, bytes], tmp_path: Path) -> None:
    files["outbox.json"] = files["outbox.json"][:-2000]
    assert "“outbox.json” breaks off" in refused(alice, zipped(files, tmp_path / "a.zip"))
    files |= {"outbox.json": files_of("mastodon")["outbox.json"], "likes.json": b'{"orderedItems": ["'}
    assert "“likes.json” breaks off" in refused(alice, zipped(files, tmp_path / "b.zip"))


def test_what_is_no_archive_is_refused(alice: Actor, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Dear all")
    assert refused(alice, path).startswith("This is no file that is known here.")


def test_it_goes_on_after_it_was_killed(alice: Actor, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "AT_ONCE", 2)

    def killed(done: int, _total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bringing.bring_file(alice, path=archive, chosen=OPEN, moved=killed)
    row = Import.objects.get()
    assert (row.state, row.done, Post.objects.count()) == (ImportState.BRINGING, 4, 4)
    carrying.carry_out(row.pk, path=archive, ask=FakeOutbound().ask)
    row.refresh_from_db()
    assert (row.state, row.report["posts"], row.report["already"]) == (ImportState.DONE, 5, 0)
    assert Post.objects.count() == 5


def test_the_command_goes_on_with_the_same_file_at_once(alice: Actor, archive: Path) -> None:
    def killed(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bringing.bring_file(alice, path=archive, chosen=OPEN, moved=killed)
    row = brought(alice, archive, OPEN)
    assert (Import.objects.get(), row.report["posts"]) == (row, 5)


def test_only_one_at_a_time(alice: Actor, archive: Path) -> None:
    bringing.begin(alice, name="first", chosen=BroughtFor())
    with pytest.raises(TooMuch):
        bringing.bring_file(alice, path=archive, chosen=BroughtFor())


def test_undoing_takes_away_what_it_brought_and_no_more(alice: Actor, bob: Actor, archive: Path) -> None:
    kept = makers.post(alice, "Said here.")
    row = brought(alice, archive, OPEN)
    token = said(1).media.get().token
    like(bob, post=said(2))
    edit_post(alice, post=said(3), words=Words("Better."))
    met = {said(2).pk, said(3).pk}
    bringing.undo(alice, import_id=row.pk)
    carrying.take_away(row.pk)
    assert set(Post.objects.values_list("pk", flat=True)) == {kept.pk, *met}
    assert set(Post.objects.filter(withdrawn_at=None)) == {kept}
    assert not search.matching(Post.objects.all(), "pump").exists()
    assert not Import.objects.exists()
    assert not Media.objects.filter(token=token).exists()
    assert brought(alice, archive).report["posts"] == 5
