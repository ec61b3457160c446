"""Tags of strangers' pages: what is one, what only looks like one, and that no page takes long."""

import time

import pytest
from bs4 import BeautifulSoup

from speak.federation.documents.markup import MOST_TAGS, mended, tags_in

NAMED = frozenset({"a"})
GOOD = '<a rel="me" href="/yes">me</a>'
HURTING = ("<!--", "<a '", "<a/", "<a href='", '<a x="', "<a x=", "<", "<a ", "<script>", "<?", "</")
BAD = "<a rel=me href=/no>"


def hrefs(text: str) -> list[str]:
    return [tag.attributes.get("href", "") for tag in tags_in(text, named=NAMED)]


@pytest.mark.parametrize(
    ("tag", "href"),
    [
        ("<a href=/x>", "/x"),
        ("<A HREF='/x' rel=\"NoFollow  me\">", "/x"),
        ('<a\nrel=me\thref = "/x?a=1&amp;b=2"/>', "/x?a=1&b=2"),
        ('<a/rel="me"/href=/x>', "/x"),
        ("<a href='/x' href='/y'>", "/x"),
        ("<a title=it's href=/x>", "/x"),
        ("<a don't href=/x>", "/x"),
        ("<a title=\"a > b\" href='/x'>", "/x"),
        ("<a hidden>", ""),
        ("1 < 2 <a href=/x>", "/x"),
    ],
)
def test_a_tag_is_read_however_it_is_written(tag: str, href: str) -> None:
    assert hrefs(tag) == [href]


@pytest.mark.parametrize(
    "decoy",
    [
        f"<!-- {BAD} -->",
        f"<!-- > {BAD} --!>",
        f"<script>const a = '{BAD}'</script>",
        f"<SCRIPT>{BAD}</ScRiPt >",
        f"<style>{BAD}</style>",
        f"<textarea>{BAD}</textarea>",
        f"<title>{BAD}</title>",
        f'<p title="{BAD}">',
        f"<p data-x='{BAD}'>",
        "<abbr rel=me href=/no>",
        "</a rel=me href=/no>",
        "&lt;a rel=me href=/no&gt;",
    ],
)
def test_what_only_looks_like_a_tag_is_none(decoy: str) -> None:
    assert hrefs(f"{decoy}{GOOD}") == ["/yes"]


@pytest.mark.parametrize("end", ["<!-- ", "<script>", "<p title='"])
def test_what_never_ends_reaches_to_the_end(end: str) -> None:
    assert hrefs(f"{GOOD}{end}{BAD}") == ["/yes"]


@pytest.mark.parametrize("unit", HURTING)
def test_no_page_takes_long(unit: str) -> None:
    page = GOOD + unit * (2_000_000 // len(unit))
    began = time.monotonic()
    assert hrefs(page)[0] == "/yes"
    assert time.monotonic() - began < 5  # a fraction of a second; the rest is for a machine that has much else to do


@pytest.mark.parametrize(
    ("page", "read"),
    [
        ("<!doctype html><!-- x --><?x?><p>1 < 2 & 3</p>", "<p>1 &lt; 2 & 3</p>"),
        ("<title>a <b> c</title><p title='<i>'>", "<title>a &lt;b> c</title><p title='<i>'>"),
        ('<script>"</p>" <!-- x </SCRIPT >y', '<script>"<\\/p>" <!-- x </SCRIPT >y'),
        ("<textarea><a/<a/", "<textarea>&lt;a/&lt;a/"),
        ("a<b>c<!-- d", "a<b>c"),
        ("a<b>c<a/<a/", "a<b>c"),
        ("a<b>c</a", "a<b>c"),
        ("<", "&lt;"),
        ("", ""),
    ],
)
def test_a_mended_page_has_nothing_that_begins_and_never_ends(page: str, read: str) -> None:
    assert mended(page) == read
    assert mended(read) == read


@pytest.mark.parametrize("unit", [*HURTING, "<!-- >", "<![CDATA[>", "</a x='"])
def test_a_page_that_hurts_pythons_parser_does_not_once_it_is_mended(unit: str) -> None:
    page = f"<p>Hello</p>{unit * 9_000}{' ' * 500_000}"
    began = time.monotonic()
    assert BeautifulSoup(mended(page), "html.parser").get_text().startswith("Hello")
    assert time.monotonic() - began < 5


def test_of_a_page_with_more_tags_than_anybody_writes_the_first_are_read() -> None:
    assert hrefs("<p>" * (MOST_TAGS - 1) + GOOD + BAD) == ["/yes"]
