"""Tags of strangers' pages: what is one, what only looks like one, and that no page takes long."""

import time

import pytest

from speak.federation.places.markup import MOST_TAGS, tags_in

NAMED = frozenset({"a"})
GOOD = '<a rel="me" href="/yes">me</a>'
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


@pytest.mark.parametrize(
    "unit", ["<!--", "<a '", "<a/", "<a href='", '<a x="', "<a x=", "<", "<a ", "<script>", "<?", "</"]
)
def test_no_page_takes_long(unit: str) -> None:
    page = GOOD + unit * (2_000_000 // len(unit))
    began = time.monotonic()
    assert hrefs(page)[0] == "/yes"
    assert time.monotonic() - began < 5  # a fraction of a second; the rest is for a machine that has much else to do


def test_of_a_page_with_more_tags_than_anybody_writes_the_first_are_read() -> None:
    assert hrefs("<p>" * (MOST_TAGS - 1) + GOOD + BAD) == ["/yes"]
