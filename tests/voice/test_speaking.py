"""Saying, changing, taking back; drafts and answers without words: as actions."""

import datetime as dt

import pytest

from speak.identity.actions import block
from speak.identity.models import Actor, Notification
from speak.kernel import clock
from speak.kernel.errors import Invalid
from speak.voice import actions
from speak.voice.actions import DraftWords, Words
from speak.voice.audience import Audience
from speak.voice.errors import (
    NothingSaid,
    NotThere,
    NotToBePassedOn,
    NotYours,
    TooLong,
    WiderThanAnswered,
    WrongAudience,
)
from speak.voice.models import Draft, Post, Reach, Revision
from speak.voice.queries import post_for, readable_by
from tests import makers

OPEN = Audience(Reach.PUBLIC)


def kept(author: Actor, source: str = "A thought.", *, audience: Audience = OPEN) -> Draft:
    """A draft."""
    return actions.keep_draft(author, content=DraftWords(Words(source), audience))


def test_a_post_has_an_address_and_an_audience(alice: Actor) -> None:
    post = makers.post(alice, "Hello @alice #One")
    assert post.uri == f"https://home.example/posts/{post.pk}"
    assert post.url == f"https://home.example/@alice/{post.pk}"
    assert post.audience_owner == alice
    assert [tag.name for tag in post.tags.all()] == ["one"]


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (Words("  \n"), NothingSaid),
        (Words("x" * 5_001), TooLong),
        (Words("x", title="t" * 301), TooLong),
        (Words("x", summary="s" * 501), TooLong),
        (Words("x" * 100_001, title="t"), TooLong),
    ],
)
def test_words_have_bounds(words: Words, refusal: type[Exception], alice: Actor) -> None:
    with pytest.raises(refusal):
        actions.publish_post(alice, words=words, audience=OPEN)
    assert not Post.objects.exists()


def test_a_note_for_named_people_is_for_those_it_calls_too(alice: Actor, bob: Actor, carol: Actor) -> None:
    post = makers.post(alice, "You too, @carol", reach=Reach.NAMED, to=(bob, alice))
    assert {reader.actor for reader in post.readers.all()} == {bob, carol}


def test_named_people_have_to_be_named(alice: Actor) -> None:
    with pytest.raises(WrongAudience):
        makers.post(alice, "To whom?", reach=Reach.NAMED, to=(alice,))


@pytest.mark.parametrize("reach", [Reach.FOLLOWERS, Reach.QUIET, Reach.PUBLIC, Reach.HERE])
def test_an_answer_is_not_wider_unawares(reach: Reach, alice: Actor, bob: Actor) -> None:
    asked = makers.post(alice, reach=Reach.NAMED, to=(bob,))
    with pytest.raises(WiderThanAnswered):
        makers.answer(bob, asked, audience=Audience(reach))
    answer = makers.answer(bob, asked, audience=Audience(reach, is_knowingly_wider=True))
    assert answer.reach == reach


def test_an_answer_lets_nobody_in_by_calling_them(alice: Actor, bob: Actor, carol: Actor) -> None:
    asked = makers.post(alice, reach=Reach.NAMED, to=(bob,))
    answer = makers.answer(bob, asked, "What does @carol say?")
    assert not readable_by(carol).filter(pk=answer.pk).exists()
    assert not Notification.objects.filter(recipient=carol).exists()


def test_an_answer_to_followers_stays_with_her_followers(alice: Actor, bob: Actor, carol: Actor) -> None:
    makers.follows(bob, alice)
    makers.follows(carol, bob)
    answer = makers.answer(bob, makers.post(alice, reach=Reach.FOLLOWERS))
    assert readable_by(alice).filter(pk=answer.pk).exists()
    assert not readable_by(carol).filter(pk=answer.pk).exists()


def test_only_its_author_changes_it(alice: Actor, bob: Actor) -> None:
    post = makers.post(alice, "One.")
    with pytest.raises(NotYours):
        actions.edit_post(bob, post=post, words=Words("Two."))
    with pytest.raises(NotYours):
        actions.withdraw_post(bob, post=post)
    actions.edit_post(alice, post=post, words=Words("Two."))
    assert [revision.source for revision in Revision.objects.all()] == ["One."]


def test_what_is_taken_back_leaves_no_words(alice: Actor, bob: Actor) -> None:
    post = makers.post(alice, "Too much, @bob")
    actions.edit_post(alice, post=post, words=Words("Less, @bob"))
    actions.boost(bob, post=post)
    actions.withdraw_post(alice, post=post)
    post.refresh_from_db()
    assert (post.source, post.html) == ("", "")
    assert not Revision.objects.exists()
    assert not post.boosts.exists()
    assert not Notification.objects.exists()
    for viewer in (alice, bob, None):
        with pytest.raises(NotThere):
            post_for(viewer, post.pk)
    with pytest.raises(NotThere):
        actions.edit_post(alice, post=post, words=Words("Again."))


@pytest.mark.parametrize("reach", [Reach.SELF, Reach.HERE, Reach.FOLLOWERS])
def test_only_what_anyone_may_read_is_passed_on(reach: Reach, alice: Actor) -> None:
    with pytest.raises(NotToBePassedOn):
        actions.boost(alice, post=makers.post(alice, reach=reach))


def test_nobody_answers_without_words_what_they_cannot_read(alice: Actor, bob: Actor) -> None:
    post = makers.post(alice)
    block(alice, blocked=bob)
    for act in (actions.boost, actions.like, actions.keep, actions.let_rest):
        with pytest.raises(NotThere):
            act(bob, post=post)


def test_thanks_are_told_once_and_taken_back(alice: Actor, bob: Actor) -> None:
    post = makers.post(alice)
    assert actions.like(bob, post=post) == actions.like(bob, post=post)
    assert Notification.objects.filter(recipient=alice).count() == 1
    actions.unlike(bob, post=post)
    assert not Notification.objects.exists()


def test_a_draft_says_itself_when_its_time_has_come(alice: Actor) -> None:
    draft = actions.hold_draft(alice, draft=kept(alice), until=clock.now() + dt.timedelta(hours=1))
    assert actions.say_due_drafts() == 0
    Draft.objects.filter(pk=draft.pk).update(held_until=clock.now())
    assert actions.say_due_drafts() == 1
    assert Post.objects.get().source == "A thought."
    assert not Draft.objects.exists()


def test_a_held_draft_that_is_refused_waits_for_its_author(alice: Actor) -> None:
    draft = kept(alice, "", audience=OPEN)
    Draft.objects.filter(pk=draft.pk).update(held_until=clock.now())
    assert actions.say_due_drafts() == 0
    draft.refresh_from_db()
    assert draft.held_until is None
    assert "nothing to say" in draft.last_refusal
    assert not Post.objects.exists()


@pytest.mark.parametrize("hours", [-1, 69_885_000])
def test_words_are_held_for_a_time_that_comes(hours: int, alice: Actor) -> None:
    with pytest.raises(Invalid):
        actions.hold_draft(alice, draft=kept(alice), until=clock.now() + dt.timedelta(hours=hours))


def test_changing_a_held_draft_stops_the_clock(alice: Actor) -> None:
    draft = actions.hold_draft(alice, draft=kept(alice), until=clock.now() + dt.timedelta(hours=1))
    actions.keep_draft(alice, content=DraftWords(Words("Other."), OPEN), draft=draft)
    draft.refresh_from_db()
    assert draft.held_until is None


def test_a_draft_is_said_once(alice: Actor) -> None:
    draft = kept(alice)
    actions.say_draft(alice, draft=draft)
    with pytest.raises(Invalid):
        actions.say_draft(alice, draft=draft)
    assert Post.objects.count() == 1


def test_a_draft_goes_without_a_trace(alice: Actor, bob: Actor) -> None:
    draft = kept(alice)
    actions.drop_draft(bob, draft=draft)
    assert Draft.objects.exists()
    actions.drop_draft(alice, draft=draft)
    assert not Draft.objects.exists()
