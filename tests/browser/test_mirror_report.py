"""The mirror's report as people open it: on a phone, at a desk, light and dark, and on paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from speak.mirror.engines import opened
from speak.mirror.ledger import Ledger
from speak.mirror.looking import look
from speak.mirror.report import Read
from speak.web.shown.mirror import report_page
from tests.browser.barriers import barriers
from tests.mirror.talk import put, seeded
from tests.mirror.test_properties import lively

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with every kind of picture in it."""
    folder = tmp_path_factory.mktemp("report")
    talk = lively(seeded(1))
    assert talk.people
    with opened() as engine:
        put(engine, talk)
        read = Read("Marram House", "slack", len(talk.said), {"notices of programs": 3}, ("It was cut off.",))
        made = look(engine, talk.people, read=read, ledger=Ledger(folder / "ledger", key=b"of nobody"))
    page = report_page(made)
    assert all(f'class="{picture}"' in page for picture in ("bars", "curve", "weeks", "people"))
    file = folder / "report.html"
    file.write_text(page, encoding="utf-8")
    return file


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_bars_nobody_and_nothing_is_cut_off(
    report: Path, open_window: Callable[..., Page], width: int, scheme: str
) -> None:
    page = open_window(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page.goto(report.as_uri())
    assert not barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_on_paper_nothing_is_lost(report: Path, open_window: Callable[..., Page]) -> None:
    page = open_window(viewport={"width": 700, "height": 900}, color_scheme="dark")
    page.goto(report.as_uri())
    page.emulate_media(media="print", color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") == 700
    for finding in page.locator(".finding").all():
        assert finding.locator("h2").is_visible()
        assert finding.locator(".try").is_visible()
        assert finding.locator("dd").first.is_visible()


def test_every_picture_stands_beside_its_words(report: Path, open_window: Callable[..., Page]) -> None:
    page = open_window()
    page.goto(report.as_uri())
    for finding in page.locator(".finding").all():
        assert finding.locator(".found").count()
        if finding.locator(".bars").count():
            assert finding.locator("table tbody tr").count() >= finding.locator(".bar").count()
    for picture in page.locator("svg[role=img]").all():
        assert picture.locator("title").text_content()
