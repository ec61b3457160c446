"""A second pair of eyes: one reader, who may ask but not edit; and nobody else, whatever happens (promises 1 and 4)."""

import pytest

from speak.identity.actions import block
from speak.identity.models import Actor, Notification, NotificationKind
from speak.kernel.errors import Refusal
from speak.voice.actions import (
    DraftWords,
    Words,
    add_picture,
    ask_about,
    drop_draft,
    keep_draft,
    say_draft,
    show_draft,
    take_look_back,
)
from speak.voice.audience import Audience
from speak.voice.errors import NothingSaid, NotThere, TooLong, WrongReader
from speak.voice.models import Draft, Look, Question
from speak.voice.queries import look_at, look_for, media_shown_to
from speak.voice.reach import Reach
from tests import makers


def kept(author: Actor, source: str = "We were wrong about the pumps.") -> Draft:
    """A draft for everyone here."""
    return keep_draft(author, content=DraftWords(Words(source), Audience(Reach.HERE)))


def told(actor: Actor, kind: NotificationKind) -> int:
    """How often somebody was told of this."""
    return Notification.objects.filter(recipient=actor, kind=kind).count()


def test_the_one_reader_reads_it_asks_and_its_author_hears(alice: Actor, bob: Actor) -> None:
    draft = kept(alice)
    look = show_draft(alice, draft=draft, reader=bob, wish="Is it fair?")
    assert told(bob, NotificationKind.DRAFT_SHOWN) == 1
    assert look_for(bob, look.pk).draft == draft
    ask_about(bob, look=look, words="Which pumps?")
    assert told(alice, NotificationKind.DRAFT_QUESTION) == 1
    seen = look_at(draft)
    assert seen
    assert [question.words for question in seen.questions.all()] == ["Which pumps?"]


def test_nobody_else_can_look_or_ask(alice: Actor, bob: Actor, carol: Actor) -> None:
    look = show_draft(alice, draft=kept(alice), reader=bob)
    for other in (alice, carol):
        with pytest.raises(NotThere):
            look_for(other, look.pk)
        with pytest.raises(NotThere):
            ask_about(other, look=look, words="What is it?")
    assert not Question.objects.exists()


def test_a_new_reader_takes_the_place_of_the_one_before(alice: Actor, bob: Actor, carol: Actor) -> None:
    draft = kept(alice)
    first = show_draft(alice, draft=draft, reader=bob)
    second = show_draft(alice, draft=draft, reader=carol)
    with pytest.raises(NotThere):
        look_for(bob, first.pk)
    assert look_for(carol, second.pk).draft == draft
    assert told(bob, NotificationKind.DRAFT_SHOWN) == 0


@pytest.mark.parametrize("end", ["take back", "say", "drop", "block", "be blocked"])
def test_it_ends_at_once(alice: Actor, bob: Actor, end: str) -> None:
    draft = kept(alice)
    look = show_draft(alice, draft=draft, reader=bob)
    ask_about(bob, look=look, words="Why now?")
    match end:
        case "take back":
            take_look_back(alice, draft=draft)
        case "say":
            say_draft(alice, draft=draft)
        case "drop":
            drop_draft(alice, draft=draft)
        case "block":
            block(alice, blocked=bob)
        case _:
            block(bob, blocked=alice)
    with pytest.raises(NotThere):
        look_for(bob, look.pk)
    with pytest.raises(NotThere):
        ask_about(bob, look=look, words="Again?")
    assert told(bob, NotificationKind.DRAFT_SHOWN) == told(alice, NotificationKind.DRAFT_QUESTION) == 0
    assert look_at(draft) is None


def test_pictures_of_a_draft_are_shown_to_its_reader_for_as_long(alice: Actor, bob: Actor, carol: Actor) -> None:
    media = add_picture(alice, data=makers.picture())
    content = DraftWords(Words("Look."), Audience(Reach.SELF), media=[media])
    draft = keep_draft(alice, content=content)
    show_draft(alice, draft=draft, reader=bob)
    assert media_shown_to(bob, media.token) == media
    with pytest.raises(NotThere):
        media_shown_to(carol, media.token)
    take_look_back(alice, draft=draft)
    with pytest.raises(NotThere):
        media_shown_to(bob, media.token)


def test_who_cannot_be_asked_is_refused(alice: Actor, bob: Actor, carol: Actor, dora: Actor) -> None:
    block(carol, blocked=alice)
    for reader in (alice, carol, dora):
        with pytest.raises(WrongReader):
            show_draft(alice, draft=kept(alice), reader=reader)
    with pytest.raises(NotThere):
        show_draft(bob, draft=kept(alice), reader=carol)
    with pytest.raises(NothingSaid):
        show_draft(alice, draft=kept(alice, " "), reader=bob)
    assert not Look.objects.exists()


@pytest.mark.parametrize(("words", "refusal"), [(" ", NothingSaid), ("x" * 1001, TooLong)])
def test_a_question_that_is_none_is_refused(alice: Actor, bob: Actor, words: str, refusal: type[Refusal]) -> None:
    look = show_draft(alice, draft=kept(alice), reader=bob)
    with pytest.raises(refusal):
        ask_about(bob, look=look, words=words)


def test_the_reader_sees_it_as_it_stands_now(alice: Actor, bob: Actor) -> None:
    draft = kept(alice)
    look = show_draft(alice, draft=draft, reader=bob)
    keep_draft(alice, content=DraftWords(Words("We were wrong."), Audience(Reach.HERE)), draft=draft)
    assert look_for(bob, look.pk).draft.source == "We were wrong."
