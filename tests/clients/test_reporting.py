"""Reports, quotes and embedded words, by an app."""

import pytest
from django.test import Client

from speak.identity.models import Actor
from speak.safety.actions import accept_handling, name_handler
from speak.safety.models import Report
from speak.voice.reach import Reach
from tests import makers
from tests.clients.apps import App, app_of


def test_a_report_is_heard_by_a_named_human_and_never_by_whom_it_is_about(alice: Actor, bob: Actor) -> None:
    for person in (bob, makers.person("helen")):
        accept_handling(name_handler(None, actor=person).actor)
    said = makers.post(bob, "Buy my boat!", reach=Reach.PUBLIC)
    own = makers.post(alice, "Mine.")
    given = {"account_id": bob.pk, "status_ids": [said.pk, own.pk], "comment": "Again and again.", "category": "spam"}
    made = app_of(alice).post("/api/v1/reports", **given)
    assert (made["comment"], made["status_ids"], made["target_account"]["id"]) == (
        "Again and again.",
        [str(said.pk)],
        str(bob.pk),
    )
    row = Report.objects.get()
    assert row.handler is not None
    assert (row.handler.handle, row.reporter) == ("helen", alice)


def test_an_app_that_sends_no_words_says_its_category(alice: Actor, bob: Actor) -> None:
    made = app_of(alice).post("/api/v1/reports", account_id=bob.pk, category="legal")
    assert "law" in made["comment"]


def test_who_may_quote_is_chosen_for_each_post(alice: Actor, bob: Actor) -> None:
    mine, app = app_of(alice), app_of(bob)
    said = mine.post("/api/v1/statuses", status="Anyone may.", visibility="public", quote_approval_policy="public")
    assert said["quote_approval"]["automatic"] == ["public"]
    given = {"status": "Look.", "visibility": "public", "quoted_status_id": said["id"]}
    around = app.post("/api/v1/statuses", **given)
    assert around["quote"]["state"] == "accepted"
    assert [post["id"] for post in App(app.client).get(f"/api/v1/statuses/{said['id']}/quotes")] == [around["id"]]
    changed = mine.ask(
        "PUT", f"/api/v1/statuses/{said['id']}/interaction_policy", {"quote_approval_policy": "nobody"}
    ).json()
    assert changed["quote_approval"]["automatic"] == []
    assert app.ask("POST", "/api/v1/statuses", given).status_code == 403
    path = f"/api/v1/statuses/{said['id']}/quotes/{around['id']}/revoke"
    assert app.ask("POST", path).status_code == 404
    assert mine.post(path)["quote"]["state"] == "revoked"
    assert app.get(f"/api/v1/statuses/{said['id']}/quotes") == []


def test_nobody_chooses_for_the_words_of_another(alice: Actor, bob: Actor) -> None:
    said = makers.post(alice, "Mine.", reach=Reach.PUBLIC)
    path = f"/api/v1/statuses/{said.pk}/interaction_policy"
    assert app_of(bob).ask("PUT", path, {"quote_approval_policy": "public"}).status_code == 403


def test_a_public_post_can_be_shown_in_a_page_of_somebody_elses_and_no_other(alice: Actor) -> None:
    said = makers.post(alice, "<b>The tide</b> is in.", reach=Reach.PUBLIC)
    app = App(app_of(alice).client)
    shown = app.get("/api/oembed", url=said.url)
    assert "&lt;b&gt;The tide&lt;/b&gt; is in." in shown["html"]
    assert "<script" not in shown["html"]
    hidden = makers.post(alice, "To some.", reach=Reach.FOLLOWERS)
    for url in (hidden.url, "https://elsewhere.example/@alice/1", f"{said.url}x", "nonsense"):
        assert app.ask("GET", "/api/oembed", {"url": url}).status_code == 404, url


@pytest.mark.parametrize(
    "path", ["instance/extended_description", "instance/privacy_policy", "instance/translation_languages"]
)
def test_what_this_place_says_of_itself_can_be_asked_by_anyone(db: None, path: str) -> None:
    App(Client()).get(f"/api/v1/{path}")


def test_a_profile_is_read_and_changed_as_one_typed_it(alice: Actor) -> None:
    app = app_of(alice)
    changed = app.ask("PATCH", "/api/v1/profile", {"display_name": "Alice A.", "note": "To listen."}).json()
    assert (changed["display_name"], changed["note"], changed["avatar"]) == ("Alice A.", "To listen.", None)
    assert app.get("/api/v1/profile") == changed
