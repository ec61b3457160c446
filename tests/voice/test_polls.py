"""Answers to choose from: once, by those who can read them, and nobody sees who chose what."""

import datetime as dt

import pytest

from speak.identity.actions import block, mark_seen
from speak.identity.models import Actor
from speak.identity.queries import notifications_of
from speak.kernel import clock
from speak.kernel.errors import Refusal
from speak.voice.actions import (
    DraftWords,
    PollWords,
    Words,
    choose,
    edit_post,
    end_due_polls,
    keep_draft,
    publish_post,
    receive_choice,
    say_draft,
    withdraw_post,
)
from speak.voice.audience import Audience
from speak.voice.models import Choice, Option, Poll, Post, Reach
from speak.voice.queries import PollSeen, polls_for
from tests import makers

DAY = dt.timedelta(days=1)
BOATS = PollWords(("Rowing", "Sailing", "Neither"), DAY)


def ask(author: Actor, poll: PollWords = BOATS, *, reach: Reach = Reach.PUBLIC) -> Post:
    """Something said with answers to choose from."""
    return publish_post(author, words=Words("How shall we cross?", poll=poll), audience=Audience(reach))


def seen(viewer: Actor | None, post: Post) -> PollSeen:
    """The poll below a post, as somebody sees it."""
    return polls_for(viewer, [post])[post.pk]


def numbers(viewer: Actor | None, post: Post) -> list[int | None]:
    """How often each answer was chosen, as somebody sees it."""
    return [option.chosen for option in seen(viewer, post).options]


def test_one_chooses_once_and_sees_then_what_others_chose(alice: Actor, bob: Actor, carol: Actor) -> None:
    post = ask(alice)
    assert numbers(bob, post) == numbers(None, post) == [None] * 3
    assert numbers(alice, post) == [0, 0, 0]
    choose(bob, post=post, positions=[1])
    choose(carol, post=post, positions=[1])
    assert numbers(bob, post) == [0, 2, 0]
    assert [option.is_mine for option in seen(bob, post).options] == [False, True, False]
    with pytest.raises(Refusal, match="chosen already"):
        choose(bob, post=post, positions=[0])
    assert (Poll.objects.get().people, Choice.objects.count()) == (2, 2)


def test_where_several_may_be_chosen_whoever_chose_counts_once(alice: Actor, bob: Actor) -> None:
    post = ask(alice, PollWords(BOATS.options, DAY, is_multiple=True))
    choose(bob, post=post, positions=[0, 2, 2])
    assert numbers(bob, post) == [1, 0, 1]
    choose(bob, post=post, positions=[1, 2])
    assert (numbers(bob, post), seen(bob, post).own) == ([1, 1, 1], (0, 2, 1))
    assert Poll.objects.get().people == 1


@pytest.mark.parametrize(
    ("positions", "sentence"), [([], "one of"), ([3], "one of"), ([-1], "one of"), ([0, 1], "only")]
)
def test_what_is_no_choice_is_refused(alice: Actor, bob: Actor, positions: list[int], sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        choose(bob, post=ask(alice), positions=positions)
    assert not Choice.objects.exists()


def test_whoever_cannot_read_it_or_asked_it_does_not_choose(alice: Actor, bob: Actor, carol: Actor) -> None:
    for chooser, post in ((bob, ask(alice, reach=Reach.SELF)), (alice, ask(alice)), (bob, makers.post(alice))):
        with pytest.raises(Refusal):
            choose(chooser, post=post, positions=[0])
    block(alice, blocked=carol)
    with pytest.raises(Refusal):
        choose(carol, post=ask(alice), positions=[0])
    assert not Choice.objects.exists()


@pytest.mark.parametrize(
    ("poll", "sentence"),
    [
        (PollWords(("One",), DAY), "2 to 8"),
        (PollWords(tuple("abcdefghi"), DAY), "2 to 8"),
        (PollWords(("One", " "), DAY), "1 to 100"),
        (PollWords(("One", "x" * 101), DAY), "1 to 100"),
        (PollWords(("One", "one "), DAY), "the same"),
        (PollWords(("One", "Two"), dt.timedelta(minutes=4)), "five minutes"),
        (PollWords(("One", "Two"), dt.timedelta(days=32)), "a month"),
    ],
)
def test_what_nobody_could_choose_from_is_not_said(alice: Actor, poll: PollWords, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        ask(alice, poll)
    assert not Post.objects.exists()


def test_when_it_is_over_all_see_the_numbers_and_those_concerned_are_told(
    alice: Actor, bob: Actor, carol: Actor
) -> None:
    post = ask(alice)
    choose(bob, post=post, positions=[0])
    mark_seen(alice)
    assert end_due_polls() == 0
    Poll.objects.update(ends_at=clock.now() - dt.timedelta(seconds=1))
    with pytest.raises(Refusal, match="over"):
        choose(carol, post=post, positions=[0])
    assert (end_due_polls(), end_due_polls()) == (1, 0)
    assert numbers(carol, post) == numbers(None, post) == [1, 0, 0]
    told = [[str(row.kind) for row in notifications_of(person)] for person in (alice, bob, carol)]
    assert told == [["poll_over"], ["poll_over"], []]


def test_other_answers_void_what_was_chosen_and_the_same_do_not(alice: Actor, bob: Actor) -> None:
    post = ask(alice)
    choose(bob, post=post, positions=[0])
    edit_post(alice, post=post, words=Words("How do we cross?"))
    edit_post(alice, post=post, words=Words("How do we cross?", poll=BOATS))
    assert (Post.objects.get().kind, numbers(alice, post)) == ("Question", [1, 0, 0])
    edit_post(alice, post=post, words=Words("How do we cross?", poll=PollWords(("Rowing", "Not"), DAY)))
    assert (numbers(alice, post), Choice.objects.count()) == ([0, 0], 0)


def test_a_draft_keeps_the_answers_and_taking_back_forgets_them(alice: Actor) -> None:
    words = Words("How shall we cross?", poll=BOATS, is_sensitive=True)
    draft = keep_draft(alice, content=DraftWords(words, Audience(Reach.PUBLIC)))
    post = say_draft(alice, draft=draft)
    assert [option.title for option in seen(alice, post).options] == list(BOATS.options)
    assert post.is_sensitive
    withdraw_post(alice, post=post)
    assert not Option.objects.exists()


def test_an_article_asks_nothing(alice: Actor) -> None:
    with pytest.raises(Refusal, match="article"):
        publish_post(alice, words=Words("Long.", title="T", poll=BOATS), audience=Audience(Reach.PUBLIC))


def test_a_choice_from_elsewhere_counts_as_its_words_say(alice: Actor, dora: Actor) -> None:
    post = ask(alice)
    assert receive_choice(dora, post=post, title="Sailing")
    for title in ("Sailing", "Rowing", "Swimming"):
        assert not receive_choice(dora, post=post, title=title)
    assert numbers(alice, post) == [0, 1, 0]
    hidden = ask(alice, reach=Reach.HERE)
    assert not receive_choice(dora, post=hidden, title="Sailing")
