"""Filters: what somebody does not want to meet is marked for them alone, wherever an app asks."""

import datetime as dt

import pytest

from speak.identity.models import Actor
from speak.kernel import clock
from speak.voice.models import Filter
from tests import makers
from tests.clients.apps import App, app_of


def filtering(app: App, keyword: str, *, whole_word: bool = True) -> dict[str, object]:
    """A filter that looks for something at home."""
    made: dict[str, object] = app.post(
        "/api/v2/filters",
        title="Fish",
        context=["home"],
        filter_action="hide",
        keywords_attributes=[{"keyword": keyword, "whole_word": whole_word}],
    )
    return made


def met(app: App) -> dict[str, list[str]]:
    """Which words each post at home was filtered for."""
    return {
        status["id"]: status["filtered"][0]["keyword_matches"]
        for status in app.get("/api/v1/timelines/home")
        if status["filtered"]
    }


@pytest.mark.parametrize(
    ("keyword", "whole_word", "words", "is_met"),
    [
        ("cod", True, "A cod.", True),
        ("cod", True, "A codfish.", False),
        ("cod", False, "A codfish.", True),
        ("COD", True, "a cod", True),
        ("#cod", True, "I like #cod", True),
        ("no cod", True, "There is no cod here", True),
        ("a.c", True, "abc", False),
    ],
)
def test_words_are_found_as_they_were_meant(
    alice: Actor, bob: Actor, *, keyword: str, whole_word: bool, words: str, is_met: bool
) -> None:
    makers.follows(alice, bob)
    said = makers.post(bob, words)
    app = app_of(alice)
    filtering(app, keyword, whole_word=whole_word)
    assert (str(said.pk) in met(app)) == is_met


def test_nobody_else_meets_the_filter_and_ones_own_words_do_not(alice: Actor, bob: Actor, carol: Actor) -> None:
    for reader in (alice, carol):
        makers.follows(reader, bob)
    makers.post(bob, "A cod.")
    mine = makers.post(alice, "My cod.")
    filtering(app_of(alice), "cod")
    assert len(met(app_of(alice))) == 1
    assert str(mine.pk) not in met(app_of(alice))
    assert met(app_of(carol)) == {}
    assert app_of(carol).get("/api/v2/filters") == []


def test_a_filter_that_is_over_finds_nothing(alice: Actor, bob: Actor) -> None:
    makers.follows(alice, bob)
    makers.post(bob, "A cod.")
    app = app_of(alice)
    filtering(app, "cod")
    Filter.objects.update(expires_at=clock.now() - dt.timedelta(seconds=1))
    assert met(app) == {}


def test_a_single_post_is_filtered(alice: Actor, bob: Actor) -> None:
    makers.follows(alice, bob)
    said = makers.post(bob)
    app = app_of(alice)
    known = filtering(app, "cod")
    row = app.post(f"/api/v2/filters/{known['id']}/statuses", status_id=str(said.pk))
    shown = app.get(f"/api/v1/statuses/{said.pk}")
    assert shown["filtered"][0]["status_matches"] == [str(said.pk)]
    app.ask("DELETE", f"/api/v2/filters/statuses/{row['id']}")
    assert app.get(f"/api/v1/statuses/{said.pk}")["filtered"] == []


def test_what_a_filter_looks_for_is_changed(alice: Actor) -> None:
    app = app_of(alice)
    known = filtering(app, "cod")
    word = app.get(f"/api/v2/filters/{known['id']}/keywords")[0]
    changed = app.ask("PUT", f"/api/v2/filters/keywords/{word['id']}", {"keyword": "hake"}).json()
    assert changed == {"id": word["id"], "keyword": "hake", "whole_word": True}
    given = {"title": "Sea", "keywords_attributes": [{"id": word["id"], "_destroy": True}, {"keyword": "eel"}]}
    whole = app.ask("PUT", f"/api/v2/filters/{known['id']}", given).json()
    assert (whole["title"], [each["keyword"] for each in whole["keywords"]]) == ("Sea", ["eel"])
    app.ask("DELETE", f"/api/v2/filters/{known['id']}")
    assert app.get("/api/v2/filters") == []


def test_a_filter_of_somebody_else_is_not_there(alice: Actor, bob: Actor) -> None:
    known = filtering(app_of(alice), "cod")
    word = app_of(alice).get(f"/api/v2/filters/{known['id']}/keywords")[0]["id"]
    app = app_of(bob)
    for path in (f"/api/v2/filters/{known['id']}", f"/api/v2/filters/keywords/{word}"):
        for method in ("GET", "PUT", "DELETE"):
            assert app.ask(method, path, {} if method == "GET" else {"title": "x", "keyword": "x"}).status_code == 404


@pytest.mark.parametrize(
    "given", [{"title": "", "context": ["home"]}, {"title": "x", "context": []}, {"title": "x", "context": ["sea"]}]
)
def test_a_filter_without_a_name_or_a_place_is_refused(alice: Actor, given: dict[str, object]) -> None:
    assert app_of(alice).ask("POST", "/api/v2/filters", given).status_code == 422


@pytest.mark.parametrize("nothing", [None, "", 0])
@pytest.mark.parametrize(("path", "named"), [("/api/v2/filters", "title"), ("/api/v1/filters", "phrase")])
def test_a_filter_that_was_for_a_while_is_made_one_for_ever(
    alice: Actor, path: str, named: str, nothing: object
) -> None:
    app = app_of(alice)
    made = app.post(path, **{named: "Leaks", "context": ["home"], "expires_in": 3600})
    assert made["expires_at"]
    own = f"{path}/{made['id']}"
    assert app.ask("PUT", own, {named: "Leaks"}).json()["expires_at"] == made["expires_at"]
    assert app.ask("PUT", own, {named: "Leaks", "expires_in": nothing}).json()["expires_at"] is None
    token, form = {"Authorization": f"Bearer {app.token}"}, "application/x-www-form-urlencoded"
    for seconds, is_for_a_while in (("60", True), ("", False)):
        typed = f"{named}=Leaks&expires_in={seconds}"
        answer = app.client.put(own, typed, content_type=form, headers=token).json()
        assert (answer["expires_at"] is not None) is is_for_a_while
