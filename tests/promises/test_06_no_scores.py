"""Promise 6: No scores.

No points, badges, streaks, leaderboards, trending, follower counts on pages, read receipts, presence or last-seen, for
anyone, administrators included. Alice is followed, thanked and passed on as often as numbers that stand nowhere else,
and then every page, every answer to an app, every document and every command is looked through for them.
"""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from speak.identity.models import Actor, Follow, FollowState
from speak.kernel import clock
from speak.voice.models import Bookmark, Boost, Like
from tests.federation.far import FarServer
from tests.makers import far_person
from tests.operations.conftest import Speak
from tests.promises.doors import calls, kept, pages_for, seen_on
from tests.promises.house import House, app_of

Browser = Callable[[Actor | None], Client]
FOLLOWERS, LIKES, BOOSTS, KEPT = 1163, 1137, 1149, 1127
NUMBERS = re.compile(rf"\b(1[,.]?163|1[,.]?137|1[,.]?149|1[,.]?127|{LIKES - 1}|{BOOSTS - 1})\b")
SCORE = re.compile(
    r"score|points|badge|streak|rank|karma|level|trend|popular|(like|boost|reply|view|read|follower)s?_count"
    r"|last_seen|last_login|last_active|is_online|presence|read_at|read_by|views"
)


@pytest.fixture
def loved(house: House) -> House:
    """Alice is."""
    crowd = Actor.objects.bulk_create(
        Actor(handle=f"f{n}", handle_key=f"f{n}", domain="crowd.example", uri=f"https://crowd.example/{n}")
        for n in range(FOLLOWERS)
    )
    now = clock.now()
    Follow.objects.bulk_create(
        Follow(follower=each, target=house.alice, uri=f"{each.uri}/follow", state=FollowState.ACCEPTED, accepted_at=now)
        for each in crowd
    )
    Like.objects.bulk_create(Like(actor=each, post=house.open_post, uri=f"{each.uri}/like") for each in crowd[:LIKES])
    Boost.objects.bulk_create(Boost(actor=each, post=house.open_post, uri=f"{each.uri}/b") for each in crowd[:BOOSTS])
    Bookmark.objects.bulk_create(Bookmark(actor=each, post=house.open_post) for each in crowd[:KEPT])
    return house


@pytest.mark.parametrize("who", ["alice", "olga", ""])
def test_no_page_counts_anything_about_anybody(loved: House, who: str, browser_of: Browser) -> None:
    browser = browser_of(getattr(loved, who) if who else None)
    opened = [name for name, page in pages_for(browser, loved.paths) if not _finds(name, seen_on(page))]
    assert {"profile", "post", "home"} <= set(opened)


@pytest.mark.parametrize("who", ["bob", "olga"])
def test_an_app_is_told_no_count_about_anybody_else(loved: House, who: str) -> None:
    app = app_of(getattr(loved, who))
    opened = 0
    for method, path in calls(loved.stands_for):
        if method == "GET":
            answer = app.get(f"{path}?q=alice&acct=alice&id[]={loved.alice.pk}")
            opened += answer.status_code == 200
            assert not NUMBERS.search(answer.content.decode()), path
            assert '"last_status_at":"' not in answer.content.decode(), path
    assert opened


def test_an_app_is_told_ones_own_counts_where_it_needs_them(loved: House) -> None:
    me = app_of(loved.alice).get("/api/v1/accounts/verify_credentials").json()
    assert me["followers_count"] == FOLLOWERS
    other = app_of(loved.bob).get(f"/api/v1/accounts/{loved.alice.pk}").json()
    assert (other["followers_count"], other["following_count"], other["statuses_count"]) == (0, 0, 0)
    status = app_of(loved.bob).get(f"/api/v1/statuses/{loved.open_post.pk}").json()
    assert (status["favourites_count"], status["reblogs_count"]) == (0, 0)


def test_nobody_else_is_told_by_an_app_who_thanked_or_passed_on(loved: House) -> None:
    for call in ("favourited_by", "reblogged_by"):
        path = f"/api/v1/statuses/{loved.open_post.pk}/{call}"
        assert app_of(loved.olga).get(path).json() == []
        assert app_of(loved.alice).get(path).json() != []


def test_no_document_for_other_servers_counts_anything_about_anybody(loved: House, far: FarServer) -> None:
    erin = far_person("erin")
    actor, said = f"/actors/{loved.alice.pk}", f"/posts/{loved.open_post.pk}"
    parts = ("", "/followers", "/following", "/outbox", "/featured")
    paths = [*(actor + part for part in parts), *(said + part for part in ("", "/likes", "/shares", "/replies"))]
    for path in (*paths, "/nodeinfo/2.1", "/nodeinfo/2.0", "/.well-known/nodeinfo"):
        for viewer in (None, erin):
            assert not NUMBERS.search(far.get(path, viewer).body.decode()), path


def test_no_command_counts_anything_about_anybody(loved: House, speak: Speak) -> None:
    for command in (["doctor"], ["deliveries"], ["deliveries", "list"], ["safety", "limits"], ["person", "list"]):
        assert not NUMBERS.search(speak(*command).output), command


def test_nothing_is_noted_that_could_become_a_score() -> None:
    assert not [name for name in kept() if SCORE.search(name)]


def _finds(name: str, seen: str) -> bool:
    found = NUMBERS.search(seen)
    around = seen[max(0, found.start() - 60) : found.end() + 60] if found else ""
    assert not found, (name, around)
    return False
