"""Words among a few, and conversations one is not told of, by an app."""

from speak.identity.models import Actor, Notification
from speak.voice.reach import Reach
from tests import makers
from tests.clients.apps import app_of


def test_those_who_take_part_see_a_conversation_and_nobody_else(alice: Actor, bob: Actor, carol: Actor) -> None:
    first = makers.post(alice, "Only you.", reach=Reach.NAMED, to=(bob,))
    latest = makers.answer(bob, first, "Yes.")
    (seen,) = app_of(alice).get("/api/v1/conversations")
    assert seen["id"] == str(first.thread_id)
    assert seen["last_status"]["id"] == str(latest.pk)
    assert [person["username"] for person in seen["accounts"]] == ["bob"]
    assert seen["unread"]
    assert app_of(carol).get("/api/v1/conversations") == []
    for method, path in (("POST", f"{seen['id']}/read"), ("DELETE", seen["id"])):
        assert app_of(carol).ask(method, f"/api/v1/conversations/{path}").status_code == 404


def test_what_was_read_is_read_until_more_is_said(alice: Actor, bob: Actor) -> None:
    first = makers.post(alice, "Only you.", reach=Reach.NAMED, to=(bob,))
    app = app_of(bob)
    assert not app.post(f"/api/v1/conversations/{first.thread_id}/read")["unread"]
    assert not app_of(alice).get("/api/v1/conversations")[0]["unread"], "she said it herself"
    makers.answer(alice, first, "And this.")
    assert app.get("/api/v1/conversations")[0]["unread"]


def test_what_was_put_away_comes_back_with_the_next_word(alice: Actor, bob: Actor) -> None:
    first = makers.post(alice, "Only you.", reach=Reach.NAMED, to=(bob,))
    app = app_of(bob)
    assert app.ask("DELETE", f"/api/v1/conversations/{first.thread_id}").status_code == 200
    assert app.get("/api/v1/conversations") == []
    assert len(app_of(alice).get("/api/v1/conversations")) == 1
    makers.answer(alice, first, "Still there?")
    assert len(app.get("/api/v1/conversations")) == 1


def test_conversations_come_in_pages_by_what_was_said_last(alice: Actor, bob: Actor) -> None:
    said = [makers.post(alice, f"Number {count}", reach=Reach.NAMED, to=(bob,)) for count in range(3)]
    app = app_of(bob)
    page = app.ask("GET", "/api/v1/conversations", {"limit": 2})
    assert [each["last_status"]["id"] for each in page.json()] == [str(said[2].pk), str(said[1].pk)]
    assert f"max_id={said[1].pk}" in page.headers["Link"]
    rest = app.get("/api/v1/conversations", limit=2, max_id=said[1].pk)
    assert [each["last_status"]["id"] for each in rest] == [str(said[0].pk)]
    newer = app.get("/api/v1/conversations", limit=1, min_id=said[0].pk)
    assert [each["last_status"]["id"] for each in newer] == [str(said[1].pk)]
    assert len(app.get("/api/v1/timelines/direct")) == 3


def test_whoever_hushes_a_conversation_is_told_of_it_no_more(alice: Actor, bob: Actor) -> None:
    said = makers.post(alice, "The tide is in.")
    assert app_of(alice).post(f"/api/v1/statuses/{said.pk}/mute")["muted"]
    answer = makers.answer(bob, said)
    assert not Notification.objects.filter(recipient=alice).exists()
    assert app_of(alice).get(f"/api/v1/statuses/{answer.pk}")["muted"]
    assert not app_of(bob).get(f"/api/v1/statuses/{answer.pk}")["muted"]
    assert not app_of(alice).post(f"/api/v1/statuses/{answer.pk}/unmute")["muted"]
    makers.answer(bob, said, "Once more.")
    assert Notification.objects.filter(recipient=alice).count() == 1
