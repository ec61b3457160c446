"""What anyone can read of an account elsewhere comes here, if the account says that it is the same person."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from speak.clients import bringing
from speak.clients.bringing import carrying
from speak.clients.bringing.asking import go_on
from speak.clients.bringing.files import file_of
from speak.clients.models import Import, ImportState
from speak.identity.models import Actor
from speak.kernel.outbound import Answer, Unreachable
from speak.voice.actions import BroughtFor
from speak.voice.models import Brought, Post
from speak.voice.reach import Reach
from tests.clients.bringing.packing import photo
from tests.federation.far import PUBLIC, Document, FarServer, create

OLD, ADDRESS = "https://old.example/users/ada", "@ada@old.example"
OUTBOX, PICTURE = f"{OLD}/outbox", "https://files.old.example/pump.jpg"
OPEN = BroughtFor(Reach.PUBLIC)


def note(number: int, **members: object) -> Document:
    """A note of the old account."""
    said = {"id": f"{OLD}/statuses/{number}", "type": "Note", "attributedTo": OLD, "content": f"<p>Note {number}.</p>"}
    return {**said, "published": f"2020-01-0{number}T10:00:00Z", "to": [PUBLIC], "cc": [], **members}


@pytest.fixture
def old(db: None, browser_of: Callable[[Actor | None], Client], settings: Settings, tmp_path: Path) -> FarServer:
    """A server with an old account, in three pages; files lie in a folder of the test's own."""
    settings.SPEAK_DATA = tmp_path / "data"
    far = FarServer(browser_of(None))
    shown = {"type": "Document", "mediaType": "image/jpeg", "url": PICTURE, "name": "A pump"}
    passed_on: Document = {"id": f"{OLD}/5", "type": "Announce", "actor": OLD, "object": "https://two.example/1"}
    named_only = {**create(note(2)), "object": f"{OLD}/statuses/2"}
    pages: list[list[Document]] = [
        [passed_on, create(note(4, inReplyTo=f"{OLD}/statuses/1"))],
        [create(note(3, attachment=[shown])), named_only],
        [create(note(1))],
    ]
    far.serves(OUTBOX, {"id": OUTBOX, "type": "OrderedCollection", "first": f"{OUTBOX}?page=1", "totalItems": 5})
    for number, items in enumerate(pages, 1):
        following = {"next": f"{OUTBOX}?page={number + 1}"} if number < len(pages) else {"next": f"{OUTBOX}?page=1"}
        page: Document = {
            "type": "OrderedCollectionPage",
            "id": f"{OUTBOX}?page={number}",
            "orderedItems": items,
            **following,
        }
        far.serves(f"{OUTBOX}?page={number}", page)
    far.serves(f"{OLD}/statuses/2", note(2))
    far.outbound.answers[PICTURE] = Answer(200, photo(), headers={"content-type": "image/jpeg"})
    return far


def fetched(owner: Actor, old: FarServer, chosen: BroughtFor = OPEN) -> Import:
    """What came of it."""
    return bringing.bring_account(owner, address=ADDRESS, chosen=chosen, ask=old.outbound.ask)


def test_an_account_that_names_this_home_is_brought(alice: Actor, old: FarServer) -> None:
    old.serves_actor(OLD, "ada", alsoKnownAs=[alice.uri])
    row = fetched(alice, old)
    assert row.state == ImportState.DONE, row.refused
    posts = {brought.key: brought.post for brought in Brought.objects.select_related("post__in_reply_to")}
    assert set(posts) == {f"{OLD}/statuses/{number}" for number in range(1, 5)}
    assert [post.said_at.day for post in Post.objects.order_by("id")] == [1, 2, 3, 4]
    assert posts[f"{OLD}/statuses/4"].in_reply_to == posts[f"{OLD}/statuses/1"]
    assert posts[f"{OLD}/statuses/3"].media.get().description == "A pump"
    assert row.report["read"]["counts"] == {"passed_on": 1}
    assert not file_of(row).parent.exists()
    again = fetched(alice, old)
    assert (again.report["posts"], again.report["already"]) == (0, 4)


def test_one_whose_profile_links_here_is_brought_too(alice: Actor, old: FarServer) -> None:
    link = {"type": "PropertyValue", "name": "Home", "value": f'<a href="{alice.url}" rel="me">{alice.url}</a>'}
    old.serves_actor(OLD, "ada", url=OLD, attachment=[link])
    assert fetched(alice, old).state == ImportState.DONE
    assert Post.objects.count() == 4


@pytest.mark.parametrize("names", [[], ["https://home.example/@bob"], ["https://evil.example/"]])
def test_one_that_does_not_say_so_is_refused(alice: Actor, bob: Actor, old: FarServer, names: list[str]) -> None:
    old.serves_actor(OLD, "ada", alsoKnownAs=names)
    row = fetched(alice, old)
    assert row.state == ImportState.REFUSED
    assert row.refused.startswith("@ada@old.example does not say that it is you.")
    assert not Post.objects.exists()
    assert OUTBOX not in old.asked


def test_words_of_others_in_the_outbox_stay_out(alice: Actor, old: FarServer) -> None:
    old.serves_actor(OLD, "ada", alsoKnownAs=[alice.uri])
    theirs = {**create(note(1, attributedTo="https://old.example/users/bob")), "actor": OLD}
    old.serves(f"{OUTBOX}?page=3", {"type": "OrderedCollectionPage", "orderedItems": [theirs]})
    row = fetched(alice, old)
    assert Post.objects.count() == 3
    assert row.report["read"]["counts"]["others"] == 1


def test_it_goes_on_from_the_page_where_their_server_fell_silent(alice: Actor, old: FarServer) -> None:
    old.serves_actor(OLD, "ada", alsoKnownAs=[alice.uri])
    page = old.outbound.answers[f"{OUTBOX}?page=3"]
    old.outbound.answers[f"{OUTBOX}?page=3"] = Unreachable("gone fishing")
    row = fetched(alice, old)
    assert (row.state, row.refused) == (
        ImportState.GATHERING,
        "Its server does not answer any more. Go on with it later.",
    )
    assert not bringing.is_under_way(row)
    old.outbound.answers[f"{OUTBOX}?page=3"] = page
    old.outbound.calls.clear()
    go_on(alice, import_id=row.pk)
    carrying.carry_home(row.pk, path=file_of(row), ask=old.outbound.ask)
    assert f"{OUTBOX}?page=2" not in old.asked
    carrying.carry_words(row.pk, path=file_of(row))
    row.refresh_from_db()
    assert row.state == ImportState.DONE
    assert Post.objects.count() == 4


def test_nobody_there_is_said(alice: Actor, old: FarServer) -> None:
    assert "Nobody was found at “@ada@old.example”." in fetched(alice, old).refused


def test_the_page_takes_an_address(alice: Actor, browser_of: Callable[[Actor | None], Client]) -> None:
    browser = browser_of(alice)
    assert browser.post("/settings/bring", {"address": "", "shown_to": 0}).status_code == 422
    assert browser.post("/settings/bring", {"address": ADDRESS, "shown_to": Reach.FOLLOWERS.value}).status_code == 302
    row = Import.objects.get()
    assert (row.is_account, row.state, row.open_as) == (True, ImportState.GATHERING, Reach.FOLLOWERS)
    assert "It is fetched from there" in browser.get("/settings/bring").content.decode()
