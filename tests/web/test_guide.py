"""The guide: every chapter opens for everybody, ends in something to try, and can be read aloud."""

import re
from collections.abc import Callable
from importlib.resources import files

import pytest
from django.test import Client

from speak.identity.models import Actor
from speak.kernel.errors import NotFound
from speak.rooms.catalogue import practices
from speak.voice.sanitize import plain_text
from speak.web.guide import ORDER, Chapter, Reader, chapter_from, chapters

Browser = Callable[[Actor | None], Client]
EACH = pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.name)
FORBIDDEN = re.compile(
    r"\b(users?|contents?|engag\w*|adopt\w*|activat\w*|ROI|KPIs?|stakeholders?|leverag\w*|productivity|business)\b"
    r"|%|per cent|percent",
    re.IGNORECASE,
)
TEXT = """+++
title = "Tea"
for = "alone"
summary = "How to put the kettle on."
practice = "five-a-day"
sources = ["[A pot](https://tea.example/)"]
+++

Warm it *first*. <script>alert(1)</script>
"""
pytestmark = pytest.mark.django_db


def test_its_first_page_leads_to_every_chapter(browser_of: Browser) -> None:
    page = browser_of(None).get("/guide").content.decode()
    assert 8 <= len(chapters()) <= 10
    assert all(f'href="/guide/{chapter.name}"' in page for chapter in chapters())
    assert not FORBIDDEN.findall(plain_text(page[page.index("<main") : page.index("</main>")]))


def test_somebody_alone_who_decides_or_who_gathers_is_shown_where_to_begin(browser_of: Browser) -> None:
    page = browser_of(None).get("/guide").content.decode()
    doors = page[page.index('class="doors"') : page.index('class="chapters"')]
    assert re.findall(r'href="/guide/([^"]+)"', doors) == ["a-home-of-your-own", "you-go-first", "gathering-a-room"]


@EACH
def test_a_chapter_opens_for_a_stranger_and_ends_in_a_practice(chapter: Chapter, browser_of: Browser) -> None:
    response = browser_of(None).get(f"/guide/{chapter.name}")
    assert response.status_code == 200
    assert chapter.practice.slug in practices()
    assert f'href="/practices/{chapter.practice.slug}"' in response.content.decode()
    assert browser_of(None).get(f"/practices/{chapter.practice.slug}").status_code == 200


def test_a_chapter_opens_for_somebody_signed_in(browser_of: Browser, alice: Actor) -> None:
    assert browser_of(alice).get("/guide/first-words").status_code == 200


@EACH
def test_a_chapter_is_a_screen_or_two_in_plain_words(chapter: Chapter) -> None:
    text = plain_text(chapter.html)
    assert 250 <= len(text.split()) <= 700
    assert not FORBIDDEN.findall(f"{chapter.title} {chapter.summary} {text}")


@EACH
def test_a_chapter_credits_its_sources_with_links(chapter: Chapter) -> None:
    assert re.search(r'<a href="https?://', chapter.sources)


def test_the_guide_claims_nobodys_endorsement_and_says_what_is_not_shown() -> None:
    book = {chapter.name: chapter for chapter in chapters()}
    assert "has not endorsed it" in book["what-this-is-instead-of"].sources
    assert "Nobody has shown that beginning with leaders" in book["you-go-first"].html


def test_chapters_lead_on_to_each_other_and_back(browser_of: Browser) -> None:
    path, seen = f"/guide/{chapters()[0].name}", list[str]()
    while path:
        page = browser_of(None).get(path).content.decode()
        behind = re.search(r'rel="prev" href="/guide/([^"]+)"', page)
        assert (behind[1] if behind else None) == (seen[-1] if seen else None)
        seen.append(path.rpartition("/")[2])
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following[1] if following else ""
    assert seen == list(ORDER)


def test_every_chapter_that_was_written_is_in_the_book() -> None:
    written = {
        each.name.removesuffix(".md") for each in files("speak.web.guide").iterdir() if each.name.endswith(".md")
    }
    assert written == set(ORDER)


def test_a_chapter_that_is_not_there_is_refused_in_words(browser_of: Browser) -> None:
    response = browser_of(None).get("/guide/return-on-investment")
    assert response.status_code == 404
    assert "The guide has no such chapter." in response.content.decode()


def test_strangers_find_the_guide_at_the_door_and_at_the_bottom_of_pages(browser_of: Browser) -> None:
    assert browser_of(None).get("/").content.decode().count('href="/guide"') == 2
    assert 'href="/guide"' in browser_of(None).get("/search").content.decode()


def test_a_chapter_is_read_from_its_head_and_its_text() -> None:
    chapter = chapter_from(TEXT, name="tea", number=1)
    assert (chapter.title, chapter.reader, chapter.practice.slug) == ("Tea", Reader.ALONE, "five-a-day")
    assert "<em>first</em>" in chapter.html
    assert "<script" not in chapter.html
    assert 'href="https://tea.example/"' in chapter.sources


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('for = "alone"', 'for = "experts"'),
        ('for = "alone"', ""),
        ('title = "Tea"', 'title = ""'),
        ('title = "Tea"', 'title = "Tea'),
        ('title = "Tea"', 'title = "Tea"\nweight = 3'),
        ('sources = ["[A pot](https://tea.example/)"]', "sources = []"),
        ('practice = "five-a-day"', 'practice = "drink-it-all"'),
        ("+++\ntitle", "Once\n+++\ntitle"),
        ("+++\n", ""),
    ],
)
def test_a_chapter_with_a_wrong_head_is_not_read(good: str, bad: str) -> None:
    assert good in TEXT
    with pytest.raises((ValueError, NotFound)):
        chapter_from(TEXT.replace(good, bad), name="tea", number=1)
