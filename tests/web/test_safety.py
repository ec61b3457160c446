"""Reporting to one person one chooses, hearing reports, limits: as pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity.actions import let_run_server
from speak.identity.models import Actor, NotificationKind
from speak.safety.models import Limit, LimitKind, Report
from speak.voice.reach import Reach
from tests import makers
from tests.safety.telling import hears, limits, tells
from tests.web.reading import text_of

pytestmark = pytest.mark.django_db
Browser = Callable[[Actor | None], Client]


@pytest.fixture
def helen(db: None) -> Actor:
    """She hears reports."""
    return hears(makers.person("helen"))


@pytest.fixture
def operator(alice: Actor) -> Actor:
    """Alice, who runs the place."""
    let_run_server(alice)
    return Actor.objects.select_related("user").get(pk=alice.pk)


def test_a_report_is_handed_to_the_one_who_was_chosen(
    browser_of: Browser, bob: Actor, carol: Actor, helen: Actor
) -> None:
    said = makers.post(bob, "Be quiet, all of you.", reach=Reach.NAMED, to=(carol,))
    browser = browser_of(carol)
    page = text_of(browser.get(f"/report?post={said.pk}"))
    for words in ("Report Bob", "Be quiet, all of you.", "A few people, by name", "Helen (@helen@home.example)"):
        assert words in page
    answer = browser.post(
        f"/report?post={said.pk}", {"words": "He shouted.", "posts": str(said.pk), "handler": str(helen.pk)}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/safety/mine")
    assert "Helen reads it, and nobody else" in text_of(browser.get("/safety/mine"))
    report = Report.objects.get()
    helens = browser_of(helen)
    assert "A report waits for you" in text_of(helens.get("/notifications"))
    for path in ("/safety", f"/safety/reports/{report.pk}"):
        assert "He shouted." in text_of(helens.get(path))
        assert "Be quiet, all of you." in text_of(helens.get(path))
    assert helens.get(said.path).status_code == 404


def test_a_report_that_comes_back_still_holds_the_words(
    browser_of: Browser, bob: Actor, carol: Actor, helen: Actor
) -> None:
    answer = browser_of(carol).post("/report?actor=@bob", {"words": "He shouted."})
    assert answer.status_code == 422
    assert "He shouted." in text_of(answer)
    assert not Report.objects.exists()


def test_there_is_a_way_to_report_beside_every_post_and_on_every_profile_but_ones_own(
    browser_of: Browser, bob: Actor, carol: Actor, dora: Actor
) -> None:
    said, own = makers.post(bob), makers.post(carol)
    browser = browser_of(carol)
    assert f'href="/report?post={said.pk}"' in text_of(browser.get(said.path))
    assert "/report?" not in text_of(browser.get(own.path))
    assert 'href="/report?actor=%40bob%40home.example"' in text_of(browser.get("/@bob"))
    assert 'href="/report?actor=%40dora%40far.example"' in text_of(browser.get(dora.path))
    assert "/report?" not in text_of(browser_of(None).get(said.path))
    assert browser.get("/report?actor=@carol").status_code == 422
    assert browser.get("/report?actor=@nobody_there").status_code == 404
    assert browser.get("/report").status_code == 422


def test_a_stranger_is_asked_to_sign_in(browser_of: Browser) -> None:
    for path in ("/report?actor=@bob", "/safety", "/safety/people", "/safety/mine", "/safety/log", "/safety/limits"):
        assert browser_of(None).get(path).status_code == 302


def test_where_nobody_can_hear_it_the_page_says_so_and_what_to_do(
    browser_of: Browser, carol: Actor, helen: Actor
) -> None:
    browser = browser_of(carol)
    page = text_of(browser.get("/report?actor=@helen"))
    for words in ("nobody here who could hear a report about Helen", "block them", "take back what you said"):
        assert words in page
    assert browser.post("/report?actor=@helen", {"words": "She shouted."}).status_code == 302
    assert "It waits until whoever runs this place names somebody" in text_of(browser.get("/safety/mine"))


def test_their_server_can_be_told_where_they_have_another(
    browser_of: Browser, bob: Actor, carol: Actor, dora: Actor, helen: Actor
) -> None:
    browser = browser_of(carol)
    assert "Tell their server, far.example, too" in text_of(browser.get("/report?actor=@dora@far.example"))
    assert "Tell their server" not in text_of(browser.get("/report?actor=@bob"))
    form = {"words": "She shouted.", "handler": str(helen.pk), "is_forwarded": "on"}
    assert browser.post("/report?actor=@dora@far.example", form).status_code == 302
    assert Report.objects.get().is_forwarded


def test_a_report_is_given_to_somebody_else_and_taken_back(
    browser_of: Browser, bob: Actor, carol: Actor, helen: Actor
) -> None:
    hugo = hears(makers.person("hugo"))
    report = tells(carol, helen, bob)
    browser = browser_of(carol)
    assert browser.post(f"/safety/reports/{report.pk}/choose", {"handler": str(hugo.pk)}).status_code == 302
    report.refresh_from_db()
    assert report.handler == hugo
    assert browser.post(f"/safety/reports/{report.pk}/choose", {"handler": str(bob.pk)}).status_code == 302
    report.refresh_from_db()
    assert report.handler == hugo
    assert browser_of(helen).post(f"/safety/reports/{report.pk}/withdraw").status_code == 404
    assert browser.post(f"/safety/reports/{report.pk}/withdraw").status_code == 302
    assert "It was taken back." in text_of(browser.get("/safety/mine"))


def test_a_decision_is_read_by_its_reporter_and_in_the_log_without_them(
    browser_of: Browser, bob: Actor, carol: Actor, helen: Actor
) -> None:
    report = tells(carol, helen, bob)
    hugo = hears(makers.person("hugo"))
    helens = browser_of(helen)
    path = f"/safety/reports/{report.pk}"
    assert helens.post(path, {"outcome": "spoke"}).status_code == 422
    assert helens.post(path, {"outcome": "silenced", "why": "Loud."}).status_code == 422
    form = {"outcome": "silenced", "why": "Thrice too loud.", "reason": "Lower your voice.", "days": "7"}
    assert helens.post(path, form).status_code == 302
    limit = Limit.objects.get()
    assert (limit.actor, limit.kind, limit.until is not None) == (bob, "silenced", True)
    assert "Thrice too loud." in text_of(browser_of(carol).get("/safety/mine"))
    log = text_of(browser_of(hugo).get("/safety/log"))
    assert "Thrice too loud." in log
    assert "Carol" not in log
    bobs = text_of(browser_of(bob).get("/safety/mine"))
    assert "Lower your voice." in bobs
    assert "Thrice too loud." not in bobs
    assert "Carol" not in bobs


def test_a_report_is_handed_back(browser_of: Browser, bob: Actor, carol: Actor, helen: Actor) -> None:
    report = tells(carol, helen, bob)
    helens = browser_of(helen)
    assert helens.post(f"/safety/reports/{report.pk}/hand-back").status_code == 302
    assert helens.get(f"/safety/reports/{report.pk}").status_code == 404
    assert "There is news of" in text_of(browser_of(carol).get("/notifications"))


def test_somebody_is_asked_says_yes_and_stands_there_openly(
    browser_of: Browser, operator: Actor, bob: Actor, carol: Actor
) -> None:
    runs, asked = browser_of(operator), browser_of(carol)
    assert "Nobody hears reports here yet" in text_of(browser_of(bob).get("/safety/people"))
    assert runs.post("/safety/people", {"do": "name", "address": "@nobody_there"}).status_code == 422
    assert runs.post("/safety/people", {"do": "name", "address": "@carol"}).status_code == 302
    assert "You are asked to" in text_of(asked.get("/notifications"))
    assert "Carol" not in text_of(browser_of(bob).get("/safety/people"))
    assert asked.post("/safety/people", {"do": "accept", "sentence": "On Tuesdays."}).status_code == 302
    page = text_of(browser_of(bob).get("/safety/people"))
    assert "Carol" in page
    assert "On Tuesdays." in page
    assert "Ask somebody to hear reports" not in page
    assert asked.post("/safety/people", {"do": "end"}).status_code == 302
    assert "On Tuesdays." not in text_of(browser_of(bob).get("/safety/people"))


def test_only_who_runs_the_place_asks_and_ends(browser_of: Browser, bob: Actor, carol: Actor, helen: Actor) -> None:
    browser = browser_of(bob)
    browser.post("/safety/people", {"do": "name", "address": "@carol"})
    assert not hasattr(Actor.objects.get(pk=carol.pk), "hears_reports")
    assert browser.post("/safety/people", {"do": "remove", "address": "@helen"}).status_code == 403
    assert browser.post("/safety/people", {"do": "dance"}).status_code == 422
    assert hasattr(Actor.objects.get(pk=helen.pk), "hears_reports")


def test_limits_are_set_and_lifted_by_who_may(
    browser_of: Browser, operator: Actor, bob: Actor, carol: Actor, helen: Actor
) -> None:
    form = {"about": "far.example", "kind": "suspended", "reason": "Nothing but noise."}
    assert browser_of(carol).get("/safety/limits").status_code == 403
    assert browser_of(carol).post("/safety/limits", form).status_code == 403
    for person in (operator, helen):
        browser = browser_of(person)
        assert browser.post("/safety/limits", {**form, "about": "home.example"}).status_code == 422
        assert browser.post("/safety/limits", {**form, "about": person.address}).status_code == 422
        assert browser.post("/safety/limits", form).status_code == 302
        assert "Nothing but noise." in text_of(browser.get("/safety/limits"))
        limit = Limit.objects.latest("pk")
        assert browser_of(carol).post(f"/safety/limits/{limit.pk}/lift").status_code == 403
        assert browser.post(f"/safety/limits/{limit.pk}/lift").status_code == 302
        assert browser.post(f"/safety/limits/{limit.pk}/lift").status_code == 404


def test_somebody_suspended_is_there_for_themselves_and_reads_why(
    browser_of: Browser, bob: Actor, carol: Actor
) -> None:
    said = makers.post(bob, "Good morning.")
    limits(bob, LimitKind.SUSPENDED, reason="You shouted.")
    for other in (carol, None):
        assert browser_of(other).get("/@bob").status_code == 404
        assert browser_of(other).get(said.path).status_code == 404
        assert browser_of(other).get("/@bob/feed.atom").status_code == 404
    bobs = browser_of(bob)
    assert bobs.get("/@bob").status_code == 200
    assert bobs.get(said.path).status_code == 200
    assert "You cannot speak here at present." in text_of(bobs.post("/compose", {"words": "I!", "audience": "60"}))
    assert "You shouted." in text_of(bobs.get("/safety/mine"))
    assert bobs.post(f"/said/{said.pk}/withdraw").status_code == 302


def test_whoever_is_reported_sees_no_trace_on_any_page(
    browser_of: Browser, operator: Actor, carol: Actor, helen: Actor
) -> None:
    """Every page about safety of somebody who hears reports, before and after a report about themselves."""
    hugo = hears(makers.person("hugo"))
    helens = browser_of(helen)
    paths = ("/safety", "/safety/log", "/safety/limits", "/safety/people", "/safety/mine", "/notifications", "/")

    def seen() -> dict[str, str]:
        return {path: _without_tokens(text_of(helens.get(path))) for path in paths}

    seen()  # that she was asked to hear reports is news the first time
    before = seen()
    report = tells(carol, hugo, helen, "She shouted.")
    assert seen() == before
    browser_of(hugo).post(f"/safety/reports/{report.pk}", {"outcome": "spoke", "why": "She will not."})
    assert seen() == before
    assert not helen.notifications.filter(kind=NotificationKind.REPORT).exists()
    unknown = f"/safety/reports/{report.pk + 1}"
    for path in ("", "/hand-back", "/choose", "/withdraw"):
        ours, theirs = (helens.post(f"{each}{path}") for each in (f"/safety/reports/{report.pk}", unknown))
        assert ours.status_code == theirs.status_code == 404
        assert _without_tokens(text_of(ours)) == _without_tokens(text_of(theirs))


def test_who_runs_the_place_and_hears_no_reports_sees_nothing(
    browser_of: Browser, operator: Actor, bob: Actor, carol: Actor, helen: Actor
) -> None:
    report = tells(carol, helen, bob, "He shouted.")
    browser = browser_of(operator)
    for path in ("/safety/people", "/safety/mine", "/safety/limits", "/notifications", "/"):
        assert "He shouted." not in text_of(browser.get(path))
    assert browser.get("/safety")["Location"] == "/safety/people"
    assert browser.get("/safety/log").status_code == 403
    assert browser.get(f"/safety/reports/{report.pk}").status_code == 404
    assert browser.post(f"/safety/reports/{report.pk}", {"outcome": "nothing", "why": "Oh."}).status_code == 404
    report.refresh_from_db()
    assert report.is_open


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
