"""Polls with an app, as Mastodon's have them."""

from speak.identity.models import Actor
from tests import makers
from tests.clients.apps import app_of

POLL = {"options": ["Tea", "Coffee"], "expires_in": 3600}


def test_an_app_asks_and_another_chooses(alice: Actor, bob: Actor) -> None:
    said = app_of(alice).post("/api/v1/statuses", status="What will it be?", visibility="public", poll=POLL)
    assert [option["title"] for option in said["poll"]["options"]] == ["Tea", "Coffee"]
    assert (said["poll"]["expired"], said["poll"]["multiple"], said["poll"]["own_votes"]) == (False, False, [])
    assert said["poll"]["voted"], "whoever asks sees the numbers, and chooses nothing"
    app = app_of(bob)
    unseen = app.get(f"/api/v1/polls/{said['poll']['id']}")
    assert not unseen["voted"]
    assert [option["votes_count"] for option in unseen["options"]] == [None, None]
    voted = app.post(f"/api/v1/polls/{said['poll']['id']}/votes", choices=[1])
    assert (voted["voted"], voted["own_votes"], voted["votes_count"], voted["voters_count"]) == (True, [1], 1, 1)
    assert app.ask("POST", f"/api/v1/polls/{said['poll']['id']}/votes", {"choices": [0]}).status_code == 422


def test_what_asks_nothing_has_no_poll(alice: Actor, bob: Actor) -> None:
    said = makers.post(alice)
    app = app_of(bob)
    assert app.get(f"/api/v1/statuses/{said.pk}")["poll"] is None
    assert app.ask("GET", f"/api/v1/polls/{said.pk}").status_code == 404
    wrong = app.ask("POST", "/api/v1/statuses", {"status": "?", "poll": {"options": ["a"], "expires_in": 3600}})
    assert (wrong.status_code, wrong.json()["error"]) == (422, "There are 2 to 8 answers to choose from.")


def test_nothing_inside_an_object_means_not_given_as_it_does_beside_it(alice: Actor) -> None:
    app = app_of(alice)
    given = {**POLL, "multiple": None, "hide_totals": None}
    assert not app.post("/api/v1/statuses", status="Which?", poll=given)["poll"]["multiple"]
    word = {"id": None, "keyword": "leak", "whole_word": None, "_destroy": None}
    kept = app.post("/api/v2/filters", title="Leaks", context=["home"], keywords_attributes=[word])
    assert [(word["keyword"], word["whole_word"]) for word in kept["keywords"]] == [("leak", True)]
    form = {
        "status": "Which?",
        "poll[options][]": ["Tea", "Coffee"],
        "poll[expires_in]": "3600",
        "poll[multiple]": "on",
    }
    said = app.client.post("/api/v1/statuses", form, headers={"Authorization": f"Bearer {app.token}"})
    assert said.json()["poll"]["multiple"]


def test_what_is_held_keeps_its_answers(alice: Actor) -> None:
    app = app_of(alice)
    held = app.post("/api/v1/statuses", status="Soon?", scheduled_at="2199-01-01T00:00:00Z", poll=POLL)
    assert held["params"]["poll"] == {**POLL, "expires_in": "3600", "multiple": False, "hide_totals": False}
