"""What somebody takes along: everything of theirs, nothing of others, whole, and for them alone (promise 9)."""

import hashlib
import json
import re
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from speak.clients import archive
from speak.federation.webmention.keeping import block_site
from speak.identity.actions import block, replace_links
from speak.identity.models import Actor
from speak.rooms.actions import keep_paper
from speak.voice.actions import (
    DraftWords,
    Words,
    add_picture,
    edit_post,
    keep,
    keep_draft,
    like,
    publish_post,
    withdraw_post,
)
from speak.voice.audience import Audience
from speak.voice.reach import Reach
from tests import makers
from tests.fakes import FakeOutbound
from tests.federation.webmention import site


@pytest.fixture
def path(own_data: Path) -> Path:
    """Where the file is to stand."""
    return own_data / "all.zip"


def packed(owner: Actor, path: Path) -> dict[str, bytes]:
    """Every file of what somebody takes along, by its name."""
    archive.make(owner, path)
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def everything(owner: Actor, path: Path) -> dict[str, Any]:
    """Our own words in it."""
    return known_in(packed(owner, path))


def known_in(files: dict[str, bytes]) -> dict[str, Any]:
    """The same, of files that are packed already."""
    found: dict[str, Any] = json.loads(files["home.json"])
    return found | {"posts": json.loads(files["posts.json"])}


@pytest.mark.parametrize("reach", list(Reach))
def test_every_audience_is_in_it_and_nothing_that_stays_here_is_addressed_to_others(
    alice: Actor, bob: Actor, path: Path, reach: Reach
) -> None:
    said = makers.post(alice, "Between us.", reach=reach, to=(bob,) if reach in {Reach.NAMED, Reach.ROOM} else ())
    files = packed(alice, path)
    post = next(each for each in json.loads(files["posts.json"]) if each["uri"] == said.uri)
    assert (post["source"], post["audience"]) == ("Between us.", reach.name.lower())
    create = next(each for each in json.loads(files["outbox.json"])["orderedItems"] if each["object"]["id"] == said.uri)
    if reach in {Reach.SELF, Reach.ROOM, Reach.HERE}:
        assert create["to"] == create["object"]["to"] == [alice.uri]
        assert not create["object"]["cc"]


def test_pictures_drafts_wordings_and_private_papers_are_in_it(alice: Actor, path: Path) -> None:
    media = add_picture(alice, data=makers.picture(), description="A pump")
    said = publish_post(alice, words=Words("Helo."), audience=Audience(Reach.HERE), media=[media])
    edit_post(alice, post=said, words=Words("Hello."))
    keep_draft(alice, content=DraftWords(Words("Perhaps."), Audience(Reach.SELF)))
    keep_paper(alice, practice="letter-from-later", paper={"words": "Dear me"})
    replace_links(alice, links=[("Site", "https://alice.example/")])
    files = packed(alice, path)
    known = known_in(files)
    (post,) = (each for each in known["posts"] if each["uri"] == said.uri)
    assert [each["source"] for each in post["earlier"]] == ["Helo."]
    assert post["media"][0]["description"] == "A pump"
    assert files[post["media"][0]["file"]]
    assert [draft["source"] for draft in known["drafts"]] == ["Perhaps."]
    assert known["practices"][0]["paper"] == {"words": "Dear me"}
    assert known["places"] == [{"label": "Site", "url": "https://alice.example/"}]
    note = json.loads(files["outbox.json"])["orderedItems"][0]["object"]
    assert note["attachment"][0]["url"] == post["media"][0]["file"]


def test_of_others_only_addresses_are_in_it(alice: Actor, bob: Actor, path: Path) -> None:
    theirs = makers.post(bob, "Words of Bob alone.")
    like(alice, post=theirs)
    keep(alice, post=theirs)
    makers.answer(alice, theirs, "Mine.")
    files = packed(alice, path)
    assert not [name for name, data in files.items() if b"Words of Bob alone" in data]
    assert theirs.uri.encode() in files["likes.json"]
    assert theirs.uri.encode() in files["bookmarks.csv"]


def test_what_sites_said_is_in_it_by_its_address_alone_and_which_are_not_heard(alice: Actor, path: Path) -> None:
    said = makers.post(alice, "The tide is in.", reach=Reach.PUBLIC)
    site.sends(site.PAGE, said.url)
    site.worker_reads(FakeOutbound({site.PAGE: site.reply_to(said.url, words="Words of Erin alone.")}))
    block_site(alice, "loud.example")
    files = packed(alice, path)
    known = known_in(files)
    assert known["said_by_sites"] == [{"from": site.PAGE, "to": said.url, "kind": "reply", "is_shown": False}]
    assert known["sites_not_heard"] == ["loud.example"]
    assert not [name for name, data in files.items() if b"Words of Erin" in data]


def test_what_was_taken_back_is_not_in_it(alice: Actor, path: Path) -> None:
    said = makers.post(alice, "A slip of the tongue.")
    withdraw_post(alice, post=said)
    assert not [name for name, data in packed(alice, path).items() if b"slip of the tongue" in data]


def test_every_file_in_it_has_its_checksum(alice: Actor, path: Path) -> None:
    makers.post(alice)
    files = packed(alice, path)
    lines = [line.split("  ", 1) for line in files.pop("SHA256SUMS").decode().splitlines()]
    sums = {name: digest for digest, name in lines}
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def test_nobody_else_on_the_machine_can_read_it(alice: Actor, path: Path) -> None:
    archive.make(alice, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_its_pages_lead_to_each_other_and_run_nothing(alice: Actor, path: Path) -> None:
    media = add_picture(alice, data=makers.picture(), description="A pump")
    publish_post(alice, words=Words("<script>alert(1)</script>"), audience=Audience(Reach.SELF), media=[media])
    files = packed(alice, path)
    pages = {name: data.decode() for name, data in files.items() if name.endswith(".html")}
    assert len(pages) == 2
    for html in pages.values():
        assert "<script" not in html
        for address in re.findall(r'(?:href|src)="([^"#]+)"', html):
            assert address.startswith("https://home.example/") or address in files


def test_whom_one_blocks_is_taken_along_as_others_take_it_in(alice: Actor, bob: Actor, path: Path) -> None:
    block(alice, blocked=bob)
    makers.follows(alice, makers.person("erin"))
    files = packed(alice, path)
    assert files["blocked_accounts.csv"] == b"bob@home.example\r\n"
    assert files["following_accounts.csv"].splitlines()[1] == b"erin@home.example,true,false,"


def test_it_takes_as_many_queries_however_much_was_said(alice: Actor, path: Path) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            archive.make(alice, path)
        return len(captured)

    said = [makers.post(alice, reach=reach) for reach in (Reach.PUBLIC, Reach.HERE)]
    few = queries()
    makers.copies(said, until=30)
    assert queries() == few
