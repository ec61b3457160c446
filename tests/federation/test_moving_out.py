"""Somebody here moves away: told to those who follow them, only to a home that names this one, asked anew."""

import pytest

from speak.federation.discovery.moves import find_home, find_new_home
from speak.identity.actions import check_lives_here, move_out, name_old_home, stay
from speak.identity.errors import MovedAway, NoSuchActor
from speak.identity.models import Actor, Follow
from speak.kernel import tasks
from speak.kernel.errors import Conflict
from speak.voice.actions import boost
from tests import makers
from tests.federation.delivery.owed import all_has_arrived, inboxes, only, owed
from tests.federation.far import FarServer

pytestmark = pytest.mark.django_db
NEW = "https://new.example/users/alice"
ADDRESS = "@alice@new.example"


def moved(far: FarServer, alice: Actor) -> Actor:
    """Alice goes to a home that names hers."""
    far.serves_actor(NEW, "alice", alsoKnownAs=[alice.uri])
    new = find_new_home(alice, ADDRESS, ask=far.outbound.ask)
    move_out(alice, new=new)
    return new


@pytest.mark.django_db(transaction=True)
def test_followers_are_told_and_those_here_go_along(far: FarServer, alice: Actor, bob: Actor, dora: Actor) -> None:
    makers.follows(bob, alice)
    makers.follows(dora, alice)
    all_has_arrived()
    new = moved(far, alice)
    said = only("Move")
    assert (said["actor"], said["object"], said["target"]) == (alice.uri, alice.uri, NEW)
    assert said["to"] == [alice.followers_url]
    assert inboxes("Move") == ["https://far.example/inbox"]
    assert far.read(alice.uri)["movedTo"] == NEW
    assert [each["object"]["movedTo"] for each in owed("Update")] == [NEW]  # type: ignore[index]
    tasks.do_all()
    assert Follow.objects.get(follower=bob).target == new
    assert (owed("Follow")[-1]["actor"], owed("Follow")[-1]["object"]) == (bob.uri, NEW)
    finger = far.get("/.well-known/webfinger?resource=acct:alice@home.example")
    assert finger.json()["subject"] == "acct:alice@home.example"


def test_the_new_home_is_asked_anew_and_has_to_name_this_one(far: FarServer, alice: Actor) -> None:
    far.serves_actor(NEW, "alice")
    with pytest.raises(Conflict) as refused:
        find_new_home(alice, ADDRESS, ask=far.outbound.ask)
    assert f"name {alice.address} as your old account" in refused.value.hint
    with pytest.raises(Conflict):
        move_out(alice, new=Actor.objects.get(uri=NEW))
    far.serves_actor(NEW, "alice", alsoKnownAs=[alice.uri], movedTo="https://third.example/alice")
    with pytest.raises(Conflict, match="moved on"):
        find_new_home(alice, ADDRESS, ask=far.outbound.ask)
    far.serves_actor(NEW, "alice", alsoKnownAs=[alice.uri])
    assert find_new_home(alice, NEW, ask=far.outbound.ask).uri == NEW


def test_a_home_that_cannot_be_reached_is_none(far: FarServer, alice: Actor) -> None:
    with pytest.raises(NoSuchActor):
        find_home(alice, "@alice@silent.example", ask=far.outbound.ask)


def test_an_old_home_is_named_in_the_document(far: FarServer, alice: Actor) -> None:
    far.serves_actor(NEW, "alice")
    old = find_home(alice, ADDRESS, ask=far.outbound.ask)
    name_old_home(alice, old=old)
    name_old_home(alice, old=old)
    assert far.read(alice.uri)["alsoKnownAs"] == [NEW]


def test_whoever_moved_passes_nothing_on_and_stays_after_all(far: FarServer, alice: Actor, bob: Actor) -> None:
    said = makers.post(bob)
    moved(far, alice)
    with pytest.raises(MovedAway):
        boost(alice, post=said)
    stay(alice)
    check_lives_here(alice)
    boost(alice, post=said)
    assert "movedTo" not in far.read(alice.uri)
