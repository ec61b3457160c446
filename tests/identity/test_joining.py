"""How people come to have a home here."""

import datetime as dt

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from pytest_django import Settings

from speak.identity import queries
from speak.identity.actions import join, make_join_link, make_person, rename_handle, renew_keys, server_actor
from speak.identity.errors import HandleTaken, LinkSpent, TooLong, WrongHandle
from speak.identity.models import Actor, ActorKind, JoinLink, KeyKind, User
from speak.kernel import clock
from speak.kernel.errors import Invalid, NotAllowed
from tests import makers

pytestmark = pytest.mark.django_db


def _token(address: str) -> str:
    return address.rsplit("/", 1)[-1]


def test_a_link_lets_one_person_join() -> None:
    address = make_join_link(None, for_whom="Ana")
    ana = join(_token(address), handle="Ana", name=" Ana María ", password=makers.PASSWORD)
    assert address.startswith("https://home.example/join/")
    assert (ana.handle, ana.handle_key, ana.name, ana.address) == ("Ana", "ana", "Ana María", "@Ana@home.example")
    assert ana.user is not None
    assert ana.user.check_password(makers.PASSWORD)
    assert not ana.user.is_staff
    assert JoinLink.objects.get().used_by == ana


def test_whoever_uses_the_link_for_operators_runs_the_place() -> None:
    ana = join(_token(make_join_link(None, is_for_operator=True)), handle="ana", name="Ana", password=makers.PASSWORD)
    assert User.objects.get(actor=ana).is_staff


def test_a_link_opens_once() -> None:
    token = _token(make_join_link(None))
    join(token, handle="ana", name="Ana", password=makers.PASSWORD)
    with pytest.raises(LinkSpent):
        join(token, handle="eve", name="Eve", password=makers.PASSWORD)
    assert not Actor.objects.filter(handle_key="eve").exists()


def test_a_link_is_too_old_after_a_week() -> None:
    token = _token(make_join_link(None))
    JoinLink.objects.update(expires_at=clock.now() - dt.timedelta(seconds=1))
    with pytest.raises(LinkSpent):
        join(token, handle="ana", name="Ana", password=makers.PASSWORD)


def test_only_a_hash_of_the_link_is_kept() -> None:
    token = _token(make_join_link(None))
    assert token not in str(JoinLink.objects.values().get())


@pytest.mark.parametrize("password", ["short", "password123", "12345678901"[:9], "ana_maria_x"])
def test_a_password_that_is_easy_to_guess_spends_no_link(password: str) -> None:
    token = _token(make_join_link(None))
    with pytest.raises(Invalid):
        join(token, handle="ana_maria_x", name="Ana", password=password)
    assert queries.join_link(token).used_at is None
    assert not User.objects.exists()


def test_without_a_link_people_join_only_where_the_place_is_open(settings: Settings) -> None:
    with pytest.raises(NotAllowed):
        join("", handle="ana", name="Ana", password=makers.PASSWORD)
    settings.SPEAK_OPEN = True
    assert join("", handle="ana", name="Ana", password=makers.PASSWORD).is_local


def test_a_handle_belongs_to_one_person_in_any_case_of_letters(alice: Actor) -> None:
    with pytest.raises(HandleTaken):
        makers.person("ALICE")


def test_a_handle_that_somebody_had_before_is_nobody_elses(alice: Actor) -> None:
    rename_handle(alice, handle="alicia")
    with pytest.raises(HandleTaken):
        makers.person("alice")


def test_names_of_the_server_cannot_be_taken(db: None) -> None:
    server_actor()
    with pytest.raises(WrongHandle):
        makers.person("admin")
    with pytest.raises(WrongHandle):
        makers.person("home.example")


def test_a_name_is_at_most_a_hundred_letters(db: None) -> None:
    with pytest.raises(TooLong):
        make_person("ana", name="a" * 101, password=makers.PASSWORD)


def test_everybody_gets_an_rsa_and_an_ed25519_key_of_their_own(alice: Actor, bob: Actor) -> None:
    keys = queries.public_keys(alice)
    assert [(key.kind, key.key_uri) for key in keys] == [
        (KeyKind.RSA, f"{alice.uri}#main-key"),
        (KeyKind.ED25519, f"{alice.uri}#ed25519-key"),
    ]
    for key in keys:
        private = load_pem_private_key(key.private_pem.encode(), None)
        assert private.public_key() == load_pem_public_key(key.public_pem.encode())
    assert queries.signing_key(alice).public_pem == keys[0].public_pem
    assert (
        queries.signing_key(alice, KeyKind.ED25519).public_pem != queries.signing_key(bob, KeyKind.ED25519).public_pem
    )


def test_renewed_keys_replace_the_old_ones(alice: Actor) -> None:
    before = queries.signing_key(alice, KeyKind.ED25519).public_pem
    renew_keys(alice)
    assert len(queries.public_keys(alice)) == 2
    assert queries.signing_key(alice, KeyKind.ED25519).public_pem != before


def test_the_server_speaks_with_one_actor_of_its_own(db: None) -> None:
    assert server_actor() == server_actor()
    assert (server_actor().kind, server_actor().handle, server_actor().user) == (
        ActorKind.APPLICATION,
        "home.example",
        None,
    )
