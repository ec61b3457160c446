"""What remains of HTML from elsewhere."""

import pytest

from speak.voice.sanitize import plain_text, sanitize


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
