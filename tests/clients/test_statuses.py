"""Saying something with an app: in one's own name, once, to exactly those it is for (promises 1, 4 and 6)."""

import datetime as dt

import pytest
from django.test import Client

from speak.identity.models import Actor
from speak.kernel import clock
from speak.voice.actions import add_picture
from speak.voice.errors import NotThere
from speak.voice.models import Media, Post
from speak.voice.queries import media_shown_to
from speak.voice.reach import Reach
from tests import makers
from tests.clients.apps import App, app_of


def test_what_is_said_with_an_app_stands_in_its_authors_name(alice: Actor) -> None:
    said = app_of(alice).post("/api/v1/statuses", status="The tide is in.", visibility="public", language="en")
    post = Post.objects.get()
    assert (said["id"], said["account"]["acct"], said["visibility"]) == (str(post.pk), "alice", "public")
    assert post.author == alice
    assert post.reach == Reach.PUBLIC


@pytest.mark.parametrize(
    ("visibility", "reach"),
    [("public", Reach.PUBLIC), ("unlisted", Reach.QUIET), ("private", Reach.FOLLOWERS), ("direct", Reach.SELF)],
)
def test_a_visibility_is_the_nearest_audience_of_ours(alice: Actor, visibility: str, reach: Reach) -> None:
    said = app_of(alice).post("/api/v1/statuses", status="Hello.", visibility=visibility)
    assert Post.objects.get().reach == reach
    assert said["visibility"] == visibility


def test_direct_words_are_for_those_they_name(alice: Actor, bob: Actor, carol: Actor) -> None:
    said = app_of(alice).post("/api/v1/statuses", status="@bob, are you there?", visibility="direct")
    assert app_of(bob).get(f"/api/v1/statuses/{said['id']}")["content"] == said["content"]
    assert app_of(carol).ask("GET", f"/api/v1/statuses/{said['id']}").status_code == 404
    assert App(Client()).ask("GET", f"/api/v1/statuses/{said['id']}").status_code == 404


def may_read(who: Actor, post_id: str) -> bool:
    """Whether somebody may read a post with an app of theirs."""
    return bool(app_of(who).ask("GET", f"/api/v1/statuses/{post_id}").status_code == 200)


def test_without_a_visibility_it_is_for_followers(alice: Actor) -> None:
    app_of(alice).post("/api/v1/statuses", status="Hello.")
    assert Post.objects.get().reach == Reach.FOLLOWERS


@pytest.mark.parametrize("visibility", ["public", "unlisted", "private", "direct", None])
@pytest.mark.parametrize("reach", [Reach.NAMED, Reach.ROOM, Reach.HERE, Reach.FOLLOWERS])
def test_an_answer_with_an_app_that_knows_no_audiences_never_widens(
    alice: Actor, bob: Actor, carol: Actor, reach: Reach, visibility: str | None
) -> None:
    makers.follows(bob, alice)
    said = makers.post(alice, reach=reach, to=(bob,))
    given = {"visibility": visibility} if visibility else {}
    said_with_it = app_of(bob).ask(
        "POST", "/api/v1/statuses", {"status": "@alice @carol Yes.", "in_reply_to_id": str(said.pk), **given}
    )
    if visibility == "direct" and reach in {Reach.FOLLOWERS, Reach.ROOM}:
        # He names somebody who cannot read what he answers: nothing is said.
        assert said_with_it.status_code == 422
        return
    answer = said_with_it.json()
    assert answer["in_reply_to_id"] == str(said.pk)
    assert may_read(alice, answer["id"])
    assert not may_read(carol, answer["id"]) or may_read(carol, str(said.pk))


@pytest.mark.parametrize("reach", [Reach.SELF, Reach.NAMED, Reach.ROOM, Reach.HERE, Reach.FOLLOWERS])
def test_what_is_not_for_anyone_is_not_passed_on(alice: Actor, bob: Actor, reach: Reach) -> None:
    makers.follows(bob, alice)
    said = makers.post(alice, reach=reach, to=(bob,) if reach in {Reach.NAMED, Reach.ROOM} else ())
    assert app_of(bob).ask("POST", f"/api/v1/statuses/{said.pk}/reblog").status_code in {403, 404}
    assert app_of(alice).ask("POST", f"/api/v1/statuses/{said.pk}/reblog").status_code == 403


def test_the_same_key_says_it_once(alice: Actor) -> None:
    app = app_of(alice)
    answers = [
        app.ask("POST", "/api/v1/statuses", {"status": "Once."}, **{"Idempotency-Key": "k1"}).json() for _ in range(3)
    ]
    assert len({answer["id"] for answer in answers}) == 1
    assert Post.objects.count() == 1
    app.ask("POST", "/api/v1/statuses", {"status": "Once."}, **{"Idempotency-Key": "k2"})
    assert Post.objects.count() == 2


def test_a_quoted_post_stands_there_as_it_stands_by_itself(alice: Actor, bob: Actor) -> None:
    poll = {"options": ["Ebb", "Flood"], "expires_in": 3600}
    first = app_of(alice).post("/api/v1/statuses", status="Zero.", visibility="public", quote_approval_policy="public")
    said = app_of(alice).post(
        "/api/v1/statuses",
        status="Which tide?",
        visibility="public",
        quote_approval_policy="public",
        poll=poll,
        quoted_status_id=first["id"],
    )
    app = app_of(bob)
    for act in ("favourite", "bookmark"):
        app.post(f"/api/v1/statuses/{said['id']}/{act}")
    app.post("/api/v2/filters", title="Tides", context=["home"], keywords_attributes=[{"keyword": "tide"}])
    shown = app.post("/api/v1/statuses", status="Look.", visibility="public", quoted_status_id=said["id"])
    inside, alone = shown["quote"]["quoted_status"], app.get(f"/api/v1/statuses/{said['id']}")
    assert (inside["favourited"], inside["bookmarked"], len(inside["filtered"])) == (True, True, 1)
    assert alone.pop("quote")["state"] == "accepted"
    assert inside.pop("quote") is None, "one level deep"
    assert inside == alone
    both = app.get("/api/v1/statuses", **{"id[]": [said["id"], shown["id"]]})
    assert {status["id"]: bool(status["quote"]) for status in both} == {said["id"]: True, shown["id"]: True}


def test_counts_are_told_to_the_author_alone(alice: Actor, bob: Actor, carol: Actor) -> None:
    said = makers.post(alice)
    for who in (bob, carol):
        app_of(who).post(f"/api/v1/statuses/{said.pk}/favourite")
    app_of(bob).post(f"/api/v1/statuses/{said.pk}/reblog")
    hers = app_of(alice).get(f"/api/v1/statuses/{said.pk}")
    his = app_of(bob).get(f"/api/v1/statuses/{said.pk}")
    assert (hers["favourites_count"], hers["reblogs_count"]) == (2, 1)
    assert (his["favourites_count"], his["reblogs_count"], his["favourited"], his["reblogged"]) == (0, 0, True, True)
    assert len(app_of(alice).get(f"/api/v1/statuses/{said.pk}/favourited_by")) == 2
    assert app_of(bob).get(f"/api/v1/statuses/{said.pk}/favourited_by") == []


def test_words_are_said_better_and_every_wording_is_kept(alice: Actor) -> None:
    app = app_of(alice)
    said = app.post("/api/v1/statuses", status="Helo.", visibility="public")
    edited = app.ask("PUT", f"/api/v1/statuses/{said['id']}", {"status": "Hello."}).json()
    assert edited["content"] == "<p>Hello.</p>"
    assert edited["edited_at"]
    history = app.get(f"/api/v1/statuses/{said['id']}/history")
    assert [wording["content"] for wording in history] == ["<p>Helo.</p>", "<p>Hello.</p>"]
    assert app.get(f"/api/v1/statuses/{said['id']}/source")["text"] == "Hello."


def test_an_app_that_knows_no_titles_leaves_an_article_what_it_is(alice: Actor) -> None:
    app = app_of(alice)
    said = app.post("/api/v1/statuses", status="Some *words*.", title="Tides", language="de", visibility="public")
    path = f"/api/v1/statuses/{said['id']}"
    better = app.ask("PUT", path, {"status": "Some *better* words.", "spoiler_text": ""}).json()
    assert (better["title"], better["language"]) == ("Tides", "de")
    assert "<em>better</em>" in better["content"]
    assert app.ask("PUT", path, {"status": "Plain words.", "title": ""}).json()["title"] is None


def test_what_is_said_of_a_picture_is_said_better_with_the_words_around_it(alice: Actor) -> None:
    media = add_picture(alice, data=makers.picture(), description="Sand")
    app = app_of(alice)
    said = app.post("/api/v1/statuses", status="A beach.", media_ids=[str(media.pk)])
    words = {"id": str(media.pk), "description": "Sand at low tide", "focus": "0.25,-0.5"}
    given = {"status": "A beach.", "media_ids": [str(media.pk)], "media_attributes": [words]}
    (shown,) = app.ask("PUT", f"/api/v1/statuses/{said['id']}", given).json()["media_attachments"]
    assert (shown["description"], shown["meta"]["focus"]) == ("Sand at low tide", {"x": 0.25, "y": -0.5})


def test_a_film_is_not_its_own_preview_and_what_is_not_known_of_its_size_is_not_said(alice: Actor, dora: Actor) -> None:
    said = makers.far_post(dora)
    for position, kind in enumerate(("video/mp4", "audio/mpeg", "image/png")):
        Media.objects.create(
            owner=dora,
            post=said,
            media_type=kind,
            remote_url=f"https://far.example/{position}",
            position=position,
            width=4 if position == 2 else 0,
            height=2 if position == 2 else 0,
        )
    film, sound, picture = app_of(alice).get(f"/api/v1/statuses/{said.pk}")["media_attachments"]
    assert (film["preview_url"], sound["preview_url"]) == (None, None)
    assert picture["preview_url"] == picture["url"]
    assert film["meta"] == sound["meta"] == {"focus": {"x": 0, "y": 0}}
    assert picture["meta"]["original"] == {"width": 4, "height": 2, "size": "4x2", "aspect": 2}


def test_a_list_in_a_list_is_a_list_as_some_apps_write_it(alice: Actor) -> None:
    said = makers.post(alice, "Hello.")
    assert [each["id"] for each in app_of(alice).get("/api/v1/statuses", **{"id[][]": said.pk})] == [str(said.pk)]


def test_some_apps_end_every_address_with_a_slash(alice: Actor) -> None:
    app = app_of(alice)
    said = app.post("/api/v1/statuses/", status="Hello.")
    assert app.get(f"/api/v1/statuses/{said['id']}/")["id"] == said["id"]
    assert app.get("/api/v1/instance/")["uri"]


def test_what_is_taken_back_comes_back_to_its_author_as_typed(alice: Actor, bob: Actor) -> None:
    said = app_of(alice).post("/api/v1/statuses", status="Not *so*.", visibility="public")
    assert app_of(bob).ask("DELETE", f"/api/v1/statuses/{said['id']}").status_code == 403
    withdrawn = app_of(alice).ask("DELETE", f"/api/v1/statuses/{said['id']}").json()
    assert withdrawn["text"] == "Not *so*."
    assert app_of(alice).ask("GET", f"/api/v1/statuses/{said['id']}").status_code == 404


def test_its_pictures_may_stand_in_a_post_to_come_and_nobody_finds_them_where_they_were(alice: Actor) -> None:
    app = app_of(alice)
    media = add_picture(alice, data=makers.picture(), description="Sand")
    said = app.post("/api/v1/statuses", status="A baech.", visibility="public", media_ids=[str(media.pk)])
    withdrawn = app.ask("DELETE", f"/api/v1/statuses/{said['id']}").json()
    (kept,) = withdrawn["media_attachments"]
    assert (kept["id"], kept["description"]) == (str(media.pk), "Sand")
    assert kept["url"] != said["media_attachments"][0]["url"]
    with pytest.raises(NotThere):
        media_shown_to(alice, media.token)
    again = app.post("/api/v1/statuses", status="A beach.", visibility="public", media_ids=[kept["id"]])
    assert [each["description"] for each in again["media_attachments"]] == ["Sand"]
    gone = app.ask("DELETE", f"/api/v1/statuses/{again['id']}", {"delete_media": True}).json()
    assert gone["media_attachments"] == []
    assert not Media.objects.exists()


def test_held_words_are_held_once(alice: Actor) -> None:
    app, soon = app_of(alice), (clock.now() + dt.timedelta(hours=1)).isoformat()
    given = {"status": "Later.", "scheduled_at": soon}
    first, second = (app.ask("POST", "/api/v1/statuses", given, **{"Idempotency-Key": "k"}).json() for _ in range(2))
    assert first["id"] == second["id"]
    assert [each["id"] for each in app.get("/api/v1/scheduled_statuses")] == [first["id"]]


@pytest.mark.parametrize("address", ["/api/v1/nothing", "/api/v1/accounts/somebody", "/api/v9/statuses/"])
def test_what_is_not_here_is_told_as_apps_read_it(db: None, address: str) -> None:
    for method in ("GET", "POST"):
        answer = App(Client()).ask(method, address)
        assert (answer.status_code, answer.json()) == (404, {"error": "There is no such method here."})


def test_held_words_are_said_when_their_time_comes(alice: Actor) -> None:
    app = app_of(alice)
    soon = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)).isoformat()
    held = app.post("/api/v1/statuses", status="Tomorrow.", scheduled_at=soon, visibility="unlisted")
    assert held["params"]["text"] == "Tomorrow."
    assert held["params"]["visibility"] == "unlisted"
    assert not Post.objects.exists()
    now = (dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)).isoformat()
    assert app.ask("POST", "/api/v1/statuses", {"status": "Now.", "scheduled_at": now}).status_code == 422


def test_the_conversation_stands_around_a_post(alice: Actor, bob: Actor) -> None:
    first = makers.post(alice)
    second = makers.answer(bob, first)
    third = makers.answer(alice, second)
    context = app_of(bob).get(f"/api/v1/statuses/{second.pk}/context")
    assert [status["id"] for status in context["ancestors"]] == [str(first.pk)]
    assert [status["id"] for status in context["descendants"]] == [str(third.pk)]


def test_what_is_passed_on_is_meant_by_either_id(alice: Actor, bob: Actor) -> None:
    said = makers.post(bob)
    app = app_of(alice)
    passed = app.post(f"/api/v1/statuses/{said.pk}/reblog")["id"]
    assert passed != str(said.pk)
    assert app.post(f"/api/v1/statuses/{passed}/favourite")["id"] == str(said.pk)
    assert app.get(f"/api/v1/statuses/{passed}/context") == {"ancestors": [], "descendants": []}
    assert len(app.get(f"/api/v1/statuses/{passed}/history")) == 1


def test_what_is_passed_on_is_taken_back_by_its_own_id(alice: Actor, bob: Actor) -> None:
    post = makers.post(bob)
    app = app_of(alice)
    passed = app.post(f"/api/v1/statuses/{post.pk}/reblog")
    assert app_of(bob).ask("DELETE", f"/api/v1/statuses/{passed['id']}").status_code == 404
    assert app.ask("DELETE", f"/api/v1/statuses/{passed['id']}").status_code == 200
    assert not app.get(f"/api/v1/statuses/{post.pk}")["reblogged"]
    assert app.get(f"/api/v1/statuses/{post.pk}/source")["text"] == post.source
