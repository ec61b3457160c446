"""What somebody sees of their own conversation, and that nobody else sees it."""

import datetime as dt
import inspect

from speak.identity.models import Actor
from speak.mirror.apart import Own
from speak.mirror.engines import opened
from speak.mirror.looking import own_of
from speak.mirror.own import own_mirror
from speak.voice.reach import Reach
from tests import makers

from .talk import DAY, HOUR, START, Say, Talk, numbers_of, put

# Ann and Bob answer each other; Cay answered Ann, long ago, and was answered; Dan answered Ann, and waits; Eve
# named her.
SAID = (
    *(Say("a1", "ann"), Say("c1", "cay", DAY, to="a1"), Say("a2", "ann", 2 * DAY, to="c1")),
    *(Say("b1", "bob", 300 * DAY), Say("a3", "ann", 301 * DAY, to="b1"), Say("b2", "bob", 302 * DAY, to="a3")),
    *(Say("a4", "ann", 303 * DAY, to="b2"), Say("a5", "ann", 304 * DAY), Say("d1", "dan", 305 * DAY, to="a5")),
    *(Say("e1", "eve", 306 * DAY), Say("f1", "fay", 306 * DAY + HOUR), Say("a6", "ann", 307 * DAY, to="f1")),
)
NUMBERS = numbers_of(SAID)


def seen_by(person: str, *, zone_minutes: int = 0) -> Own:
    with opened() as engine:
        put(engine, Talk(SAID, named=[("e1", "ann"), ("f1", "ann")]))
        return own_of(engine, person, now_at=START + 310 * DAY, zone_minutes=zone_minutes)


def test_whom_one_talks_with_both_ways() -> None:
    assert seen_by("ann").both_ways == ("bob", "cay")
    assert seen_by("bob").both_ways == ("ann",)
    assert seen_by("dan").both_ways == ()


def test_who_awaits_an_answer_the_oldest_first() -> None:
    assert seen_by("ann").awaiting == ((NUMBERS["d1"], "dan"), (NUMBERS["e1"], "eve"))
    assert seen_by("bob").awaiting == ((NUMBERS["a4"], "ann"),)


def test_whom_one_used_to_talk_with() -> None:
    assert seen_by("ann").used_to == ("cay",)
    assert seen_by("cay").used_to == ("ann",)


def test_ones_own_rhythm_runs_on_ones_own_clock() -> None:
    # Ann's six, at nine in the morning UTC: days 0, 2, 301, 303, 304, 307 after a Monday.
    assert seen_by("ann").rhythm[1::3] == (2, 0, 2, 1, 0, 0, 1)
    assert sum(seen_by("ann").rhythm) == 6
    assert sum(seen_by("ann", zone_minutes=-120).rhythm[::3]) == 6


def test_on_this_server_it_is_made_of_what_they_may_read(alice: Actor, bob: Actor, carol: Actor) -> None:
    asked = makers.post(alice, "Who has the key?")
    answered = makers.answer(bob, asked)
    makers.answer(alice, answered)
    waiting = makers.answer(carol, asked)
    hidden = makers.post(bob, "Not for Alice.", reach=Reach.NAMED, to=(carol,))
    makers.answer(carol, hidden)
    seen = own_mirror(alice)
    assert seen.both_ways == (str(bob.pk),)
    assert seen.awaiting == ((waiting.pk, str(carol.pk)),)
    assert sum(seen.rhythm) == 2
    later = makers.answer(bob, waiting)
    assert own_mirror(carol).awaiting == ((later.pk, str(bob.pk)),)
    assert str(bob.pk) in own_mirror(carol).both_ways


def test_half_a_year_later_they_used_to_talk(alice: Actor, bob: Actor) -> None:
    makers.answer(alice, makers.answer(bob, makers.post(alice)))
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=200)
    assert own_mirror(alice, now=later).used_to == (str(bob.pk),)
    assert own_mirror(alice, now=later).awaiting == ()


def test_there_is_no_way_to_ask_for_somebody_elses() -> None:
    """Whoever looks is the one who is looked at; no operator, no list of people, no second name to give."""
    taken = inspect.signature(own_mirror).parameters
    assert list(taken) == ["viewer", "now", "zone_minutes"]
