"""From an address to a site that can be followed, and what is kept of it."""

import pytest

from speak.federation.discovery import resolve
from speak.federation.models import Activity, OwedMention, Site
from speak.federation.render.post import document
from speak.identity.actions import unfollow
from speak.identity.models import Actor, ActorKind, FollowState
from speak.kernel import clock
from speak.kernel.outbound import AddressRefused, TooBig
from speak.safety.models import Limit, LimitKind
from speak.voice.actions import boost, like
from speak.voice.models import Post, PostKind
from speak.voice.queries import Window, announced
from speak.voice.reach import Reach
from tests.fakes import FakeOutbound
from tests.federation.sites.feeds import BLOG, FEED, at_home, atom, blog, entry, followed, found, page, served
from tests.makers import answer, follows

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>News &amp; more</title><link>{BLOG}/news</link><description>What&nbsp;happens</description>
<language>de-DE</language><image><url>/face.png</url></image><ttl>120</ttl>
<item><title>Caf&eacute;</title><link>/one</link><guid isPermaLink="false">one</guid><category>Coffee</category>
<pubDate>Sun, 01 Mar 2026 10:00:00 +0100</pubDate><description>short</description>
<content:encoded><![CDATA[<p>Long <a href="/there">words</a></p><img src="/cup.jpg" alt="A cup">]]></content:encoded>
</item>
<item><guid>{BLOG}/two</guid><description>Only words.</description>
<enclosure url="{BLOG}/two.mp3" type="audio/mpeg" length="1"/></item></channel></rss>"""
JSON = f"""{{"version": "https://jsonfeed.org/version/1.1", "title": "A blog", "home_page_url": "{BLOG}/",
"items": [{{"id": 7, "url": "{BLOG}/7", "content_text": "One <thing>.\\n\\nAnother.", "tags": ["one", "two words"],
"date_published": "2026-03-01T12:00:00Z"}}]}}"""
H_FEED = """<div class="h-feed"><h1 class="p-name">Notes</h1>
<article class="h-entry">
<a class="u-url" href="/n/2"><time class="dt-published" datetime="2026-03-02T10:00:00Z">2</time>
</a><div class="e-content"><p>A note.</p></div></article>
<article class="h-entry"><h2 class="p-name">An article</h2><a class="u-url" href="/n/1">1</a>
<div class="e-content"><p>Its words.</p></div></article></div>"""


def test_a_site_is_followed_and_what_it_says_stands_in_the_home_timeline(alice: Actor) -> None:
    site = followed(alice, blog(entry(2), entry(1)))
    assert (site.name, site.kind, site.domain, site.url) == ("A blog", ActorKind.SERVICE, "blog.example", f"{BLOG}/")
    assert site.followers.get().state == FollowState.ACCEPTED
    newest, older = at_home(alice)
    assert (newest.title, newest.html, newest.url) == ("Entry 2", "<p>Words 2.</p>", f"{BLOG}/2")
    assert (newest.kind, newest.reach, newest.said_at.hour) == (PostKind.ARTICLE, Reach.QUIET, 14)
    assert older.title == "Entry 1"
    unfollow(alice, target=site)
    assert at_home(alice) == []


def test_it_is_not_announced_to_everybody(alice: Actor) -> None:
    followed(alice, blog(entry(1)))
    assert announced(alice, Window()) == []


@pytest.mark.parametrize("url", [f"{BLOG}/", FEED])
def test_it_is_found_by_its_page_and_by_its_feed_and_asked_once(alice: Actor, bob: Actor, url: str) -> None:
    outbound = blog(entry(1))
    site = found(alice, outbound)
    outbound.calls.clear()
    assert found(bob, outbound, url) == site
    assert outbound.calls == []


def test_an_rss_feed_is_read(alice: Actor) -> None:
    site = found(alice, FakeOutbound({FEED: served(RSS, "text/xml")}), FEED)
    assert (site.name, site.url) == ("News & more", f"{BLOG}/news")
    assert (site.about_html, site.picture_url) == ("<p>What happens</p>", f"{BLOG}/face.png")
    words, plain = Post.objects.order_by("said_at")
    assert (words.title, words.url, words.language) == ("Café", f"{BLOG}/one", "de-de")
    assert f'<p>Long <a href="{BLOG}/there"' in words.html
    assert "<img" not in words.html
    assert (words.said_at.isoformat(), words.tags.get().name) == ("2026-03-01T09:00:00+00:00", "coffee")
    assert (words.media.get().remote_url, words.media.get().description) == (f"{BLOG}/cup.jpg", "A cup")
    assert (plain.title, plain.html, plain.url, plain.kind) == ("", "<p>Only words.</p>", f"{BLOG}/two", PostKind.NOTE)
    assert plain.media.get().media_type == "audio/mpeg"


def test_a_json_feed_is_read(alice: Actor) -> None:
    found(alice, FakeOutbound({FEED: served(JSON, "application/feed+json")}), FEED)
    said = Post.objects.get()
    assert said.html == "<p>One &lt;thing&gt;.</p><p>Another.</p>"
    assert [tag.name for tag in said.tags.all()] == ["one"]


def test_a_page_without_a_feed_is_read_by_its_own_entries(alice: Actor) -> None:
    site = found(alice, FakeOutbound({f"{BLOG}/": page(body=H_FEED)}))
    assert site.name == "Notes"
    note, article = Post.objects.order_by("title")
    assert (note.title, note.html, note.url) == ("", "<p>A note.</p>", f"{BLOG}/n/2")
    assert (article.title, article.html) == ("An article", "<p>Its words.</p>")


def test_xhtml_in_atom_is_read_with_its_base(alice: Actor) -> None:
    words = (
        '<entry xml:base="https://blog.example/2026/"><id>x</id><title type="html">&lt;b&gt;Bold&lt;/b&gt;</title>'
        '<link href="one"/><updated>2026-03-01T12:00:00Z</updated><content type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>1 &lt; 2 <a href="two">two</a><br/></p></div></content></entry>'
    )
    found(alice, FakeOutbound({FEED: served(atom(words))}), FEED)
    said = Post.objects.get()
    assert (said.title, said.url) == ("Bold", f"{BLOG}/2026/one")
    assert said.html.startswith(f'<p>1 &lt; 2 <a href="{BLOG}/2026/two"')


@pytest.mark.parametrize(
    ("written", "said", "kind"),
    [
        ("shift_jis", "shift_jis", "application/xml"),
        ("utf-16", "utf-16", "application/xml"),
        ("windows-1252", "utf-8", "text/xml; charset=windows-1252"),
        ("utf-8", "no-such-thing", "application/xml"),
        ("utf-8", "hex", "application/xml; charset=hex"),
    ],
)
def test_a_feed_is_read_in_whatever_way_it_is_written(alice: Actor, written: str, said: str, kind: str) -> None:
    name = "日本" if written == "shift_jis" else "Café"
    feed = atom(entry(1), title=name).replace("?>", f' encoding="{said}"?>', 1)
    assert found(alice, FakeOutbound({FEED: served(feed.encode(written), kind)}), FEED).name == name


def test_the_second_feed_is_taken_where_the_first_cannot_be_read(alice: Actor) -> None:
    named = '<link rel="alternate" type="application/rss+xml" href="/broken">'
    named += f'<link rel="alternate" type="application/atom+xml" href="{FEED}">'
    outbound = FakeOutbound({f"{BLOG}/": page(named), f"{BLOG}/broken": served("<rss"), FEED: served(atom(entry(1)))})
    found(alice, outbound)
    assert Site.objects.get().feed_url == FEED


def test_two_feeds_of_a_server_have_names_of_their_own(alice: Actor) -> None:
    urls = [FEED, f"{BLOG}/photos.rss", f"{BLOG}/photos/rss"]
    outbound = FakeOutbound({url: served(atom(entry(1))) for url in urls})
    handles = [found(alice, outbound, url).handle for url in urls]
    assert handles == ["feed", "feed_photos_rss", "feed_photos_rss_2"]
    assert Post.objects.count() == 3


def test_only_the_newest_ten_come_at_first_and_the_others_never(alice: Actor) -> None:
    site = followed(alice, blog(*(entry(number) for number in range(30, 0, -1))))
    assert [post.title for post in at_home(alice)] == [f"Entry {number}" for number in range(30, 20, -1)]
    assert len(site.site.passed_over) == 20


def test_what_is_dated_ahead_was_said_now(alice: Actor) -> None:
    followed(alice, blog(entry(1, hours=24 * 365 * 100)))
    assert at_home(alice)[0].said_at <= clock.now()


def test_addresses_that_are_longer_than_anybody_types_are_no_trouble(alice: Actor) -> None:
    long = f"{BLOG}/{'x' * 1900}"
    feed = atom(entry(1).replace(f"{BLOG}/1", long), more="").replace(f'href="{BLOG}/"', f'href="{long}"')
    site = found(alice, FakeOutbound({FEED: served(feed)}), FEED)
    assert (site.url, site.site.page_url, Post.objects.get().url) == (long, "", long)
    assert resolve(alice, long, ask=FakeOutbound({long: served(atom(entry(1)))}).ask) is None


def test_nothing_is_found_for_a_stranger(alice: Actor) -> None:
    outbound = blog(entry(1))
    assert resolve(None, f"{BLOG}/", ask=outbound.ask) is None
    assert not Site.objects.exists()


@pytest.mark.parametrize("url", ["https://home.example/@alice/feed.atom", "https://home.example/"])
def test_nobody_follows_a_feed_of_this_server(alice: Actor, url: str) -> None:
    outbound = FakeOutbound({url: served(atom(entry(1)))})
    assert resolve(alice, url, ask=outbound.ask) is None or not Site.objects.exists()
    assert outbound.calls == []


def test_no_site_of_a_refused_server_is_read(alice: Actor) -> None:
    Limit.objects.create(domain="blog.example", kind=LimitKind.SUSPENDED, reason="spam")
    outbound = blog(entry(1))
    assert resolve(alice, f"{BLOG}/", ask=outbound.ask) is None
    assert outbound.calls == []


# --- what is done with its words ---


def test_an_answer_is_told_by_webmention_and_names_the_page(alice: Actor) -> None:
    followed(alice, blog(entry(1)))
    said = answer(alice, at_home(alice)[0])
    assert [owed.target_url for owed in OwedMention.objects.all()] == [f"{BLOG}/1"]
    told = document(said)
    assert told["inReplyTo"] == f"{BLOG}/1"
    assert told["tag"] == []


def test_nothing_is_sent_to_a_site_and_nothing_of_it_to_others(alice: Actor, dora: Actor) -> None:
    follows(dora, alice)
    site = followed(alice, blog(entry(1)))
    said = at_home(alice)[0]
    like(alice, post=said)
    boost(alice, post=said)
    unfollow(alice, target=site)
    assert [done.kind for done in Activity.objects.all()] == ["Accept"]  # to Dora


def test_what_is_passed_on_reaches_those_here(alice: Actor, bob: Actor) -> None:
    follows(bob, alice)
    followed(alice, blog(entry(1)))
    boost(alice, post=at_home(alice)[0])
    assert [post.title for post in at_home(bob)] == ["Entry 1"]


# --- hostile sites ---

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>&b;</title></feed>'
)
FILES = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>&a;</title></feed>'
)
OPEN = '<feed xmlns="http://www.w3.org/2005/Atom">'
HOSTILE = {
    "entities": LAUGHS,
    "outside entities": FILES,
    "deep": OPEN + "<a>" * 100_000,
    "wide": OPEN + "<a/>" * 100_000 + "</feed>",
    "open": "<" * 1_000_000,
    "attributes": OPEN + "<a " + " ".join(f'a{number}="1"' for number in range(50_000)) + "/>",
    "ampersands": OPEN + "&x" * 500_000,
    "nothing": "",
    "binary": "\x00\x01\x02",
    "json": '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 10_000,
    "page": "<!doctype html>" + "<p>" * 300_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_document_is_no_feed(alice: Actor, kind: str) -> None:
    outbound = FakeOutbound({FEED: served(HOSTILE[kind], "application/xml" if kind != "page" else "text/html")})
    assert resolve(alice, FEED, ask=outbound.ask) is None
    assert not Site.objects.exists()


@pytest.mark.parametrize("failure", [AddressRefused("10.0.0.1"), TooBig("endless")])
def test_what_leads_inwards_or_never_ends_is_no_feed(alice: Actor, failure: Exception) -> None:
    outbound = blog(entry(1))
    outbound.answers[FEED] = failure
    assert resolve(alice, f"{BLOG}/", ask=outbound.ask) is None


def test_script_is_taken_out_of_every_field(alice: Actor) -> None:
    script = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"
    evil = (
        f'<entry><id>{script}</id><title type="html">{script}Title</title><link href="javascript:alert(1)"/>'
        f'<category term="{script}"/><published>{script}</published><link rel="enclosure" type="image/png" '
        f'href="javascript:alert(1)"/><content type="html">{script}&lt;a href="javascript:alert(1)"&gt;x&lt;/a&gt;'
        "</content></entry>"
    )
    feed = atom(evil, more=f"<icon>javascript:alert(1)</icon><subtitle>{script}</subtitle>", title=script)
    site = found(alice, FakeOutbound({FEED: served(feed)}), FEED)
    said = Post.objects.get()
    assert said.title == "Title"
    assert "script" not in said.html
    assert "onerror" not in said.html
    assert said.url.startswith(BLOG)
    assert [media.remote_url for media in said.media.all()] in ([], [f"{BLOG}/x"])
    assert "<script" not in site.about_html
    assert "javascript" not in site.picture_url


def test_no_feed_takes_the_place_of_what_somebody_else_says(alice: Actor) -> None:
    claimed = entry(1).replace("tag:blog.example,2026:1", "https://far.example/posts/1")
    claimed = claimed.replace(f"{BLOG}/1", "https://far.example/posts/1")
    followed(alice, blog(claimed))
    said = Post.objects.get()
    assert said.uri != "https://far.example/posts/1"
    assert said.author.domain == "blog.example"
