"""Bringing a file by the page: chosen, sent, brought in the background, told of, undone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from speak.clients.bringing import carrying, turns, work
from speak.clients.bringing.asking import PATIENCE
from speak.clients.bringing.files import file_of
from speak.clients.models import Import, ImportState
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.tasks import do_all
from speak.voice.models import Post
from speak.voice.reach import Reach
from speak.web.tickets import MAX_BODY, WORDS_AT, most_at, ticket_for
from tests.clients.bringing.packing import files_of, photo, zipped

Browser = Callable[[Actor | None], Client]
PAGE = "/settings/bring"


@pytest.fixture
def archive(tmp_path: Path) -> bytes:
    """A Mastodon archive. What would ask other servers is not in it."""
    files = files_of("mastodon", {"media_attachments/files/109/291/original/pump.jpg": photo()})
    files = {name: data for name, data in files.items() if name not in {"likes.json", "bookmarks.json"}}
    return zipped(files, tmp_path / "archive.zip").read_bytes()


def sends(browser: Client, owner: Actor, data: bytes, **given: object) -> int:
    """Fill in the form, and send it."""
    file = SimpleUploadedFile("archive.zip", data)
    form = {"file": file, "open_as": Reach.SELF.value, **given}
    return int(browser.post(WORDS_AT + ticket_for(owner.pk), form).status_code)


def page(browser: Client) -> str:
    """What the page says."""
    got = browser.get(PAGE)
    assert got.status_code == 200
    return str(got.content.decode())


def acts(browser: Client, act: str) -> int:
    """Press one of the buttons."""
    return int(browser.post(f"{PAGE}/act", {"act": act, "import": Import.objects.get().pk}).status_code)


def test_a_file_is_brought_told_of_and_undone(alice: Actor, browser_of: Browser, archive: bytes) -> None:
    browser = browser_of(alice)
    assert ticket_for(alice.pk).partition(":")[0] in page(browser)
    assert sends(browser, alice, archive, open_as=Reach.PUBLIC.value) == 302
    assert "It waits for its turn." in page(browser)
    do_all()
    row = Import.objects.get()
    assert not file_of(row).parent.exists()
    shown = page(browser)
    for words in ("5 posts came.", "A Mastodon archive", "Passed on: words of somebody else: 1", "outbox.json[6]"):
        assert words in shown
    assert set(Post.objects.values_list("reach", flat=True)) == {Reach.PUBLIC, Reach.QUIET, Reach.SELF}
    assert acts(browser, "undo") == 302
    do_all()
    assert not Post.objects.exists()
    assert not Import.objects.exists()


def test_followers_are_a_choice_of_their_own(alice: Actor, browser_of: Browser, archive: bytes) -> None:
    sends(browser_of(alice), alice, archive, followers_too="on")
    do_all()
    assert Post.objects.filter(reach=Reach.FOLLOWERS).count() == 1


def test_one_that_breaks_off_is_refused_in_words(alice: Actor, browser_of: Browser, archive: bytes) -> None:
    browser = browser_of(alice)
    sends(browser, alice, archive[:-300])
    do_all()
    assert "This zip file is cut off" in page(browser)
    assert acts(browser, "forget") == 302
    assert not Import.objects.exists()


@pytest.mark.parametrize("given", [{"file": ""}, {"open_as": Reach.ROOM.value}, {"open_as": "everybody"}])
def test_what_cannot_be_chosen_comes_back(
    alice: Actor, browser_of: Browser, archive: bytes, given: dict[str, object]
) -> None:
    assert sends(browser_of(alice), alice, archive, **given) == 422
    assert not Import.objects.exists()


def test_one_at_a_time(alice: Actor, browser_of: Browser, archive: bytes) -> None:
    browser = browser_of(alice)
    sends(browser, alice, archive)
    assert sends(browser, alice, archive) == 422
    assert acts(browser, "go_on") == 429


def test_it_takes_turns_and_goes_on_where_it_was(
    alice: Actor, browser_of: Browser, archive: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "TURN_SECONDS", -1.0)
    monkeypatch.setattr(work, "AT_ONCE", 2)
    sends(browser_of(alice), alice, archive)
    assert do_all() == 3
    assert Import.objects.get().state == ImportState.DONE
    assert Post.objects.count() == 5


def test_what_was_left_lying_goes_on(alice: Actor, browser_of: Browser, archive: bytes) -> None:
    browser = browser_of(alice)
    sends(browser, alice, archive)
    Import.objects.update(moved_at=clock.now() - 2 * PATIENCE)
    assert "It stands still." in page(browser)
    assert acts(browser, "go_on") == 302
    do_all()
    assert "5 posts came." in page(browser)


def test_one_that_is_undone_meanwhile_stops(alice: Actor, browser_of: Browser, archive: bytes) -> None:
    browser = browser_of(alice)
    sends(browser, alice, archive)
    row = Import.objects.get()

    def undone(_done: int, _total: int) -> None:
        acts(browser, "undo")

    carrying.carry_words(row.pk, path=file_of(row), moved=undone)
    assert Import.objects.get().state == ImportState.UNDOING
    do_all()
    assert not Post.objects.exists()


def test_nobody_meets_what_somebody_else_brings(alice: Actor, bob: Actor, browser_of: Browser, archive: bytes) -> None:
    sends(browser_of(alice), alice, archive)
    other = browser_of(bob)
    assert "archive.zip" not in page(other)
    for act in ("undo", "go_on", "forget"):
        assert acts(other, act) == 404
    assert sends(other, alice, archive) == 409
    assert browser_of(None).get(PAGE).status_code == 302


def test_only_an_address_that_a_page_gave_takes_something_large(alice: Actor, settings: Settings) -> None:
    settings.SPEAK_IMPORT_MB = 100
    assert most_at(WORDS_AT + ticket_for(alice.pk)) > 100_000_000
    for path in (PAGE, WORDS_AT, f"{WORDS_AT}{alice.pk}:1:x", "/compose"):
        assert most_at(path) == MAX_BODY


def test_a_page_of_many_asks_the_database_no_more_often(
    alice: Actor, browser_of: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(15):
        Import.objects.create(owner=alice, name=f"{number}.zip", state=ImportState.DONE, report={"posts": 1})
    browser = browser_of(alice)
    page(browser)
    with django_assert_max_num_queries(8):
        assert "14.zip" in page(browser)
