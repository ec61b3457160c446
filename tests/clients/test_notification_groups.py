"""What awaits somebody, several as one; and of whom they want to be told, by an app."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from speak.clients.mastodon.shown.notifications import key_of
from speak.clients.streaming.news import News
from speak.identity.models import Actor, Notification, NotificationKind
from speak.identity.queries import notifications_of
from speak.voice.actions import boost, like
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers
from tests.clients.apps import app_of
from tests.clients.streaming.test_telling import heard, listener

PATH = "/api/v2/notifications"


@pytest.fixture
def thanked(alice: Actor, bob: Actor, carol: Actor) -> Post:
    """Words of alice's that two thanked for; one answers, too."""
    said = makers.post(alice, "The tide is in.", reach=Reach.PUBLIC)
    like(bob, post=said)
    makers.answer(bob, said, "@alice Yes.")
    like(carol, post=said)
    return said


def test_those_who_did_the_same_with_the_same_words_are_told_as_one(alice: Actor, thanked: Post) -> None:
    told = app_of(alice).get(PATH)
    assert [(group["type"], group["notifications_count"]) for group in told["notification_groups"]] == [
        ("favourite", 2),
        ("mention", 1),
    ]
    group = told["notification_groups"][0]
    assert (group["group_key"], group["status_id"]) == (f"favourite-{thanked.pk}", str(thanked.pk))
    assert int(group["page_min_id"]) < int(group["page_max_id"]) == group["most_recent_notification_id"]
    assert group["most_recent_notification_id"] < 2**53, "apps in JavaScript keep no larger number whole"
    names = {account["id"]: account["username"] for account in told["accounts"]}
    assert [names[number] for number in group["sample_account_ids"]] == ["carol", "bob"]
    assert {status["id"] for status in told["statuses"]} >= {str(thanked.pk)}


def test_an_app_may_want_nothing_or_only_some_of_it_as_one(alice: Actor, bob: Actor, thanked: Post) -> None:
    boost(bob, post=thanked)
    given = {"grouped_types[]": ["reblog"]}
    kinds = [group["type"] for group in app_of(alice).get(PATH, **given)["notification_groups"]]
    assert kinds == ["reblog", "favourite", "mention", "favourite"]


def test_with_partial_faces_only_the_latest_of_each_is_whole(alice: Actor, thanked: Post) -> None:
    told = app_of(alice).get(PATH, expand_accounts="partial_avatars")
    assert thanked.author == alice
    assert {account["username"] for account in told["accounts"]} == {"carol", "bob"}, "bob spoke last of the second"
    assert told["partial_accounts"] == []
    assert "partial_accounts" not in app_of(alice).get(PATH)


def test_a_group_is_read_alone_and_forgotten_and_nobody_elses(alice: Actor, bob: Actor, thanked: Post) -> None:
    app, key = app_of(alice), f"favourite-{thanked.pk}"
    assert app.get(f"{PATH}/{key}")["notification_groups"][0]["notifications_count"] == 2
    assert [account["username"] for account in app.get(f"{PATH}/{key}/accounts")] == ["carol", "bob"]
    assert app.get(f"{PATH}/unread_count")["count"] == 2
    for path in (key, f"{key}/accounts", "favourite-1", "nonsense", "ungrouped-x"):
        assert app_of(bob).ask("GET", f"{PATH}/{path}").status_code == 404, path
    assert app_of(bob).ask("POST", f"{PATH}/{key}/dismiss").status_code == 404
    app.post(f"{PATH}/{key}/dismiss")
    assert [group["type"] for group in app.get(PATH)["notification_groups"]] == ["mention"]


def test_pages_of_groups_neither_repeat_nor_leave_out(alice: Actor, bob: Actor, carol: Actor) -> None:
    for count in range(5):
        said = makers.post(alice, f"Number {count}", reach=Reach.PUBLIC)
        like(bob, post=said)
        like(carol, post=said)
    app, seen, path = app_of(alice), [], f"{PATH}?limit=2"
    while path:
        answer = app.ask("GET", path)
        seen += [group["status_id"] for group in answer.json()["notification_groups"]]
        links = dict(reversed(part.split("; ")) for part in answer.headers.get("Link", "").split(", ") if part)
        path = links.get('rel="next"', "").strip("<>").partition("home.example")[2]
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("relation", ["next", "prev"])
@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost_between_pages_however_groups_are_spread_out(
    alice: Actor, bob: Actor, relation: str, seed: int
) -> None:
    by_chance = random.Random(seed)  # noqa: S311 - an order, no secret
    said = [makers.post(alice, f"Number {count}", reach=Reach.PUBLIC) for count in range(3)]
    kinds = [NotificationKind.LIKE, NotificationKind.BOOST, NotificationKind.MENTION]
    for count in range(30):
        told = {"kind": by_chance.choice(kinds), "post_id": by_chance.choice(said).pk, "leads_to": str(count)}
        Notification.objects.create(recipient=alice, about=bob, **told)
    pages = list(walked(alice, relation))
    for row in Notification.objects.all():
        (page,) = [page for page in pages if holds(page, row)]
        assert len(page) <= 3
    assert sum(len(page) for page in pages) < 30, "some were told as one"


def walked(viewer: Actor, relation: str) -> Iterator[list[dict[str, Any]]]:
    """The groups of each page, walked back in time, or forward from the first."""
    path = f"{PATH}?limit=3" + ("&min_id=1" if relation == "prev" else "")
    while path:
        answer = app_of(viewer).ask("GET", path)
        if answer.json()["notification_groups"]:
            yield answer.json()["notification_groups"]
        links = dict(reversed(part.split("; ")) for part in answer.headers.get("Link", "").split(", ") if part)
        path = links.get(f'rel="{relation}"', "").strip("<>").partition("home.example")[2]


def holds(page: list[dict[str, Any]], row: Notification) -> bool:
    """Whether a row is in one of these groups."""
    wanted = {key_of(row), f"ungrouped-{row.pk}"}
    return any(
        group["group_key"] in wanted and int(group["page_min_id"]) <= row.pk <= int(group["page_max_id"])
        for group in page
    )


def test_of_whom_one_does_not_want_to_be_told_one_is_told_apart(alice: Actor, bob: Actor) -> None:
    app = app_of(alice)
    changed = app.ask("PATCH", f"{PATH}/policy", {"for_not_following": "filter"}).json()
    assert (changed["for_not_following"], changed["for_limited_accounts"]) == ("filter", "drop")
    makers.post(bob, "@alice Look.", reach=Reach.PUBLIC)
    row = Notification.objects.get(recipient=alice)
    assert heard(News("told", row.pk, alice.pk), listener(alice)) == []
    assert app.get("/api/v1/notifications") == []
    (asked,) = app.get("/api/v1/notifications/requests")
    assert (asked["account"]["username"], asked["notifications_count"]) == ("bob", "1")
    assert "Look." in asked["last_status"]["content"]
    summary = app.get(f"{PATH}/policy")["summary"]
    assert summary == {"pending_requests_count": 1, "pending_notifications_count": 1}
    assert app_of(bob).ask("GET", f"/api/v1/notifications/requests/{bob.pk}").status_code == 404
    app.post(f"/api/v1/notifications/requests/{asked['id']}/accept")
    assert len(app.get("/api/v1/notifications")) == 1
    makers.post(bob, "@alice Once more.", reach=Reach.PUBLIC)
    assert len(app.get("/api/v1/notifications")) == 2
    assert app.get("/api/v1/notifications/requests") == []


def test_whom_one_follows_one_hears_and_what_is_dropped_is_nowhere(alice: Actor, bob: Actor, carol: Actor) -> None:
    app = app_of(alice)
    app.ask("PATCH", f"{PATH}/policy", {"for_not_following": "drop"})
    makers.follows(alice, bob)
    for who in (bob, carol):
        makers.post(who, "@alice Look.", reach=Reach.PUBLIC)
    assert [row.about for row in notifications_of(alice)] == [bob]
    assert app.get("/api/v1/notifications/requests") == []


def test_what_was_kept_apart_can_be_forgotten_for_several_at_once(alice: Actor, bob: Actor, carol: Actor) -> None:
    app = app_of(alice)
    app.ask("PATCH", f"{PATH}/policy", {"for_not_following": "filter"})
    for who in (bob, carol):
        makers.post(who, "@alice Look.", reach=Reach.PUBLIC)
    app.post("/api/v1/notifications/requests/dismiss", id=[bob.pk])
    assert [each["account"]["username"] for each in app.get("/api/v1/notifications/requests")] == ["carol"]
    app.post("/api/v1/notifications/requests/accept", id=[carol.pk])
    assert app.get("/api/v1/notifications/requests/merged")["merged"]
    assert len(app.get("/api/v1/notifications")) == 1


def test_one_points_at_those_one_hears(alice: Actor, bob: Actor) -> None:
    app = app_of(alice)
    assert app.ask("POST", f"/api/v1/accounts/{bob.pk}/endorse").status_code == 422
    makers.follows(alice, bob)
    assert app.post(f"/api/v1/accounts/{bob.pk}/pin")["endorsed"]
    assert [account["username"] for account in app.get("/api/v1/endorsements")] == ["bob"]
    assert len(app_of(bob).get(f"/api/v1/accounts/{alice.pk}/endorsements")) == 1
    assert not app.post(f"/api/v1/accounts/{bob.pk}/unendorse")["endorsed"]
    assert app.get("/api/v1/endorsements") == []
