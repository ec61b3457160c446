"""Promise 15: Safe from the first room.

Block, leave, withdraw, report to a named human; whoever is reported never handles the report. Bob has reported carol;
she, who hears reports as well, looks for it on every page, sends every form by hand, and asks by app and by post.
"""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity.actions import block
from speak.identity.models import Actor, Notification
from speak.rooms.models import Membership
from speak.safety import rules
from speak.safety.models import Decision, Limit, LimitKind, Report
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests.federation.far import FarServer, create, does, note
from tests.makers import far_person, follows, person, post
from tests.promises.doors import calls, forms_on, pages_for, seen_on, undone
from tests.promises.house import House, app_of
from tests.rooms.meeting import say
from tests.safety.telling import hears, limits, tells

Browser = Callable[[Actor | None], Client]
ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
BY = re.compile(r'<div class="post-author p-author h-card">.*?href="/@([^"]+)"', re.DOTALL)
SECRET = "She shouts."
MARK = "I will not be quiet."


@pytest.fixture
def reported(house: House) -> House:
    """Carol, whom bob has reported to olga, hears reports herself."""
    hears(house.carol)
    return house


def of_safety() -> list[object]:
    """Everything that is kept of reports and limits."""
    return [list(kind.objects.order_by("pk").values()) for kind in (Report, Decision, Limit)]


def test_whoever_is_reported_finds_no_trace_of_it_on_any_page(reported: House, browser_of: Browser) -> None:
    for who in (reported.carol, reported.alice, None):
        opened = dict(pages_for(browser_of(who), reported.paths))
        assert opened
        for name, page in opened.items():
            assert SECRET not in page, name
        assert "safety_report" not in opened
    assert not Notification.objects.filter(recipient=reported.carol, kind__startswith="report").exists()
    assert SECRET in browser_of(reported.olga).get(reported.paths["safety_report"]).content.decode()


def test_no_form_made_by_hand_lets_whoever_is_reported_touch_it(reported: House, browser_of: Browser) -> None:
    carol, before = browser_of(reported.carol), of_safety()
    pages = [path for path in reported.paths.values() if "/safety/reports/" in path]
    assert len(pages) > 3
    given = {"handler": str(reported.carol.pk), "why": "No.", "words": "No.", "reason": "No.", "do": "decide"}
    for path in pages:
        for kind in ("nothing", "dismissed", "limited", "suspended", "warned", ""):
            with undone(carol):
                carol.post(path, {**given, "kind": kind, "outcome": kind, "decision": kind})
                assert of_safety() == before, path


def test_nobody_is_offered_the_one_they_report_nor_can_send_it_there(reported: House, browser_of: Browser) -> None:
    bob = browser_of(reported.bob)
    page = bob.get("/report?actor=@carol").content.decode()
    offered = re.findall(r'name="handler" value="(\d+)"', page)
    assert str(reported.olga.pk) in offered
    assert str(reported.carol.pk) not in offered
    before = of_safety()
    bob.post("/report?actor=@carol", {"words": "Again.", "handler": str(reported.carol.pk)})
    bob.post(reported.paths["safety_choose"], {"handler": str(reported.carol.pk)})
    assert of_safety() == before
    bob.post("/report?actor=@carol", {"words": "Again.", "handler": str(reported.olga.pk)})
    assert Report.objects.latest("pk").handler == reported.olga


def test_no_app_shows_or_changes_a_report(reported: House) -> None:
    carol, before = app_of(reported.carol), of_safety()
    for method, path in calls(reported.stands_for):
        with undone(carol):
            body = "" if method == "GET" else json.dumps({"id": reported.stands_for["report_id"]})
            answer = carol.generic(method, path, body, content_type="application/json")
            assert SECRET not in answer.content.decode(errors="replace"), path
            assert of_safety() == before, path


def test_a_complaint_from_another_server_never_goes_to_whom_it_is_about(far: FarServer) -> None:
    dora, helen, hugo = far_person("dora"), hears(person("helen")), person("hugo")
    flag = {**does(dora, "Flag", [helen.uri]), "content": SECRET}
    assert far.post(dora, flag).status == 202
    assert Report.objects.get().handler is None
    hears(hugo)
    assert Report.objects.get().handler == hugo
    assert not Notification.objects.filter(recipient=helen, kind__startswith="report").exists()


def test_nobody_limits_themselves_free(reported: House, browser_of: Browser) -> None:
    limit = limits(reported.carol, LimitKind.SUSPENDED)
    browser_of(reported.carol).post(f"/safety/limits/{limit.pk}/lift", {"reason": "I say so.", "why": "I say so."})
    limit.refresh_from_db()
    assert limit.lifted_at is None
    assert not rules.may_limit(hears_reports=True, runs_this_server=True, is_about_self=True)


def test_beside_everything_another_said_on_any_page_one_can_report_it(house: House, browser_of: Browser) -> None:
    met = set()
    for name, page in pages_for(browser_of(house.bob), house.paths):
        for article in ARTICLE.findall(page):
            author = BY.search(article)
            if author and 'class="act"' in article:
                met.add(name)
                assert ("/report?post=" in article) == (author[1] != "bob"), (name, article[:200])
    assert {"room", "post", "profile"} <= met
    for other in (house.alice, house.carol, house.dora):
        assert "/report?actor=" in browser_of(house.bob).get(other.path).content.decode()


def test_who_blocks_is_reached_through_no_door_any_more(
    far_and_pages: FarServer, house: House, browser_of: Browser
) -> None:
    dora = far_person("erin")
    follows(house.alice, dora)
    for other in (house.carol, dora):
        block(house.alice, blocked=other)
    before = Notification.objects.filter(recipient=house.alice).count()
    tag = {"type": "Mention", "href": house.alice.uri, "name": "@alice@home.example"}
    far_and_pages.post(dora, create(note(dora, content=f"<p>@alice {MARK}</p>", tag=[tag], cc=[house.alice.uri])))
    far_and_pages.post(dora, does(dora, "Follow", house.alice.uri))
    far_and_pages.post(dora, does(dora, "Like", house.open_post.uri, name="like"))
    carol = browser_of(house.carol)
    carol.post("/compose", {"words": f"@alice {MARK}", "audience": "60", "do": "say"})
    carol.post("/compose", {"words": MARK, "audience": "10", "named": "@alice", "do": "say"})
    answered = {"words": MARK, "audience": "thread", "answers": str(house.open_post.pk), "do": "say"}
    carol.post("/compose", answered)
    carol.post("/people/act", {"address": "alice", "act": "follow"})
    app_of(house.carol).post(f"/api/v1/accounts/{house.alice.pk}/follow")
    assert Notification.objects.filter(recipient=house.alice).count() == before
    assert not house.alice.followers.filter(follower__in=(house.carol, dora)).exists()
    alice = browser_of(house.alice)
    for path in ("/", "/notifications", house.open_post.path, "/search?q=quiet"):
        assert MARK not in seen_on(alice.get(path).content.decode()), path


def test_who_is_in_a_room_for_a_minute_leaves_withdraws_and_blocks(house: House, browser_of: Browser) -> None:
    said = say(house.bob, house.room, "No longer mine to say here.")
    bob = browser_of(house.bob)
    room = bob.get(f"/rooms/{house.room.pk}").content.decode()
    assert f'href="/rooms/{house.room.pk}/leave"' in room
    bob.post(f"/said/{said.pk}/withdraw")
    bob.post("/people/act", {"address": "alice", "act": "block"})
    bob.post(f"/rooms/{house.room.pk}/leave", {"words": "take"})
    assert not Membership.objects.filter(room=house.room, actor=house.bob, left_at=None).exists()
    assert not Post.objects.filter(author=house.bob, room=house.room.pk, withdrawn_at=None).exists()
    assert house.bob.blocks.filter(blocked=house.alice).exists()
    assert bob.get("/report?actor=@alice").status_code == 200


def test_reporting_opens_to_nobody_what_was_said_to_few(house: House, browser_of: Browser) -> None:
    said = post(house.carol, MARK, reach=Reach.NAMED, to=(house.bob,))
    report = tells(house.bob, house.olga, house.carol, posts=[said])
    assert browser_of(house.olga).get(said.path).status_code == 404
    assert MARK in browser_of(house.olga).get(f"/safety/reports/{report.pk}").content.decode()
    assert browser_of(house.alice).get(f"/safety/reports/{report.pk}").status_code in {403, 404}


def test_every_page_of_a_room_leads_out_of_it(house: House, browser_of: Browser) -> None:
    bob = browser_of(house.bob)
    page = bob.get(f"/rooms/{house.room.pk}/leave").content.decode()
    assert [form for form in forms_on(page) if form.method == "post" and "words" in form.fields]
