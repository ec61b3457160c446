"""Files that somebody made to harm: they are refused, or come as the harmless words they hold, and take no time."""

import json
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from speak.clients import bringing
from speak.clients.models import ImportState
from speak.identity.models import Actor
from speak.voice.actions import BroughtFor
from speak.voice.models import Brought, Post
from tests.clients.bringing.packing import brought, counts, files_of, refused, zipped

DEEP = "<blockquote>" * 5000 + "deep" + "</blockquote>" * 5000
NASTY = [
    "<a/" * 30_000,
    "<img " * 5_000,
    "&" * 100_000,
    DEEP,
    f"<img src=x>{DEEP}",
    "<a class=mention href=//[>@b</a>" * 500,
    "<p>" * 6_000,
    "[caption" * 20_000,
    "\0<p>a\ud800</p>",
]


def rss(html: str, title: str = "T") -> str:
    """A feed with these words in it."""
    words = escape(html.replace("\0", "").encode("utf-8", "replace").decode())
    item = f"<item><guid>1</guid><title>{title}</title><pubDate>Sat, 07 Sep 2002 00:00:01 GMT</pubDate>"
    return f"<rss version='2.0'><channel>{item}<description>{words}</description></item></channel></rss>"


@pytest.mark.parametrize("html", NASTY, ids=[f"{html[:12]!r} of {len(html)}" for html in NASTY])
def test_words_made_to_hurt_take_no_time(alice: Actor, tmp_path: Path, html: str) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss(html))
    begun = time.monotonic()
    row = bringing.bring_file(alice, path=path, chosen=BroughtFor())
    assert row.state == ImportState.DONE
    assert time.monotonic() - begun < 5
    assert all("<script" not in post.html for post in Post.objects.all())


def test_names_that_lead_out_of_the_file_lead_nowhere(alice: Actor, tmp_path: Path) -> None:
    secret = tmp_path / "secret.jpg"
    secret.write_bytes(b"secret")
    files = files_of("mastodon")
    outbox = json.loads(files["outbox.json"])
    outbox["orderedItems"][0]["object"]["attachment"][0]["url"] = "../secret.jpg"
    files["outbox.json"] = json.dumps(outbox).encode()
    row = brought(alice, zipped({**files, "../secret.jpg": b"x", "/etc/x.jpg": b"x"}, tmp_path / "a.zip"))
    assert counts(row)["picture_missing"] == 1


def test_a_bomb_is_not_opened(alice: Actor, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("outbox.json", b'{"orderedItems":[' + b" " * 80_000_000 + b"]}")
    assert "far more than its size allows" in refused(alice, path)


def test_a_picture_that_is_none_leaves_the_words(alice: Actor, tmp_path: Path) -> None:
    name = "media_attachments/files/109/291/original/pump.jpg"
    row = brought(alice, zipped(files_of("mastodon", {name: b"\xff\xd8 nothing"}), tmp_path / "a.zip"))
    assert counts(row)["picture_broken"] == 1
    assert Post.objects.count() == 5


def test_what_is_too_long_is_told_and_the_rest_comes(alice: Actor, tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "1", "content_text": "x" * 500_000, "date_published": "2019-02-03T04:05:06Z"},
            {"id": "2" * 3000, "content_text": "short", "date_published": "9999-12-31T23:59:59-12:00"},
            {"id": "3", "content_text": "fine", "date_published": "2999-01-01T00:00:00Z", "language": "x" * 90},
            {"id": "4", "content_text": "old", "date_published": "0002-01-01T00:00:00Z", "title": "t" * 900},
        ],
    }
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(feed))
    row = brought(alice, path)
    assert counts(row) == {"too_long": 1, "no_time": 1}
    future, past = (Brought.objects.get(key=key).post for key in ("3", "4"))
    assert future.said_at <= future.created_at
    assert (past.said_at.year, len(past.title)) == (2, 300)
