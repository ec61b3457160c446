"""Places made to hurt: nothing of them harms, nothing takes long, nothing unsafe is kept (done when 6)."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speak.federation.looking_up.feeds import read_feed
from speak.federation.looking_up.pages import read_html
from speak.federation.looking_up.places import MAX_ABOUT, MAX_NAME, Place, Source, State
from speak.federation.looking_up.visiting import MOST_CALLS, visit
from speak.federation.models import FarFile
from speak.kernel.errors import TooMuch
from speak.kernel.outbound import Answer
from speak.kernel.times import moment
from tests.fakes import FakeOutbound
from tests.federation.far import actor_document
from tests.federation.hostile import PATHS, PATIENCE_SECONDS, Hostile, ask, hostile_site
from tests.kernel.outbound.places import INSIDE

from .sites import HTML, document, html

SITE = "https://site.example/"
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def served(body: bytes, media_type: str = "application/rss+xml") -> Answer:
    """A body as its server calls it."""
    return Answer(200, body, SITE, {"content-type": media_type})


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The hostile site."""
    Hostile.link = f'<link rel="me" href="http://{INSIDE}:1/"><meta property="og:type" content="profile">'.encode()
    Hostile.link += f'<meta property="og:image" content="http://{INSIDE}:1/face.png"><title>Alice</title>'.encode()
    with hostile_site() as url:
        yield url


@pytest.mark.django_db
@pytest.mark.allow_hosts(["127.0.0.0/8"])
@pytest.mark.parametrize("way", PATHS)
def test_a_place_that_hurts_costs_little_and_leaves_nothing(site: str, way: str) -> None:
    began = time.monotonic()
    place = visit(f"{site}/{way}", ask=ask)
    assert time.monotonic() - began < PATIENCE_SECONDS
    if way not in {"deep", "many", "nothing"}:
        assert place == Place(f"{site}/{way}", state=place.state)
        assert not place.is_read
    assert not place.picture_print
    assert not FarFile.objects.exclude(token="").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["https://127.0.0.1/", "https://169.254.169.254/", "https://[::1]/", "@root@localhost", "https://10.1/"]
)
def test_what_is_inside_is_never_asked(address: str) -> None:
    from_outside = visit(address, ask=ask)
    assert from_outside.state in {State.NOT_ASKED, State.SILENT}


@pytest.mark.parametrize(
    "text",
    [
        "<![" * 100,
        "<a " * 9_000,
        "<a b='" * 9_000,
        "<div>" * 5_000,
        '<p class="h-card">' * 3_000,
        "<p>" * 20_000,
        '<script type="application/ld+json">' + "[" * 100_000,
        '<script type="application/ld+json">[' + "[1]," * 60_000 + "1]</script>",
        '<script type="application/ld+json">' + '{"@type":"Person","a":' * 5_000 + "1" + "}" * 5_000 + "</script>",
        "<a rel=me href=/x></a>" * 4_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_page_made_to_take_long_does_not(text: str) -> None:
    began = time.process_time()
    with contextlib.suppress(TooMuch):
        read_html(Answer(200, text.encode(), SITE, HTML))
    assert time.process_time() - began < PATIENCE_SECONDS / 4


def test_a_long_page_is_read_at_its_beginning_and_not_blamed_for_its_end() -> None:
    head = '<meta property="og:type" content="profile"><meta property="profile:first_name" content="Alice">'
    for body in ("<p>x</p>" * 20_000, "<p>" * 900):
        read = read_html(html(body, head, title="Alice"))
        assert read is not None
        assert (read.name, read.is_cut) == ("Alice", True)
    place = Place(SITE, sources=(Source.PAGE,), is_cut=True)
    assert not place.can_point


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
        b"<rss>" + b"<a>" * 10_000,
        b"<rss>" + b"<a/>" * 200_000,
        b"<html><body>no feed</body></html>",
        b"<rss><channel>",
        b"",
    ],
)
def test_a_feed_made_to_hurt_is_none(body: bytes) -> None:
    assert read_feed(served(body), url=SITE) is None


@given(st.binary(max_size=300), st.sampled_from(["application/rss+xml", "application/feed+json", "text/xml", "x/y"]))
def test_no_bytes_are_a_fault_of_ours(body: bytes, media_type: str) -> None:
    for each in (body, b'<?xml version="1.0"?><feed>' + body):
        read_feed(served(each, media_type), url=SITE)
    moment(body.decode(errors="replace"))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("Person") | st.just(SITE),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@id", "@graph", "name", "image", "url", "sameAs", "mainEntity", "datePublished"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(json_values, st.text(max_size=40))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_no_page_is_a_fault_of_ours(value: object, words: str) -> None:
    body = document(value).body.decode().replace("<", "\\u003c")
    page = (
        f'<script type="application/ld+json">{body}</script><div class="h-card"><a class="u-url" href="{words}">x</a>'
    )
    read = read_html(Answer(200, page.encode(errors="replace"), SITE, HTML))
    assert read is not None
    assert len(read.name) <= MAX_NAME
    assert all(url.startswith("http") for url in (*read.points_to, *read.links_to, read.picture_url) if url)


@pytest.mark.django_db
def test_addresses_that_would_run_or_lead_inwards_are_no_addresses() -> None:
    body = (
        '<a rel="me" href="javascript:alert(1)">x</a><a rel="me" href="data:text/html,x">x</a>'
        '<a rel="me" href="mailto:a@b.example">x</a><a rel="me" href="https://ok.example/">x</a>'
        '<div class="h-card"><img class="u-photo" src="javascript:alert(1)"><span class="p-name">Alice</span></div>'
    )
    head = '<link rel="alternate" type="application/activity+json" href="file:///etc/passwd"><base href="javascript:x">'
    place = visit(SITE, ask=FakeOutbound({SITE: html(body, head)}).ask)
    assert (place.name, place.points_to, place.picture_url) == ("Alice", ("https://ok.example/",), "")


def test_who_shows_no_picture_in_one_way_may_show_it_in_another() -> None:
    linked = '<script type="application/ld+json">{"@type": "Person", "name": "Alice", "image": "/alice.png"}</script>'
    page = html('<div class="h-card"><a class="p-name u-url" href="/">Alice</a></div>', linked)
    read = read_html(replace(page, url=SITE))
    assert read is not None
    assert read.picture_url == f"{SITE}alice.png"


@pytest.mark.django_db
def test_an_actor_that_says_script_everywhere_is_plain_words() -> None:
    uri = "https://social.example/users/alice"
    fields = [{"type": "PropertyValue", "name": EVIL, "value": f'<a href="javascript:alert(1)">{EVIL}</a>'}]
    actor = actor_document(uri, "alice", name=EVIL * 99, summary=f"<p>{EVIL * 99}</p>", attachment=fields, movedTo=EVIL)
    place = visit(uri, ask=FakeOutbound({uri: document(actor)}).ask)
    assert "<script" not in place.name
    assert (len(place.name) <= MAX_NAME, len(place.about) <= MAX_ABOUT) == (True, True)
    assert (place.points_to, place.moved_to) == ((), "")


@pytest.mark.django_db
def test_one_place_is_asked_a_dozen_things_at_most() -> None:
    """An outbox whose pages lead on for ever, feeds that are none, an actor that is another each time."""
    uri = "https://social.example/users/alice"
    outbox = {"id": f"{uri}/outbox", "type": "OrderedCollection", "first": f"{uri}/outbox?page=1"}
    outbound = FakeOutbound(
        {
            uri: document(actor_document(uri, "alice")),
            f"{uri}/outbox": document(outbox),
            f"{uri}/outbox?page=1": document({**outbox, "id": f"{uri}/outbox?page=1", "first": f"{uri}/outbox?page=2"}),
        }
    )
    place = visit(uri, ask=outbound.ask)
    assert place.is_read
    assert len(outbound.calls) <= MOST_CALLS
