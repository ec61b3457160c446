"""What somebody wrote in a blog: WordPress's export, and feeds of every make."""

from pathlib import Path

import pytest
from django.utils.dateparse import parse_datetime
from pytest_django import Settings

from speak.clients import bringing
from speak.clients.models import ImportState
from speak.identity.models import Actor
from speak.kernel import blobs
from speak.kernel.outbound import Answer
from speak.voice.actions import BroughtFor
from speak.voice.models import Brought, Post, PostKind
from speak.voice.reach import Reach
from tests.clients.bringing.packing import PLACE, WIRE, brought, counts, cut_off, photo, refused, zipped

OPEN = BroughtFor(Reach.PUBLIC)
WXR = WIRE / "wordpress" / "ada.WordPress.2024-01-01.xml"
FEEDS = WIRE / "feeds"
BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss version="2.0"><channel><item><guid>1</guid><description>&b;</description></item></channel></rss>"""


def said(key: str) -> Post:
    """The post of this key."""
    return Brought.objects.select_related("post").get(key=key).post


def test_a_blog_of_wordpress(alice: Actor) -> None:
    row = brought(alice, WXR, OPEN)
    article, note = said("https://ada.example/?p=12"), said("https://ada.example/?p=14")
    assert Post.objects.count() == 2
    assert (article.kind, article.title, article.reach) == (PostKind.ARTICLE, "How a pump is mended", Reach.PUBLIC)
    assert article.said_at == parse_datetime("2012-03-01T09:30:00Z")
    assert article.edited_at == parse_datetime("2012-03-02T09:30:00Z")
    assert "<p>First <strong>take it apart</strong>.</p>" in article.html
    assert '<a href="https://ada.example/wp-content/uploads/pump.jpg"' in article.html
    assert "[caption" not in article.html
    assert article.source.startswith("First **take it apart**.")
    assert [tag.name for tag in article.tags.all()] == ["pumpsandvalves"]
    assert (note.kind, note.html, note.reach) == (PostKind.NOTE, "<p>It runs.</p><p>And I am tired.</p>", Reach.SELF)
    assert counts(row) == {"others": 1, "no_post": 1, "draft": 1, "picture_elsewhere": 1}
    assert row.format == "wordpress"


def test_pictures_of_a_blog_come_from_where_they_lie(alice: Actor, settings: Settings, tmp_path: Path) -> None:
    settings.SPEAK_DATA = tmp_path
    address = "https://ada.example/wp-content/uploads/pump.jpg"
    row = brought(alice, WXR, OPEN, answers={address: Answer(200, photo())})
    article = said("https://ada.example/?p=12")
    shown = article.media.get()
    assert shown.description == "The pump, open"
    assert PLACE.encode() not in blobs.path_of(shown.token).read_bytes()
    assert address not in article.html
    assert "picture_elsewhere" not in counts(row)
    assert not list((tmp_path / "brought").iterdir())


def test_an_atom_feed(alice: Actor) -> None:
    row = brought(alice, FEEDS / "atom.xml", OPEN)
    first, second = said("tag:ada.example,2010:post-1"), said("tag:ada.example,2010:post-2")
    assert (second.title, second.in_reply_to, second.thread_id) == ("Rain & wind", first, first.thread_id)
    assert "<p>It <em>rains</em>.</p>" in second.html
    assert second.said_at == parse_datetime("2010-05-02T10:00:00Z")
    assert [tag.name for tag in second.tags.all()] == ["weather"]
    assert first.html == "<p>Dry so far.</p>"
    assert counts(row) == {"no_time": 1}


def test_an_rss_feed_of_two_people_asks_who_one_is(alice: Actor) -> None:
    path = FEEDS / "rss.xml"
    assert "Say under which name you wrote: Ada, Bob." in refused(alice, path)
    row = bringing.bring_file(alice, path=path, chosen=OPEN, wrote_as="ada")
    assert row.state == ImportState.DONE
    assert [(post.title, post.html) for post in Post.objects.all()] == [("Valves", "<p>They stick&nbsp;again.</p>")]
    assert counts(row) == {"others": 1}


def test_a_json_feed(alice: Actor) -> None:
    brought(alice, FEEDS / "feed.json", OPEN)
    note, article = said("https://ada.example/n/1"), said("2")
    assert note.html == "<p>Tea &lt;first&gt;.</p><p>Then the pump.</p>"
    assert (note.language, [tag.name for tag in note.tags.all()]) == ("en", ["teatime"])
    assert (article.title, article.kind) == ("On tea", PostKind.ARTICLE)


@pytest.mark.parametrize("path", [WXR, FEEDS / "atom.xml", FEEDS / "feed.json"], ids=lambda path: path.name)
def test_a_second_time_adds_nothing_and_half_a_file_is_refused(alice: Actor, tmp_path: Path, path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    first = brought(alice, copy)
    again = brought(alice, copy)
    assert (again.report["posts"], again.report["already"]) == (0, first.report["posts"])
    Post.objects.all().delete()
    assert "breaks off" in refused(alice, cut_off(copy))


def test_several_files_of_a_large_blog_come_in_one_zip(alice: Actor, tmp_path: Path) -> None:
    data = WXR.read_bytes()
    files = {"ada.000.xml": data, "ada.001.xml": data.replace(b"?p=1", b"?p=2")}
    brought(alice, zipped(files, tmp_path / "ada.zip"))
    assert Post.objects.count() == 4


def test_no_entity_is_expanded_and_nothing_deep_is_built(alice: Actor, tmp_path: Path) -> None:
    deep = f"<rss><channel><item>{'<b>' * 500}{'</b>' * 500}</item></channel></rss>"
    for number, words in enumerate((BOMB, deep)):
        path = tmp_path / f"{number}.xml"
        path.write_text(words)
        assert "breaks off, or is not what its name says" in refused(alice, path)


def test_what_blogger_gives_is_read_without_its_pages_and_comments(alice: Actor, tmp_path: Path) -> None:
    def entry(number: int, kind: str, more: str = "") -> str:
        scheme = "http://schemas.google.com/g/2005#kind"
        return (
            f"<entry><id>tag:blogger.com,1999:post-{number}</id><published>2008-01-0{number}T10:00:00Z</published>"
            f'<category scheme="{scheme}" term="http://schemas.google.com/blogger/2008/kind#{kind}"/>'
            f'<title>T</title><content type="html">Words</content>{more}</entry>'
        )

    draft = '<app:control xmlns:app="http://purl.org/atom/app#"><app:draft>yes</app:draft></app:control>'
    path = tmp_path / "blog-01-01-2024.xml"
    entries = entry(1, "settings") + entry(2, "post") + entry(3, "comment") + entry(4, "post", draft)
    path.write_text(f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>')
    row = brought(alice, path)
    assert [post.said_at.day for post in Post.objects.all()] == [2]
    assert counts(row) == {"no_post": 1, "others": 1, "draft": 1}
