"""From what somebody types to what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speak.voice.sanitize import sanitize
from speak.voice.text import Named, Rendered, render, render_lines, spoken_names

HERE = "home.example"
KNOWN = {
    ("bob", ""): Named(2, "https://home.example/@bob", "bob"),
    ("dora", "far.example"): Named(4, "https://far.example/@dora", "dora"),
}


def shown(source: str, *, is_article: bool = False) -> Rendered:
    """The source as it is shown."""
    return render(source, is_article=is_article, known=KNOWN, tag_url="https://home.example/tags/", here=HERE)


def test_a_note_is_lines_links_names_and_tags() -> None:
    said = shown("Hello @bob,\nsee https://a.example/x #Garden\n\n*not bold*")
    assert said.actor_ids == (2,)
    assert said.tags == ("garden",)
    assert '<a href="https://home.example/@bob" class="u-url mention"' in said.html
    assert '<a href="https://a.example/x"' in said.html
    assert '<a href="https://home.example/tags/garden" class="mention hashtag"' in said.html
    assert "<br>" in said.html
    assert "*not bold*" in said.html
    assert said.html.count("<p>") == 2


def test_an_article_is_markdown() -> None:
    said = shown("# Spring\n\nIt *is* `here`.\n\n- one\n- two, @dora@far.example", is_article=True)
    assert "<h1>Spring</h1>" in said.html
    assert "<em>is</em>" in said.html
    assert "<li>one</li>" in said.html
    assert said.actor_ids == (4,)


@pytest.mark.parametrize("source", ["<b>x</b>", "<script>alert(1)</script>", '<img src=x onerror="y">'])
@pytest.mark.parametrize("is_article", [False, True])
def test_typed_html_is_shown_as_typed(source: str, *, is_article: bool) -> None:
    html = shown(source, is_article=is_article).html
    assert "&lt;" in html
    assert "<script" not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    "source", ["mail bob@home.example", "me@bob", "/@bob", "#@bob", "a#tag", "&#35;", "#123", "@nobody", "@"]
)
def test_what_only_looks_like_a_name_or_a_tag_is_neither(source: str) -> None:
    said = shown(source)
    assert said.actor_ids == ()
    assert said.tags == ()


@pytest.mark.parametrize("source", [".@bob", "(@bob)", "Well,@bob!", "“@bob”", "@bob's", "&@bob\n@bob", "—@BOB"])
def test_a_name_is_a_name_whatever_stands_around_it(source: str) -> None:
    assert spoken_names(source, here=HERE) == [("bob", "")]
    assert shown(source).actor_ids == (2,)


def test_names_inside_code_and_links_are_left_alone() -> None:
    said = shown("`@bob #tag` and [see @bob](https://a.example)", is_article=True)
    assert said.actor_ids == ()
    assert said.tags == ()


def test_a_picture_in_markdown_calls_nobody_elsewhere() -> None:
    assert "<img" not in shown("![x](https://spy.example/pixel.png)", is_article=True).html


def test_names_are_found_once_in_order_and_lower_case() -> None:
    found = spoken_names("@Bob @dora@FAR.example @bob@home.example x@y.example", here=HERE)
    assert found == [("bob", ""), ("dora", "far.example")]


@given(st.text(max_size=300), st.booleans())
def test_whatever_is_typed_is_clean_already(source: str, is_article: bool) -> None:  # noqa: FBT001 - Hypothesis gives it
    html = shown(source, is_article=is_article).html
    assert sanitize(html) == html


WRITTEN = ["@bob", "@dora@far.example", "@Bob@HOME.example", "#tag", "#9", " ", "\n", ".", "(", ")", "_", "/", "-", "`",
           "x", "[", "](", "https://a.example/@bob", "bob@far.example", "*", "&", "é", "@"]  # fmt: skip


@given(st.lists(st.sampled_from(WRITTEN), max_size=12).map("".join), st.booleans())
def test_nobody_is_named_who_was_not_looked_up(source: str, is_article: bool) -> None:  # noqa: FBT001 - Hypothesis gives it
    said = shown(source, is_article=is_article)
    looked_up = set(spoken_names(source, here=HERE))
    assert set(said.actor_ids) <= {KNOWN[name].actor_id for name in looked_up & KNOWN.keys()}
    assert said.html.count('class="u-url mention"') >= len(said.actor_ids)


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_name_and_a_tag_that_stand_alone_are_found_amid_any_words(before: str, after: str) -> None:
    said = shown(f"{before} @bob #garden {after}")
    assert 2 in said.actor_ids
    assert "garden" in said.tags


def test_a_few_lines_that_name_nobody_have_paragraphs_lines_and_links() -> None:
    shown = render_lines("@bob mends boats,\n<b>all</b> year.\n\nSee https://boats.example #tides ")
    link = '<a href="https://boats.example" rel="nofollow noopener noreferrer">https://boats.example</a>'
    lines = "<p>@bob mends boats,<br>\n&lt;b&gt;all&lt;/b&gt; year.</p>"
    assert shown == f"{lines}\n<p>See {link} #tides</p>"
    assert render_lines("") == ""
