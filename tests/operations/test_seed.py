"""`speak seed`: all of a file, or nothing of it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from speak.clients.models import App
from speak.clients.tokens import bearer_with
from speak.identity.models import Actor, Follow, FollowState, User
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests.makers import PASSWORD
from tests.operations.conftest import Speak

Written = Callable[[Mapping[str, object] | str], str]

GOOD: dict[str, Any] = {
    "people": [
        {
            "handle": "alice",
            "id": "41",
            "name": "Alice Marram",
            "password": PASSWORD,
            "email": "alice@home.example",
            "listed": True,
            "operator": True,
            "tokens": ["alice-all", {"token": "alice-reads", "scopes": ["read"]}],
        },
        {"handle": "bob", "id": 42, "locked": True, "language": "de"},
    ],
    "apps": [{"name": "Reader", "client_id": "reader", "client_secret": "hush"}],
    "follows": [{"follower": "alice", "target": "bob"}],
    "posts": [{"author": "alice", "text": "Good morning."}, {"author": "bob", "title": "T", "text": "*Long*"}],
    "emoji": [{"shortcode": "wave"}],
}


def changed(**parts: object) -> dict[str, Any]:
    """The good file with some of it replaced."""
    return {**json.loads(json.dumps(GOOD)), **parts}


def test_a_good_file_is_made_as_it_says(speak: Speak, written: Written) -> None:
    done = speak("seed", written(GOOD))
    assert done.exit_code == 0, done.output
    assert "Made 2 people, 1 apps, 1 follows, 2 posts." in done.output
    assert "Passed over 1 emoji" in done.output

    alice, bob = Actor.objects.get(handle="alice"), Actor.objects.get(handle="bob")
    assert (alice.pk, alice.uri, alice.name) == (41, "https://home.example/actors/41", "Alice Marram")
    assert (bob.pk, bob.name, bob.approves_followers, bob.is_listed) == (42, "bob", True, False)
    assert alice.is_listed
    users = {user.username: user for user in User.objects.all()}
    assert users["alice"].check_password(PASSWORD)
    assert users["alice"].is_staff
    assert not users["bob"].has_usable_password()
    assert (users["bob"].language, users["bob"].is_staff) == ("de", False)
    assert Follow.objects.get(follower=alice, target=bob).state == FollowState.ACCEPTED
    assert set(Post.objects.values_list("author", "kind", "reach")) == {
        (41, "Note", Reach.PUBLIC),
        (42, "Article", Reach.PUBLIC),
    }
    app = App.objects.get()
    assert (app.redirect_uris, app.scopes) == ("urn:ietf:wg:oauth:2.0:oob", "read write follow")
    assert {token: sorted(bearer_with(token).scopes) for token in ("alice-all", "alice-reads")} == {
        "alice-all": ["follow", "read", "write"],
        "alice-reads": ["read"],
    }
    shown = Client().get("/oauth/userinfo", headers={"authorization": "Bearer alice-reads", "host": "home.example"})
    assert shown.json()["sub"] == alice.uri


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "cannot be used"),
        ('{"people": [', "cannot be used"),
        ("[]", "Expected `object`"),
        (changed(peple=[]), "unknown field `peple`"),
        (changed(people=[{"handle": "alice", "nmae": "x"}]), "at `$.people[0]`"),
        (changed(people=[{"handle": "alice"}, {"name": "x"}]), "missing required field `handle` - at `$.people[1]`"),
        (changed(people=[{"handle": "alice", "id": "one"}]), "at `$.people[0].id`"),
        (changed(people=[{"handle": "alice", "id": 0}]), "at `$.people[0].id`"),
        (changed(people=[{"handle": "alice", "id": 2**63}]), "at `$.people[0].id`"),
        (changed(posts=[{"author": "alice", "text": 1}]), "at `$.posts[0].text`"),
    ],
)
def test_a_malformed_file_says_where_and_changes_nothing(
    speak: Speak, written: Written, content: Mapping[str, object] | str, sentence: str
) -> None:
    done = speak("seed", written(content))
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert "nothing has been changed" in done.stderr
    assert not Actor.objects.exists()


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"people": [{"handle": "alice"}, {"handle": "a b"}]}, "A handle is made of"),
        ({"people": [{"handle": "alice"}, {"handle": "Alice"}]}, "somebody else's already"),
        ({"people": [{"handle": "alice", "name": "A" * 201}]}, "A name has up to"),
        ({"people": [{"handle": "alice", "id": 7}, {"handle": "bob", "id": "7"}]}, "share an id"),
        ({"people": [{"handle": "alice", "tokens": ["t", "t"]}]}, "share an id, a token"),
        ({"people": [{"handle": "alice", "tokens": [{"token": "t", "scopes": ["fly"]}]}]}, "no scope “fly”"),
        ({"follows": [{"follower": "alice", "target": "nobody"}]}, "Nobody called “nobody”"),
        ({"follows": [{"follower": "alice", "target": "alice"}]}, "cannot follow yourself"),
        ({"posts": [{"author": "alice", "text": " "}]}, "nothing to say"),
        ({"apps": [{"name": "a", "client_id": "x", "client_secret": "s"}] * 2}, "a client_id"),
    ],
)
def test_a_file_that_cannot_be_made_whole_is_not_made_in_part(
    speak: Speak, written: Written, parts: dict[str, object], sentence: str
) -> None:
    done = speak("seed", written(changed(**{"follows": [], "posts": [], **parts})))
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert not Actor.objects.exists()
    assert not App.objects.exists()


def test_whoever_runs_the_place_may_write_what_nobody_may_choose(speak: Speak, written: Written) -> None:
    file = written({"people": [{"handle": "admin", "password": "password"}]})
    assert speak("seed", file).exit_code == 0
    assert User.objects.get(username="admin").check_password("password")


def test_where_people_live_it_takes_force(speak: Speak, written: Written, carol: Actor) -> None:
    refused = speak("seed", written(GOOD))
    assert refused.exit_code == 1
    assert "People live here already" in refused.stderr
    assert "--force" in refused.stderr
    assert Actor.objects.count() == 1

    assert speak("seed", written(GOOD), "--force").exit_code == 0
    assert set(Actor.objects.values_list("handle", flat=True)) == {"alice", "bob", "carol"}


def test_a_file_that_is_not_there_is_said(speak: Speak) -> None:
    done = speak("seed", "nowhere.json")
    assert done.exit_code == 2
    assert "nowhere.json" in done.stderr
