"""Somebody elsewhere moves, and those here who follow them go along; nobody is moved by another."""

import datetime as dt

import pytest

from speak.federation.discovery.moves import follow_a_move
from speak.identity.actions import block
from speak.identity.models import Actor, Follow, FollowState
from speak.kernel import clock
from speak.voice.models import Post
from tests import makers
from tests.federation.delivery.owed import owed
from tests.federation.far import FarServer, create, does, note

pytestmark = pytest.mark.django_db
NEW = "https://new.example/users/dora"


def homes(far: FarServer, dora: Actor, *, moved_to: str = NEW, known_as: str = "", **members: object) -> None:
    """Both homes, as they describe her."""
    far.serves_actor(dora.uri, "dora", movedTo=moved_to)
    far.serves_actor(NEW, "dora", alsoKnownAs=[known_as or dora.uri], **members)


def test_those_who_follow_go_along(far: FarServer, alice: Actor, bob: Actor, carol: Actor, dora: Actor) -> None:
    for follower in (alice, bob):
        makers.follows(follower, dora)
    homes(far, dora)
    assert far.post(dora, does(dora, "Move", dora.uri, target=NEW)).status == 202
    assert follow_a_move(dora, target_uri=NEW, ask=far.outbound.ask) == 2
    new = Actor.objects.get(uri=NEW)
    assert not Follow.objects.filter(target=dora).exists()
    assert set(Follow.objects.filter(target=new).values_list("follower", flat=True)) == {alice.pk, bob.pk}
    assert {(each["actor"], each["object"]) for each in owed("Follow")} >= {(alice.uri, NEW), (bob.uri, NEW)}
    assert {each["object"]["object"] for each in owed("Undo")} == {dora.uri}  # type: ignore[index]


def test_whoever_moves_here_is_followed_here(far: FarServer, alice: Actor, bob: Actor, dora: Actor) -> None:
    makers.follows(bob, dora)
    alice.also_known_as = [dora.uri]
    alice.save()
    far.serves_actor(dora.uri, "dora", movedTo=alice.uri)
    assert follow_a_move(dora, target_uri=alice.uri, ask=far.outbound.ask) == 1
    assert Follow.objects.get(follower=bob).target == alice
    assert Follow.objects.get(follower=bob).state == FollowState.ACCEPTED


def test_both_homes_have_to_say_so(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    homes(far, dora, moved_to="https://evil.example/users/x")
    assert follow_a_move(dora, target_uri=NEW, ask=far.outbound.ask) == 0
    homes(far, dora, known_as="https://far.example/people/zoe")
    assert follow_a_move(dora, target_uri=NEW, ask=far.outbound.ask) == 0
    homes(far, dora, movedTo="https://third.example/users/dora")
    assert follow_a_move(dora, target_uri=NEW, ask=far.outbound.ask) == 0
    assert Follow.objects.get(follower=alice).target == dora


def test_nobody_moves_another(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    eve = makers.far_person("eve")
    assert far.post(eve, does(eve, "Move", dora.uri, target=NEW)).status == 403
    assert Follow.objects.get(follower=alice).target == dora


def test_one_moves_once_a_month(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    homes(far, dora)
    Actor.objects.filter(pk=dora.pk).update(moved_at=clock.now() - dt.timedelta(days=29))
    assert follow_a_move(dora, target_uri=NEW, ask=far.outbound.ask) == 0
    Actor.objects.filter(pk=dora.pk).update(moved_at=clock.now() - dt.timedelta(days=31))
    assert follow_a_move(dora, target_uri=NEW, ask=far.outbound.ask) == 1


def test_whoever_may_not_follow_the_new_one_stays_with_the_old(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    homes(far, dora)
    new = makers.far_person("dora", domain="new.example")
    Actor.objects.filter(pk=new.pk).update(uri=NEW, also_known_as=[dora.uri])
    block(alice, blocked=Actor.objects.get(pk=new.pk))
    assert follow_a_move(dora, target_uri=NEW, ask=far.outbound.ask) == 0
    assert Follow.objects.get(follower=alice).target == dora


def test_a_new_handle_is_followed_when_their_server_confirms_it(far: FarServer, alice: Actor, dora: Actor) -> None:
    """The same id, another name: what they said and who follows them stays theirs."""
    makers.follows(alice, dora)
    said = makers.far_post(dora)
    document = far.serves_actor(dora.uri, "theodora")
    assert far.post(dora, does(dora, "Update", document)).status == 202
    far.refresh(dora)
    dora.refresh_from_db()
    assert (dora.address, Follow.objects.get(follower=alice).target) == ("@theodora@far.example", dora)
    assert far.post(dora, create(note(dora, "2"))).status == 202
    assert Post.objects.filter(author=dora).count() == 2
    assert Post.objects.get(pk=said.pk).author.handle == "theodora"
