"""Actors: who is met, seen and found."""

import datetime as dt

import pytest

from speak.identity import queries
from speak.identity.actions import (
    IncomingActor,
    IncomingKey,
    IncomingLink,
    block,
    change_preferences,
    end_actor,
    keep_actor,
    rename_handle,
    server_actor,
    write_profile,
)
from speak.identity.actions.profile import ProfileWords
from speak.identity.errors import NoSuchActor, WrongHandle
from speak.identity.models import Actor, ActorKind, Follow, Key, KeyKind
from speak.kernel import clock
from tests import makers


def incoming(handle: str = "eve", *, uri: str = "https://far.example/people/eve", **more: object) -> IncomingActor:
    """Somebody as far.example describes them."""
    values: dict[str, object] = {"uri": uri, "handle": handle, "domain": "far.example", "inbox_url": f"{uri}/inbox"}
    return IncomingActor(**(values | more))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["alice", "@alice", "@ALICE", " alice@home.example ", "acct:Alice@Home.Example"])
def test_somebody_here_is_met_by_handle_or_address(text: str, alice: Actor) -> None:
    assert queries.actor_called(None, text) == alice


def test_somebody_elsewhere_is_met_by_their_whole_address_only(alice: Actor, dora: Actor) -> None:
    assert queries.actor_called(alice, "@Dora@FAR.example") == dora
    assert queries.actor_by_uri(dora.uri) == dora
    for text in ("dora", "@dora@home.example", "@dora@other.example"):
        with pytest.raises(NoSuchActor):
            queries.actor_called(alice, text)


@pytest.mark.parametrize("text", ["", "@", "@@", "a b", "@alice@", "https://home.example/@alice"])
def test_what_is_no_address_is_refused(text: str, alice: Actor) -> None:
    with pytest.raises(WrongHandle):
        queries.actor_called(None, text)


def test_whoever_has_blocked_somebody_is_known_to_them_only_to_block_back(alice: Actor, bob: Actor) -> None:
    block(alice, blocked=bob)
    with pytest.raises(NoSuchActor):
        queries.actor_called(bob, "alice")
    assert queries.actor_at_address("alice") == alice
    assert queries.actor_called(None, "alice") == alice


def test_people_here_are_those_who_can_sign_in(alice: Actor, dora: Actor) -> None:
    server_actor()
    assert list(queries.people_here()) == [alice]


def test_people_are_found_by_the_beginning_of_a_handle_and_any_part_of_a_name(alice: Actor, bob: Actor) -> None:
    for actor in (alice, bob):
        change_preferences(actor, approves_followers=False, is_listed=True)
    write_profile(bob, words=ProfileWords("Robert the Gardener"))
    assert queries.people_found(alice, "@AL") == [alice]
    assert queries.people_found(alice, "garden") == [bob]
    assert queries.people_found(alice, "ob") == [bob]
    assert queries.people_found(alice, "arden-") == []
    assert queries.people_found(alice, " @ ") == []


def test_signs_that_databases_know_find_only_themselves(alice: Actor, bob: Actor) -> None:
    change_preferences(bob, approves_followers=False, is_listed=True)
    write_profile(bob, words=ProfileWords("100%"))
    assert queries.people_found(alice, "%") == [bob]
    for text in ("_", "b_b", "\\", "'", '"'):
        assert queries.people_found(alice, text) == []


def test_whoever_did_not_choose_to_be_seen_is_found_by_their_whole_handle_or_by_followers(
    alice: Actor, bob: Actor, carol: Actor
) -> None:
    makers.follows(carol, bob)
    assert queries.people_found(alice, "bo") == []
    assert queries.people_found(alice, "BOB") == [bob]
    assert queries.people_found(carol, "bo") == [bob]
    assert queries.people_found(bob, "bo") == [bob]


def test_those_elsewhere_are_found_after_those_here_and_the_gone_and_the_server_never(
    alice: Actor, dora: Actor
) -> None:
    dorothy = makers.person("dorothy")
    change_preferences(dorothy, approves_followers=False, is_listed=True)
    server_actor()
    assert queries.people_found(alice, "dor") == [dorothy, dora]
    assert queries.people_found(alice, "home.example") == []
    end_actor(dora)
    assert queries.people_found(alice, "dor") == [dorothy]


def test_an_actor_elsewhere_is_kept_as_described_and_known_better_the_second_time(db: None) -> None:
    key = IncomingKey("https://far.example/people/eve#main-key", KeyKind.RSA, makers.far_keys().public_pem)
    born = clock.now() - dt.timedelta(days=900)
    eve = keep_actor(
        incoming(
            "Eve",
            name="Eve",
            keys=[key],
            links=[IncomingLink("Blog", "<a>x</a>")],
            also_known_as=("x",),
            created_at=born,
        )
    )
    assert (eve.address, eve.handle_key, eve.is_local, eve.created_at) == ("@Eve@far.example", "eve", False, born)
    assert [row.key_uri for row in eve.keys.all()] == [key.uri]
    again = keep_actor(incoming("Eve", name="Eva", kind=ActorKind.SERVICE, approves_followers=True))
    assert (again.pk, again.name, again.kind, again.approves_followers) == (eve.pk, "Eva", ActorKind.SERVICE, True)
    assert (again.created_at, again.also_known_as) == (born, [])
    assert not again.keys.exists()
    assert not again.links.exists()


def test_nobody_elsewhere_was_born_in_the_future(db: None) -> None:
    eve = keep_actor(incoming(created_at=clock.now() + dt.timedelta(days=400)))
    assert eve.created_at <= clock.now()


def test_a_key_that_changes_hands_belongs_to_its_new_owner_only(db: None) -> None:
    key = IncomingKey("https://far.example/key", KeyKind.RSA, makers.far_keys().public_pem)
    eve = keep_actor(incoming(keys=[key]))
    frank = keep_actor(incoming("frank", uri="https://far.example/people/frank", keys=[key]))
    assert Key.objects.get(key_uri=key.uri).actor == frank
    assert not eve.keys.exists()


def test_an_address_given_to_somebody_else_leaves_the_former_owner_nameless_but_there(db: None) -> None:
    old = keep_actor(incoming())
    new = keep_actor(incoming(uri="https://far.example/people/eve-2"))
    old.refresh_from_db()
    assert queries.actor_called(None, "eve@far.example") == new
    assert old.handle_key == f"eve~{old.pk}"


def test_an_actor_elsewhere_takes_nobodys_address_here(alice: Actor) -> None:
    keep_actor(incoming("alice", uri="https://far.example/people/alice"))
    assert queries.actor_called(None, "alice") == alice


def test_whoever_is_gone_follows_nobody_and_is_followed_by_nobody(alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    makers.follows(dora, alice)
    end_actor(dora)
    assert not Follow.objects.exists()
    assert not queries.notifications_of(alice).exists()
    assert not dora.keys.exists()
    assert dora.gone_at is not None


def test_whoever_was_gone_and_is_described_again_is_back(db: None) -> None:
    eve = keep_actor(incoming())
    end_actor(eve)
    assert keep_actor(incoming()).gone_at is None


def test_a_picture_on_a_profile_or_shelf_is_for_anyone_and_no_other(alice: Actor, dora: Actor) -> None:
    Actor.objects.filter(pk=alice.pk).update(picture="a.webp", banner="b.webp")
    Actor.objects.filter(pk=dora.pk).update(picture="c.webp")
    alice.shelf.create(title="A pear", picture="d.webp")
    shown = [token for token in ("a.webp", "b.webp", "c.webp", "d.webp", "") if queries.is_on_a_profile(token)]
    assert shown == ["a.webp", "b.webp", "d.webp"]


def test_a_person_is_called_by_name_or_else_by_handle(alice: Actor, dora: Actor) -> None:
    assert (alice.called, alice.path, alice.host) == ("Alice", "/@alice", "home.example")
    write_profile(alice, words=ProfileWords("  "))
    assert alice.called == "alice"
    assert (dora.address, dora.path) == ("@dora@far.example", "/@dora@far.example")
    rename_handle(alice, handle="Alicia")
    assert alice.path == "/@Alicia"


def test_a_copy_goes_to_the_inbox_a_server_shares_where_it_has_one(dora: Actor) -> None:
    frank = makers.far_person("frank", shared_inbox=False)
    assert dora.best_inbox_url == "https://far.example/inbox"
    assert frank.best_inbox_url == frank.inbox_url
