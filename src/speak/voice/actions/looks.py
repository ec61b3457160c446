"""Asking one reader before saying something; they ask, and write nothing for anybody (promise 1)."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.actions import Occasion, forget_about_page, notify
from speak.identity.models import Actor, NotificationKind
from speak.identity.queries import is_blocked_between
from speak.voice.errors import NothingSaid, NotThere, TooLong, WrongReader
from speak.voice.models import Draft, Look, Question
from speak.voice.queries.looks import look_at, look_for

MAX_WISH, MAX_QUESTION, MOST_QUESTIONS = 300, 1_000, 50


@transaction.atomic
def show_draft(author: Actor, *, draft: Draft, reader: Actor, wish: str = "") -> Look:
    """Show one's own draft to one person here, who may ask about it. Whoever it was shown to before no longer sees it.

    Raises:
        NotThere: the draft was said or dropped, or is somebody else's.
        NothingSaid: there is nothing to read in it yet.
        WrongReader: oneself, somebody elsewhere, or somebody apart from the author.
        TooLong: about the wish.
    """
    current = Draft.objects.select_for_update().filter(pk=draft.pk, author=author).first()
    if current is None:
        raise NotThere(_("This draft has been said or dropped already."))
    if not (current.source.strip() or current.title.strip() or current.media.exists()):
        raise NothingSaid(_("There is nothing to read yet."), hint=_("Write a few words first."))
    if len(wish) > MAX_WISH:
        raise TooLong(
            ngettext(
                "What you would like to be asked about has up to %(most)d character.",
                "What you would like to be asked about has up to %(most)d characters.",
                MAX_WISH,
            )
            % {"most": MAX_WISH}
        )
    if reader.pk == author.pk:
        raise WrongReader(_("You have read it already."), hint=_("Name somebody else."))
    is_here = reader.is_local and reader.user_id is not None and reader.gone_at is None
    if not is_here or is_blocked_between(author, reader):
        raise WrongReader(
            _("You cannot show this to %(name)s.") % {"name": reader.called},
            hint=_("Name somebody whose home is here."),
        )
    end_look(current)
    look = Look.objects.create(draft=current, reader=reader, wish=wish.strip())
    notify(reader, kind=NotificationKind.DRAFT_SHOWN, about=author, occasion=Occasion(leads_to=look.path))
    return look


@transaction.atomic
def ask_about(reader: Actor, *, look: Look, words: str) -> Question:
    """Ask something about a draft that is shown to one.

    Raises:
        NotThere: it is not shown to the reader any more.
        NothingSaid, TooLong: about the question.
    """
    current = look_for(reader, look.pk)
    asked = words.strip()
    if not asked:
        raise NothingSaid(_("There is no question yet."))
    if len(asked) > MAX_QUESTION or current.questions.count() >= MOST_QUESTIONS:
        raise TooLong(
            _("A question has up to %(question)d characters, and %(questions)d of them are enough.")
            % {"question": MAX_QUESTION, "questions": MOST_QUESTIONS}
        )
    question = Question.objects.create(look=current, words=asked)
    draft = current.draft
    notify(draft.author, kind=NotificationKind.DRAFT_QUESTION, about=reader, occasion=Occasion(leads_to=page_of(draft)))
    return question


@transaction.atomic
def take_look_back(author: Actor, *, draft: Draft) -> None:
    """Show one's own draft to nobody any more, at any moment."""
    if draft.author_id == author.pk:
        end_look(draft)


def end_look(draft: Draft) -> None:
    """Nobody looks any more: what was asked and told about it goes too. Whoever calls holds the transaction."""
    look = look_at(draft)
    if look is None:
        return
    forget_about_page(look.path)
    forget_about_page(page_of(draft))
    look.delete()


def page_of(draft: Draft) -> str:
    """Where the author goes on writing, with the questions beside it."""
    return f"/compose?draft={draft.pk}"
