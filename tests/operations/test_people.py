"""`speak person`, `speak token`, `speak link`: people, and the ways in."""

from collections.abc import Callable

import pytest
from django.test import Client
from oauth2_provider.models import AccessToken

from speak.identity.models import Actor, JoinLink, User
from tests.makers import PASSWORD, far_person, person
from tests.operations.conftest import Speak


def test_somebody_gets_a_home_and_can_sign_in(speak: Speak) -> None:
    done = speak("person", "add", "alice", "--name", "Alice Marram", "--password-stdin", typed=f"{PASSWORD}\n")
    assert (done.exit_code, done.output) == (0, "@alice@home.example\n")
    user = User.objects.get(username="alice")
    assert user.check_password(PASSWORD)
    assert not user.is_staff
    assert Actor.objects.get(user=user).name == "Alice Marram"


def test_a_password_may_be_asked_for_twice_and_is_not_shown(speak: Speak) -> None:
    done = speak("person", "add", "alice", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0
    assert PASSWORD not in done.output
    assert User.objects.get(username="alice").check_password(PASSWORD)
    assert Actor.objects.get(handle="alice").name == "alice"


def test_whoever_runs_the_server_is_told_apart(speak: Speak) -> None:
    speak("person", "add", "alice", "--operator", "--password-stdin", typed=f"{PASSWORD}\n")
    assert User.objects.get(username="alice").is_staff


@pytest.mark.parametrize(
    ("handle", "password", "sentence"),
    [
        ("carol", PASSWORD, "somebody else's already"),
        ("Carol", PASSWORD, "somebody else's already"),
        ("c a", PASSWORD, "A handle is made of"),
        ("dan", "short", "too short"),
        ("dan", "password12345", "too common"),
    ],
)
def test_what_cannot_be_is_said_in_words(speak: Speak, carol: Actor, handle: str, password: str, sentence: str) -> None:
    done = speak("person", "add", handle, "--password-stdin", typed=f"{password}\n")
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: ")
    assert sentence in done.stderr
    assert "Traceback" not in done.output
    assert Actor.objects.count() == 1


def test_a_token_stands_alone_on_the_last_line_and_opens_what_it_says(speak: Speak) -> None:
    person("alice")
    done = speak("token", "alice", "--scopes", "read profile")
    assert done.exit_code == 0
    token = done.output.splitlines()[-1]
    answer = Client().get("/oauth/userinfo", headers={"authorization": f"Bearer {token}", "host": "home.example"})
    assert answer.status_code == 200
    assert answer.json()["preferred_username"] == "alice"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nobody",), "Nobody called"),
        (("@dora@far.example",), "Only somebody whose home is here"),
        (("home.example",), "Only somebody whose home is here"),
        (("alice", "--scopes", "read fly"), "There is no scope “fly”"),
        (("alice", "--scopes", ""), "There is no scope"),
    ],
)
def test_a_token_that_cannot_be_is_refused(speak: Speak, arguments: tuple[str, ...], sentence: str) -> None:
    alice = person("alice")
    far_person("dora")
    Actor.objects.create(handle="home.example", handle_key="home.example", uri="https://home.example/actors/1")
    done = speak("token", *arguments)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert alice.user is not None
    assert not AccessToken.objects.filter(user=alice.user).exists()


def test_a_link_opens_the_door_once(speak: Speak, browser_of: Callable[[Actor | None], Client]) -> None:
    link = speak("link", "--for", "Ben").output.strip()
    assert link.startswith("https://home.example/join/")
    row = JoinLink.objects.get()
    assert (row.for_whom, row.is_for_operator) == ("Ben", False)
    path = link.removeprefix("https://home.example")
    form = {"handle": "ben", "name": "Ben", "password": PASSWORD}
    assert browser_of(None).post(path, form).status_code == 302
    assert Actor.objects.get(handle="ben").is_local
    assert browser_of(None).post(path, {**form, "handle": "ben2"}).status_code >= 400
    assert not Actor.objects.filter(handle="ben2").exists()


def test_a_home_is_deleted_by_whoever_types_its_handle(speak: Speak) -> None:
    bob = person("bob")
    assert "another handle" in speak("person", "delete", "bob", typed="alice\n").output
    assert "is gone" in speak("person", "delete", "bob", typed="bob\n").output
    bob.refresh_from_db()
    assert bob.gone_at is not None


def test_somebody_else_runs_the_place_too(speak: Speak) -> None:
    person("bob")
    speak("person", "operator", "bob")
    assert User.objects.get().is_staff
    speak("person", "operator", "bob", "--no-longer")
    assert not User.objects.get().is_staff
