"""Events: handled inside the transaction that caused them."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from speak.identity.models import User
from speak.kernel.events import emit, listeners, on


@dataclass(frozen=True, slots=True)
class KettleBoiled:
    """Only these tests know it."""

    liters: int


@dataclass(frozen=True, slots=True)
class KettleWhistled(KettleBoiled):
    """A fact of its own, though it is built on another."""


class LidLost(Exception):
    """A listener's own trouble."""


heard: list[str] = []


@on(KettleBoiled)
def make_tea(event: KettleBoiled) -> None:
    """The first to hear."""
    heard.append(f"tea of {event.liters}")
    User.objects.create(username=f"guest{event.liters}")


@on(KettleBoiled, KettleWhistled)
def call_everybody(event: KettleBoiled) -> None:
    """Hears two facts."""
    heard.append(f"call for {event.liters}")
    if event.liters < 0:
        raise LidLost


@pytest.fixture(autouse=True)
def silence() -> None:
    """Nothing has been heard yet."""
    heard.clear()


@pytest.mark.django_db
def test_whoever_listens_hears_at_once_and_in_order() -> None:
    with transaction.atomic():
        emit(KettleBoiled(2))
        assert heard == ["tea of 2", "call for 2"]


@pytest.mark.django_db
def test_a_fact_is_heard_by_its_own_listeners_only() -> None:
    with transaction.atomic():
        emit(KettleWhistled(2))
    assert heard == ["call for 2"]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_told_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="KettleBoiled must be emitted inside a transaction"):
        emit(KettleBoiled(2))
    assert heard == []


@pytest.mark.django_db
def test_what_follows_is_rolled_back_with_its_cause() -> None:
    with pytest.raises(LidLost), transaction.atomic():  # noqa: PT012 - the cause and what follows
        User.objects.create(username="cause")
        emit(KettleBoiled(-1))
    assert not User.objects.exists()


def test_a_listener_stays_a_function_and_is_listed() -> None:
    make_listeners = listeners()
    assert make_listeners[KettleBoiled] == [make_tea, call_everybody]
    assert make_listeners[KettleWhistled] == [call_everybody]
