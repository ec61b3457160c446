"""A look as it is asked for, read place by place, kept and forgotten."""

import datetime as dt

import pytest

from speak.federation.looking_up import asking
from speak.federation.models import LookUp
from speak.identity.models import Actor
from speak.kernel import clock, tasks
from speak.kernel.errors import TooMuch
from tests import makers

from .sites import SITES, Says, web

CARD = "https://alice.example/"


def test_addresses_are_taken_as_people_write_them_each_once(alice: Actor) -> None:
    look = asking.look_up(
        alice, [" Alice@Social.example ", "alice.example", "http://www.alice.example/", "", "@alice@social.example"]
    )
    assert look.addresses == ["@alice@social.example", "https://alice.example"]


def test_a_place_is_read_once_though_its_task_is_done_twice(alice: Actor) -> None:
    look, outbound = asking.look_up(alice, SITES), web()
    for _ in range(30):
        asking.read_one(look.pk, ask=outbound.ask)
    look.refresh_from_db()
    assert [place["address"] for place in look.places] == list(SITES)
    assert look.ended_at
    assert len([call for call in outbound.calls if call.url == CARD]) == 1


def test_two_looks_are_kept_and_what_was_found_is_worked_out_anew(alice: Actor, bob: Actor) -> None:
    for name in ("One", "Two", "Three"):
        LookUp.objects.update(asked_at=clock.now() - dt.timedelta(hours=1))
        look = asking.look_up(alice, [CARD])
        while asking.read_one(look.pk, ask=web(alice=Says(name=name)).ask):
            pass
    assert [each.places[1].name for each in asking.looks_of(alice)] == ["Three", "Two"]
    assert LookUp.objects.count() == 2
    assert asking.looks_of(bob) == []
    asking.forget_looks(bob)
    assert asking.looks_of(alice)
    asking.forget_looks(alice)
    assert not LookUp.objects.exists()


def test_one_look_at_a_time_and_not_again_at_once(alice: Actor, bob: Actor) -> None:
    asking.look_up(alice, [CARD])
    with pytest.raises(TooMuch):
        asking.look_up(alice, [CARD])
    asking.look_up(bob, [CARD])
    LookUp.objects.update(asked_at=clock.now() - dt.timedelta(hours=1))
    assert asking.under_way(alice) is None
    asking.look_up(alice, list(SITES))
    assert LookUp.objects.filter(owner=alice).get().addresses == list(SITES)


@pytest.mark.django_db(transaction=True)
def test_a_look_ends_with_its_owner() -> None:
    alice = makers.person("alice")
    asking.look_up(alice, ["https://127.0.0.1/", "https://10.0.0.1/"])
    assert tasks.do_all() == 2
    assert LookUp.objects.get().ended_at
    alice.delete()
    assert not LookUp.objects.exists()
