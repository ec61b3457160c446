"""What is read from a page of strangers."""

import contextlib
import time

import pytest

from speak.federation.models import MentionKind
from speak.federation.webmention.page import Said, read_page, text_of
from speak.kernel.errors import TooMuch
from speak.kernel.outbound import Answer

from .site import HERE, PAGE, html

TARGET = f"{HERE}/@alice/1"


def said(body: str) -> Said:
    page = read_page(html(body, url=PAGE))
    assert page is not None
    return page.said(TARGET)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("u-in-reply-to", MentionKind.REPLY),
        ("u-like-of", MentionKind.LIKE),
        ("u-repost-of", MentionKind.REPOST),
        ("u-bookmark-of", MentionKind.BOOKMARK),
        ("u-url", MentionKind.MENTION),
    ],
)
def test_what_it_is_to_what_it_links_to(name: str, kind: MentionKind) -> None:
    assert said(f'<div class="h-entry"><a class="{name}" href="{TARGET}">x</a></div>').kind == kind
    cited = f'<div class="h-entry"><div class="{name} h-cite"><a class="u-url" href="{TARGET}">x</a></div></div>'
    assert said(cited).kind == kind


def test_of_several_entries_the_one_that_answers_speaks() -> None:
    found = said(
        '<div class="h-feed"><div class="h-entry"><p class="e-content">Another.</p></div>'
        f'<div class="h-entry"><a class="u-in-reply-to" href="{TARGET}">x</a><p class="e-content">This.</p></div></div>'
    )
    assert found.html == "This."


def test_an_article_has_a_title_and_a_note_has_none() -> None:
    article = said(
        '<div class="h-entry"><h1 class="p-name">On boats</h1><div class="e-content"><p>Long.</p></div></div>'
    )
    assert (article.title, article.html) == ("On boats", "<p>Long.</p>")
    assert said('<div class="h-entry"><p class="p-name e-content">Short.</p></div>').title == ""


def test_a_page_without_microformats_has_its_title() -> None:
    assert said("<title> A  page </title><p>Words.") == Said(title="A page")


def test_who_wrote_it_may_stand_beside_the_entry() -> None:
    assert (
        said('<a class="h-card" href="/">Erin</a><div class="h-entry"><p class="e-content">x</p></div>').author_name
        == "Erin"
    )
    assert said('<div class="h-entry"><b class="p-author">Erin E.</b></div>').author_name == "Erin E."


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a>"


def test_script_in_every_field_is_shown_by_none() -> None:
    found = said(
        f'<div class="h-entry"><h1 class="p-name">T {SCRIPT}</h1>'
        f'<div class="p-author h-card"><b class="p-name">N {SCRIPT}</b>'
        f'</div><time class="dt-published" datetime="{"9" * 400}">x</time>'
        f'<div class="e-content"><p class="h-card button main" style="position:fixed" id="x">Hello {SCRIPT}'
        f'<a class="u-url h-entry" href="https://site.example/">y</a></p></div></div>'
    )
    assert "script" not in found.html
    assert "onerror" not in found.html
    assert "javascript" not in found.html
    assert "class" not in found.html
    assert "style" not in found.html
    assert "<" not in found.author_name.replace("<script>", "")
    assert found.said_at is None
    assert 'rel="nofollow noopener noreferrer"' in found.html


def test_long_words_are_cut_to_how_they_begin() -> None:
    found = said(f'<div class="h-entry"><div class="e-content">{"<p>word</p>" * 1500}</div></div>')
    assert len(found.html) < 2000
    assert found.html.endswith("…</p>")
    assert len(said(f'<div class="h-entry"><b class="p-author">{"n" * 9000}</b></div>').author_name) == 200


@pytest.mark.parametrize(
    ("named", "body", "text"),
    [
        ("text/html; charset=iso-8859-1", b"caf\xe9", "café"),
        ('text/html; charset="UTF-8"', "café".encode(), "café"),
        ("text/html", b'<meta charset="iso-8859-1">caf\xe9', '<meta charset="iso-8859-1">café'),
        ("text/html", b"caf\xe9", "caf\ufffd"),
        ("text/html; charset=rot13", b"caf", "caf"),
        ("text/html; charset=nonsense", b"caf", "caf"),
    ],
)
def test_it_is_read_in_the_letters_it_is_written_in(named: str, body: bytes, text: str) -> None:
    assert text_of(Answer(200, body, headers={"content-type": named})) == text


@pytest.mark.parametrize(
    "body",
    [
        "<b>" * 10_001,
        "<div>" * 300,
        "<div class='h-entry'>" * 20 + "x",
        "<div class='e-content p-name'>" * 30 + "x",
        "<!--" * 20_000,
    ],
)
def test_a_page_made_to_hurt_is_refused(body: str) -> None:
    with pytest.raises(TooMuch):
        said(body)


@pytest.mark.parametrize(
    "body",
    [
        "<div class='h-entry'>" * 6 + "<p class='e-content p-name p-summary'>" * 6 + "x" * 1_000_000,
        "<a href=x class=h-card>y</a>" * 4_900,
        "<p class='h-entry e-content'>x</p>" * 4_900,
        "&" * 1_000_000,
        "<!--" * 9_999,
        "<a " + "x=y " * 100_000 + ">",
        "<a " * 9_999,
        "<![" * 9_999,
    ],
)
def test_the_worst_that_is_read_takes_no_more_than_seconds(body: str) -> None:
    began = time.process_time()
    with contextlib.suppress(TooMuch):
        said(body)
    assert time.process_time() - began < 10
