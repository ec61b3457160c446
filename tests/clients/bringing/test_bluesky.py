"""A repository of Bluesky: what is named in its tree, as its hashes say."""

import hashlib
from pathlib import Path
from typing import Any

import libipld
import pytest
from django.utils.dateparse import parse_datetime

from speak.identity.models import Actor
from speak.voice.actions import BroughtFor
from speak.voice.models import Brought, Post
from speak.voice.reach import Reach
from tests.clients.bringing.car_files import DID, repository
from tests.clients.bringing.packing import brought, counts, photo, refused, zipped

POST = "app.bsky.feed.post"
PICTURE = b"\x01\x55\x12\x20" + hashlib.sha256(photo()).digest()
OPEN = BroughtFor(Reach.PUBLIC)


def facet(text: str, words: str, **feature: str) -> dict[str, Any]:
    """A part of a text that is more than words."""
    start = len(text[: text.index(words)].encode())
    return {"index": {"byteStart": start, "byteEnd": start + len(words.encode())}, "features": [feature]}


def record(text: str, at: str, **more: object) -> dict[str, Any]:
    """A post, as the lexicon describes it."""
    return {"$type": POST, "text": text, "createdAt": at, "langs": ["en"], **more}


def uri(key: str, did: str = DID) -> str:
    """The address of a post in the protocol."""
    return f"at://{did}/{POST}/{key}"


@pytest.fixture
def car() -> bytes:
    """As “Export my data” gives it."""
    words = "Tëa at the pump.app with @bob.example #tea"
    facets = [
        facet(words, "pump.app", uri="https://pump.app/"),
        facet(words, "@bob.example", did="did:plc:bob"),
        facet(words, "#tea", tag="tea"),
        facet(words, "at", uri="javascript:alert(1)"),
    ]
    blob = {"$type": "blob", "ref": PICTURE, "mimeType": "image/jpeg", "size": 1}
    images = {"$type": "app.bsky.embed.images", "images": [{"alt": "A pump", "image": blob}]}
    quoted = {"$type": "app.bsky.embed.record", "record": {"uri": uri("9", "did:plc:bob"), "cid": "bafy"}}
    both = {"$type": "app.bsky.embed.recordWithMedia", "record": quoted, "media": images}
    own, other = ({"parent": {"uri": uri(*of), "cid": ""}, "root": {}} for of in (("3ka",), ("5", "did:plc:bob")))
    return repository(
        {
            "app.bsky.actor.profile/self": {"$type": "app.bsky.actor.profile", "displayName": "Ada"},
            f"{POST}/3ka": record(words, "2024-02-03T04:05:06.789Z", facets=facets, embed=images),
            f"{POST}/3kb": record("It <runs>.\n\nAgain.", "2024-02-03T05:00:00Z", reply=own, embed=both),
            f"{POST}/3kc": record("Yes.", "2024-02-03T06:00:00+02:00", reply=other),
            f"{POST}/3kd": {"$type": POST, "text": 7},
            "app.bsky.feed.repost/3ke": {"$type": "app.bsky.feed.repost", "subject": {"uri": uri("1", "did:plc:bob")}},
        }
    )


@pytest.fixture
def path(tmp_path: Path, car: bytes) -> Path:
    """The file."""
    path = tmp_path / "repo.car"
    path.write_bytes(car)
    return path


def said(key: str) -> Post:
    """The post that stands for a record."""
    return Brought.objects.select_related("post").get(key=uri(key)).post


def test_the_exact_posts_arrive(alice: Actor, path: Path) -> None:
    row = brought(alice, path, OPEN)
    first, second, third = said("3ka"), said("3kb"), said("3kc")
    rel = 'rel="nofollow noopener noreferrer"'
    assert first.html == (
        f'<p>Tëa at the <a href="https://pump.app/" {rel}>pump.app</a> with '
        f'<a href="https://bsky.app/profile/did:plc:bob" class="u-url mention" {rel}>@<span>bob.example</span></a>'
        " #tea</p>"
    )
    assert first.source == "Tëa at the pump.app with @bob.example@bsky.app #tea"
    assert first.said_at == parse_datetime("2024-02-03T04:05:06.789Z")
    assert (first.language, [tag.name for tag in first.tags.all()]) == ("en", ["tea"])
    assert (second.in_reply_to, second.thread_id) == (first, first.thread_id)
    assert second.html.startswith("<p>It &lt;runs&gt;.</p><p>Again.</p>")
    assert "https://bsky.app/profile/did:plc:bob/post/9" in second.html
    assert third.in_reply_to_uri == "https://bsky.app/profile/did:plc:bob/post/5"
    assert counts(row) == {"passed_on": 1, "no_post": 1, "shape": 1, "picture_missing": 2}
    again = brought(alice, path)
    assert (again.report["posts"], again.report["already"]) == (0, 3)


def test_pictures_come_from_beside_it(alice: Actor, car: bytes, tmp_path: Path) -> None:
    files = {"repo.car": car, f"blobs/{libipld.encode_cid(PICTURE)}.jpg": photo()}
    row = brought(alice, zipped(files, tmp_path / "bluesky.zip"))
    assert said("3ka").media.get().description == "A pump"
    assert "picture_missing" not in counts(row)


@pytest.mark.parametrize("part", [0.05, 0.5, 0.98])
def test_what_breaks_off_is_refused(alice: Actor, path: Path, car: bytes, part: float) -> None:
    path.write_bytes(car[: int(len(car) * part)])
    assert "“repo.car” breaks off" in refused(alice, path)


def test_what_was_changed_on_its_way_is_refused(alice: Actor, path: Path, car: bytes) -> None:
    path.write_bytes(car.replace(b"Again.", b"Never."))
    assert "“repo.car” breaks off" in refused(alice, path)
