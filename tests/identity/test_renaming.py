"""Being called something else."""

import pytest

from speak.identity import queries
from speak.identity.actions import rename_handle
from speak.identity.errors import HandleTaken, NoSuchActor, WrongHandle
from speak.identity.models import Actor, FormerHandle, User
from speak.identity.queries import actor_called
from tests import makers


def test_the_old_handle_goes_on_leading_to_its_owner(alice: Actor) -> None:
    uri = alice.uri
    rename_handle(alice, handle="Alicia")
    found = actor_called(None, "alice")
    assert (found.pk, found.handle, found.uri, found.url) == (alice.pk, "Alicia", uri, "https://home.example/@Alicia")
    assert actor_called(None, "@alicia@home.example") == found


def test_one_signs_in_with_the_new_handle(alice: Actor) -> None:
    rename_handle(alice, handle="Alicia")
    assert User.objects.get(actor=alice).username == "alicia"


def test_keys_stay_the_same(alice: Actor) -> None:
    before = [key.public_pem for key in queries.public_keys(alice)]
    rename_handle(alice, handle="alicia")
    assert [key.public_pem for key in queries.public_keys(alice)] == before


def test_one_can_go_back_to_a_handle_one_had(alice: Actor) -> None:
    rename_handle(alice, handle="alicia")
    rename_handle(alice, handle="alice")
    assert alice.handle == "alice"
    assert list(FormerHandle.objects.values_list("handle_key", flat=True)) == ["alicia"]


def test_upper_and_lower_case_are_the_same_name(alice: Actor) -> None:
    rename_handle(alice, handle="ALICE")
    assert alice.handle == "ALICE"
    assert not FormerHandle.objects.exists()


def test_nobody_takes_a_handle_that_is_or_was_somebody_elses(alice: Actor, bob: Actor) -> None:
    rename_handle(alice, handle="alicia")
    for handle in ("alice", "ALICIA"):
        with pytest.raises(HandleTaken):
            rename_handle(bob, handle=handle)
    with pytest.raises(WrongHandle):
        rename_handle(bob, handle="admin")
    bob.refresh_from_db()
    assert bob.handle == "bob"


def test_a_former_handle_here_is_not_one_elsewhere(alice: Actor) -> None:
    rename_handle(alice, handle="alicia")
    makers.far_person("alice")
    assert actor_called(None, "alice@far.example").domain == "far.example"
    with pytest.raises(NoSuchActor):
        actor_called(None, "alicia@far.example")
