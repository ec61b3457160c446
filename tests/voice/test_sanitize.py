"""What remains of HTML from elsewhere."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speak.voice.sanitize import ATTRIBUTES, DROPPED_WHOLE, SCHEMES, TAGS, plain_text, sanitize

# What has been used to get past sanitizers: broken nesting, foreign content, odd spaces, entities.
SHARP = [
    "<script>", "</script>", "<svg>", "</svg>", "<math>", "<mtext>", "<style>", "</style>", "<template>", "<noscript>",
    "<p ", "<a ", "<img ", "<iframe ", "<span class='h-card' ", ">", "</p>", "</a>", "/>", "<!--", "-->", "<![CDATA[",
    "onclick=", "onerror='x()'", ' onload="x()"', "href=", 'href="java\tscript:x()"', "href='JaVaScRiPt:x()'",
    "href=&#106;avascript:x()", "href='data:text/html,x'", "href='vbscript:x'", "href='//evil.example'", "src=x",
    "srcdoc='<script>x()</script>'", "style='x:expression(y)'", "xlink:href='javascript:x()'",
    "formaction=javascript:x",
    "&lt;script&gt;", "\0", "'", '"', "`", "=", " ", "x()", "<ruby>", "<ol start=1 ", "<table><tr>", "<select><b>",
]  # fmt: skip
sharp_html = st.lists(st.sampled_from(SHARP) | st.text(max_size=5), max_size=25).map("".join)


class Remains(HTMLParser):
    """Every tag and attribute that a page would hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str, str]] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name, value or "") for name, value in attrs}


def test_ordinary_words_stay_as_they_are() -> None:
    html = "<p>Good <strong>morning</strong>,<br>world.</p><ul><li>one</li></ul>"
    assert sanitize(html) == html


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<script>alert(1)</script>Hi", "Hi"),
        ("<style>p{}</style>Hi", "Hi"),
        ('<p onclick="alert(1)">Hi</p>', "<p>Hi</p>"),
        ('<p style="position:fixed">Hi</p>', "<p>Hi</p>"),
        ('<a href="javascript:alert(1)">Hi</a>', '<a rel="nofollow noopener noreferrer">Hi</a>'),
        ('<a href="data:text/html,x">Hi</a>', '<a rel="nofollow noopener noreferrer">Hi</a>'),
        ('<img src="x" onerror="alert(1)">Hi', "Hi"),
        ('<iframe src="https://evil.example"></iframe>Hi', "Hi"),
        ("<svg><script>alert(1)</script></svg>Hi", "Hi"),
        ("<form><input name=password></form>Hi", "Hi"),
        ("<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>Hi", "Hi"),
        ("<p>Hi", "<p>Hi</p>"),
        ('<a href="/people/act">Hi</a>', '<a rel="nofollow noopener noreferrer">Hi</a>'),
        ('<a href="//evil.example">Hi</a>', '<a rel="nofollow noopener noreferrer">Hi</a>'),
    ],
)
def test_nothing_that_acts_remains(raw: str, clean: str) -> None:
    assert sanitize(raw) == clean


def test_links_vouch_for_nobody() -> None:
    clean = sanitize('<a href="https://far.example/" rel="me" target="_blank">there</a>')
    assert clean == '<a href="https://far.example/" rel="nofollow noopener noreferrer">there</a>'


def test_only_classes_that_mean_something_elsewhere_stay() -> None:
    clean = sanitize('<span class="h-card mention post whole invisible">x</span><p class="acts">y</p>')
    assert clean == '<span class="h-card mention invisible">x</span><p>y</p>'


def test_cleaning_twice_changes_nothing_more() -> None:
    once = sanitize("<p>1 < 2 & <b>3</b> <a href='https://a.example/?x=1&y=2'>z</a>")
    assert sanitize(once) == once


def test_plain_text_keeps_lines_and_no_tags() -> None:
    assert plain_text("<p>One<br>two</p><p>1 &lt; 2 &amp; 3</p>") == "One\ntwo\n1 < 2 & 3"


@given(sharp_html)
def test_whatever_is_sent_only_what_is_allowed_remains(raw: str) -> None:
    remains = Remains(sanitize(raw))
    assert remains.tags <= TAGS
    assert not remains.tags & DROPPED_WHOLE
    for tag, name, value in remains.attributes:
        assert name in ATTRIBUTES.get(tag, set()) | ATTRIBUTES["*"] | {"rel"}, (tag, name)
        assert name != "href" or urlsplit(value).scheme in SCHEMES, value


@given(sharp_html)
def test_whatever_is_sent_cleaning_it_twice_changes_nothing_more(raw: str) -> None:
    once = sanitize(raw)
    assert sanitize(once) == once
