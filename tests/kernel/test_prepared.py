"""Queries whose SQL is kept: they answer as Django's own do, for every value and on every thread."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from speak.identity.models import Actor, Key
from speak.kernel import clock
from speak.kernel.prepared import Prepared
from tests import makers

pytestmark = pytest.mark.django_db
CALLED: Prepared[Actor] = Prepared(
    lambda handle, since: Actor.objects.filter(handle=handle, created_at__gt=since, gone_at=None).order_by("pk")
)
KEYS: Prepared[Key] = Prepared(lambda actor_id: Key.objects.select_related("actor__user").filter(actor=actor_id))
EARLIER = clock.now() - dt.timedelta(days=1)


def test_it_answers_as_the_query_does_for_whatever_it_is_asked(alice: Actor, bob: Actor) -> None:
    for handle in ("alice", "bob", "nobody", "argument 0 of a prepared query", "%s", "'"):
        for since in (EARLIER, clock.now() + dt.timedelta(days=1)):
            expected = list(Actor.objects.filter(handle=handle, created_at__gt=since))
            assert CALLED.all(handle, since) == expected
            assert CALLED.exists(handle, since) == bool(expected)
    found = CALLED.first("alice", EARLIER)
    assert found is not None
    assert model_to_dict(found) == model_to_dict(alice)
    assert (found.pk, found.created_at) == (alice.pk, alice.created_at)


def test_a_row_is_the_same_as_one_that_django_reads(alice: Actor) -> None:
    Actor.objects.filter(pk=alice.pk).update(also_known_as=["https://old.example/a"], moved_at=EARLIER, is_listed=True)
    found, read = CALLED.first("alice", EARLIER), Actor.objects.get(pk=alice.pk)
    assert found is not None
    assert values_of(found) == values_of(read)
    state = found._state  # noqa: SLF001 - how Django knows that it is a row, and of which database
    assert (state.adding, state.db) == (False, "default")
    found.name = "Alice Marram"
    found.save(update_fields=["name"])
    alice.refresh_from_db()
    assert alice.name == "Alice Marram"


def values_of(actor: Actor) -> dict[str, object]:
    """What a row holds."""
    return {name: value for name, value in vars(actor).items() if name != "_state"}


def test_what_was_selected_along_is_not_asked_for_again(alice: Actor, dora: Actor) -> None:
    for actor in (alice, dora):
        with CaptureQueriesContext(connection) as asked:
            keys = KEYS.all(actor.pk)
            assert {key.actor.user for key in keys} == {actor.user}
        assert len(asked) == 1
        assert keys == list(Key.objects.filter(actor=actor))


def test_tuples_stand_in_the_order_they_were_asked_for(alice: Actor) -> None:
    names = Prepared(lambda handle: Actor.objects.filter(handle=handle).values_list("handle", "pk"))
    assert names.all("alice") == [("alice", alice.pk)]
    assert names.first("nobody") is None


@pytest.mark.usefixtures("alice")
def test_an_argument_that_does_not_reach_the_query_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="do not stand in"):
        Prepared(lambda _handle: Actor.objects.filter(handle="alice")).all("bob")


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_through_its_own_connection() -> None:
    for number in range(8):
        makers.far_person(f"p{number}")

    def ask(number: int) -> list[str]:
        try:
            return [actor.handle for _ in range(20) for actor in CALLED.all(f"p{number}", EARLIER)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert [set(found) for found in pool.map(ask, range(8))] == [{f"p{number}"} for number in range(8)]


def test_a_tuple_stands_for_as_many_as_it_holds(alice: Actor, bob: Actor, dora: Actor) -> None:
    among: Prepared[Actor] = Prepared(
        lambda ids, domain: Actor.objects.filter(pk__in=ids).exclude(domain=domain).order_by("pk")
    )
    for ids in ((alice.pk,), (alice.pk, bob.pk), (bob.pk, dora.pk, 0), (dora.pk, dora.pk)):
        assert among.all(ids, "nowhere.example") == list(Actor.objects.filter(pk__in=ids).order_by("pk"))
    assert among.all((alice.pk, dora.pk), "far.example") == [alice]
    assert among.all((), "nowhere.example") == []
