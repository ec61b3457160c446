"""Drafts: kept, held until their time, said once; refused ones stay."""

import datetime as dt

import pytest

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.errors import Invalid
from speak.voice.actions import (
    DraftWords,
    Words,
    add_picture,
    drop_draft,
    forget_unused_media,
    hold_draft,
    keep_draft,
    say_draft,
    say_due_drafts,
    withdraw_post,
)
from speak.voice.audience import Audience
from speak.voice.errors import NotThere
from speak.voice.models import Draft, Media, Post, PostKind, Reach
from speak.voice.queries import draft_of, drafts_of
from tests import makers

SOON = dt.timedelta(hours=1)


def kept(author: Actor, source: str = "A thought.", *, audience: Audience | None = None) -> Draft:
    """A draft, for anyone unless told otherwise."""
    return keep_draft(author, content=DraftWords(Words(source), audience or Audience(Reach.PUBLIC)))


def held(author: Actor, source: str = "A thought.", *, audience: Audience | None = None) -> Draft:
    """A draft whose time has come."""
    draft = hold_draft(author, draft=kept(author, source, audience=audience), until=clock.now() + SOON)
    Draft.objects.filter(pk=draft.pk).update(held_until=clock.now())
    return draft


def test_a_draft_keeps_all_there_is_to_say(alice: Actor, bob: Actor, carol: Actor) -> None:
    asked = makers.post(bob, "Well, @alice?", reach=Reach.NAMED, to=(alice, carol))
    picture = add_picture(alice, data=makers.picture(), description="A pear")
    content = DraftWords(
        Words("*Yes*, @bob.", title="On pears", summary="fruit", language="de"),
        Audience(Reach.NAMED, people=(bob,)),
        in_reply_to=asked,
        media=[picture],
    )
    post = say_draft(alice, draft=keep_draft(alice, content=content))
    assert (post.kind, post.title, post.source) == (PostKind.ARTICLE, "On pears", "*Yes*, @bob.")
    assert (post.summary, post.language, post.in_reply_to) == ("fruit", "de", asked)
    assert [reader.actor for reader in post.readers.all()] == [bob]
    assert list(post.media.all()) == [picture]
    assert not Draft.objects.exists()


def test_a_draft_remembers_to_stay_in_the_conversation(alice: Actor, bob: Actor) -> None:
    makers.follows(bob, alice)
    asked = makers.post(alice, reach=Reach.FOLLOWERS)
    staying = DraftWords(Words("I see."), Audience(Reach.QUIET, stays_in_thread=True), in_reply_to=asked)
    post = say_draft(bob, draft=keep_draft(bob, content=staying))
    assert (post.reach, post.audience_owner) == (Reach.FOLLOWERS, alice)


def test_only_its_author_sees_a_draft(alice: Actor, bob: Actor) -> None:
    draft = kept(alice)
    assert list(drafts_of(alice)) == [draft]
    assert draft_of(alice, draft.pk) == draft
    assert not drafts_of(bob).exists()
    with pytest.raises(NotThere):
        draft_of(bob, draft.pk)


def test_only_its_author_changes_holds_says_or_drops_a_draft(alice: Actor, bob: Actor) -> None:
    draft = kept(alice)
    with pytest.raises(Invalid):
        keep_draft(bob, content=DraftWords(Words("Bob's words."), Audience(Reach.PUBLIC)), draft=draft)
    with pytest.raises(Invalid):
        hold_draft(bob, draft=draft, until=clock.now() + SOON)
    with pytest.raises(Invalid):
        say_draft(bob, draft=draft)
    drop_draft(bob, draft=draft)
    after = draft_of(alice, draft.pk)
    assert (after.author, after.source, after.held_until) == (alice, "A thought.", None)
    assert not Post.objects.exists()


def test_the_last_changed_stands_first(alice: Actor) -> None:
    first, second = kept(alice, "One."), kept(alice, "Two.")
    assert list(drafts_of(alice)) == [second, first]
    keep_draft(alice, content=DraftWords(Words("One, again."), Audience(Reach.SELF)), draft=first)
    assert [draft.source for draft in drafts_of(alice)] == ["One, again.", "Two."]


def test_what_is_said_is_what_the_draft_holds_by_now(alice: Actor) -> None:
    in_an_old_window = kept(alice, "Go away!")
    keep_draft(
        alice, content=DraftWords(Words("Please go."), Audience(Reach.SELF)), draft=draft_of(alice, in_an_old_window.pk)
    )
    post = say_draft(alice, draft=in_an_old_window)
    assert (post.source, post.reach) == ("Please go.", Reach.SELF)


def test_what_was_said_or_dropped_is_not_kept_or_held_again(alice: Actor) -> None:
    said, dropped = kept(alice), kept(alice)
    say_draft(alice, draft=said)
    drop_draft(alice, draft=dropped)
    for draft in (said, dropped):
        with pytest.raises(Invalid):
            keep_draft(alice, content=DraftWords(Words("Again."), Audience(Reach.PUBLIC)), draft=draft)
        with pytest.raises(Invalid):
            hold_draft(alice, draft=draft, until=clock.now() + SOON)
    assert not Draft.objects.exists()


def test_held_drafts_are_said_in_the_order_of_their_times(alice: Actor, bob: Actor) -> None:
    later, sooner, another = held(alice, "Later."), held(alice, "Sooner."), held(bob, "Bob's.")
    moment = clock.now()
    for number, draft in enumerate((sooner, another, later)):
        Draft.objects.filter(pk=draft.pk).update(held_until=moment - dt.timedelta(minutes=10 - number))
    assert say_due_drafts() == 3
    assert [post.source for post in Post.objects.order_by("pk")] == ["Sooner.", "Bob's.", "Later."]
    assert say_due_drafts() == 0


def test_a_draft_that_is_not_held_is_never_said_by_itself(alice: Actor) -> None:
    kept(alice)
    assert say_due_drafts() == 0
    assert not Post.objects.exists()


def test_one_that_is_refused_waits_with_the_reason_and_stops_no_other(alice: Actor, bob: Actor) -> None:
    makers.follows(bob, alice)
    asked = makers.post(alice, reach=Reach.FOLLOWERS)
    content = DraftWords(Words("Hear this!"), Audience(Reach.PUBLIC), in_reply_to=asked)
    wider = hold_draft(bob, draft=keep_draft(bob, content=content), until=clock.now() + SOON)
    Draft.objects.filter(pk=wider.pk).update(held_until=clock.now() - SOON)
    held(alice, "Unharmed.")
    assert say_due_drafts() == 1
    assert say_due_drafts() == 0
    waiting = Draft.objects.get()
    assert (waiting.pk, waiting.source, waiting.held_until) == (wider.pk, "Hear this!", None)
    assert "More people could read this" in waiting.last_refusal
    assert [post.source for post in Post.objects.filter(in_reply_to=None).order_by("pk")][1:] == ["Unharmed."]


def test_a_refused_draft_can_be_mended_and_held_again(alice: Actor) -> None:
    draft = held(alice, " ")
    say_due_drafts()
    keep_draft(alice, content=DraftWords(Words("Words."), Audience(Reach.PUBLIC)), draft=draft)
    assert draft_of(alice, draft.pk).last_refusal == ""
    hold_draft(alice, draft=draft, until=clock.now() + SOON)
    Draft.objects.update(held_until=clock.now())
    assert say_due_drafts() == 1


def test_an_answer_to_what_was_taken_back_meanwhile_stays_a_draft(alice: Actor, bob: Actor) -> None:
    asked = makers.post(alice)
    content = DraftWords(Words("I see."), Audience(Reach.QUIET), in_reply_to=asked)
    draft = keep_draft(bob, content=content)
    withdraw_post(alice, post=asked)
    with pytest.raises(NotThere):
        say_draft(bob, draft=draft)
    assert list(drafts_of(bob)) == [draft]


def test_pictures_in_a_draft_are_kept_and_are_ones_own(alice: Actor, bob: Actor) -> None:
    own, others = (add_picture(owner, data=makers.picture()) for owner in (alice, bob))
    content = DraftWords(Words(""), Audience(Reach.PUBLIC), media=[own, others])
    draft = keep_draft(alice, content=content)
    assert list(draft.media.all()) == [own]
    Media.objects.update(created_at=clock.now() - dt.timedelta(days=3))
    assert forget_unused_media() == 1
    drop_draft(alice, draft=draft)
    assert forget_unused_media() == 1
