"""What waits for an answer of somebody, and what ends the wait."""

import datetime as dt

from speak.identity.actions import block, mute, unmute
from speak.identity.models import Actor
from speak.voice.actions import Words, edit_post, let_rest, like, withdraw_post
from speak.voice.audience import Audience
from speak.voice.models import Reach
from speak.voice.queries import awaiting_answer
from tests import makers


def test_answers_calls_and_words_to_a_few_wait_oldest_first(alice: Actor, bob: Actor, carol: Actor) -> None:
    asked = makers.post(alice, "How are you?")
    answer = makers.answer(bob, asked, "Well.")
    call = makers.post(carol, "What do you think, @alice?")
    for_few = makers.post(carol, "Can we meet?", reach=Reach.NAMED, to=(alice, bob))
    makers.post(carol, "Good morning, everybody.")
    makers.post(carol, "Good morning, all here.", reach=Reach.HERE)
    assert awaiting_answer(alice) == [answer, call, for_few]
    assert awaiting_answer(alice, limit=2) == [answer, call]
    assert awaiting_answer(bob) == [for_few]
    assert awaiting_answer(carol) == []


def test_words_from_elsewhere_wait_as_well(alice: Actor, dora: Actor) -> None:
    for_alice = makers.far_post(dora, reach=Reach.NAMED, to=(alice,))
    makers.far_post(dora)
    assert awaiting_answer(alice) == [for_alice]


def test_what_one_has_answered_waits_no_more_until_the_answer_is_taken_back(alice: Actor, bob: Actor) -> None:
    call = makers.post(bob, "Well, @alice?")
    answer = makers.answer(alice, call)
    assert awaiting_answer(alice) == []
    assert awaiting_answer(bob) == [answer]
    withdraw_post(alice, post=answer)
    assert awaiting_answer(alice) == [call]
    assert awaiting_answer(bob) == []


def test_the_answer_of_somebody_else_and_thanks_do_not_end_the_wait(alice: Actor, bob: Actor, carol: Actor) -> None:
    call = makers.post(bob, "Well, @alice?")
    makers.answer(carol, call)
    like(alice, post=call)
    assert awaiting_answer(alice) == [call]


def test_what_one_lets_rest_rests_for_oneself_only(alice: Actor, bob: Actor, carol: Actor) -> None:
    call = makers.post(bob, "Well, @alice and @carol?")
    let_rest(alice, post=call)
    assert awaiting_answer(alice) == []
    assert awaiting_answer(carol) == [call]


def test_in_a_conversation_of_a_few_an_answer_waits_for_whom_it_answers(alice: Actor, bob: Actor, carol: Actor) -> None:
    first = makers.post(alice, "When shall we meet?", reach=Reach.NAMED, to=(bob, carol))
    answer = makers.answer(bob, first, "On Monday.")
    assert awaiting_answer(alice) == [answer]
    assert awaiting_answer(carol) == [first]


def test_nobody_waits_for_themselves(alice: Actor) -> None:
    first = makers.post(alice, "A note to @alice.")
    makers.answer(alice, first, "Thanks, @alice.")
    assert awaiting_answer(alice) == []


def test_the_blocked_and_the_muted_do_not_wait(alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.post(bob, "Well, @alice?")
    call = makers.post(carol, "Well, @alice?")
    block(alice, blocked=bob)
    mute(alice, muted=carol, lasts=dt.timedelta(days=1))
    assert awaiting_answer(alice) == []
    unmute(alice, muted=carol)
    assert awaiting_answer(alice) == [call]


def test_a_call_one_cannot_read_does_not_wait(alice: Actor, bob: Actor, carol: Actor) -> None:
    asked = makers.post(bob, reach=Reach.NAMED, to=(carol,))
    makers.answer(carol, asked, "What would @alice say?")
    makers.post(bob, "Dear diary, @alice laughed.", reach=Reach.SELF)
    assert awaiting_answer(alice) == []


def test_what_was_taken_back_or_calls_one_no_more_does_not_wait(alice: Actor, bob: Actor) -> None:
    taken_back, edited = makers.post(bob, "Well, @alice?"), makers.post(bob, "And now, @alice?")
    withdraw_post(bob, post=taken_back)
    edit_post(bob, post=edited, words=Words("And now?"))
    assert awaiting_answer(alice) == []


def test_a_wider_answer_waits_for_whom_it_answers_too(alice: Actor, bob: Actor) -> None:
    asked = makers.post(alice, reach=Reach.NAMED, to=(bob,))
    answer = makers.answer(bob, asked, audience=Audience(Reach.PUBLIC, is_knowingly_wider=True))
    assert awaiting_answer(alice) == [answer]
