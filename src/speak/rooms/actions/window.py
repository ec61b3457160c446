"""The window: each week another named person speaks there, under their own name."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from speak.identity.actions import Occasion, forget_about_page, notify
from speak.identity.models import Actor, ActorKind, NotificationKind
from speak.identity.queries import is_blocked_between
from speak.kernel import clock
from speak.kernel.errors import NotAllowed
from speak.rooms.errors import Unfit
from speak.rooms.models import Turn, Window, WindowPost
from speak.rooms.queries.organisation import (
    check_runs_it,
    may_ask_for_weeks,
    the_organisation,
    the_window,
    this_week,
    turn_now,
)
from speak.voice.actions import Words, boost, publish_post
from speak.voice.audience import Audience
from speak.voice.models import Post
from speak.voice.reach import Reach

MAX_NAME, MAX_SENTENCE = 100, 300


@transaction.atomic
def open_window(operator: Actor, *, name: str, sentence: str) -> Window:
    """Open the window of this server, or call it something else.

    Raises:
        NotAllowed: the operator runs no server.
        Unfit: it has no name, or too long a one.
    """
    check_runs_it(operator)
    if not name.strip() or len(name) > MAX_NAME or len(sentence) > MAX_SENTENCE:
        raise Unfit(
            _("A window has a name of up to %(name)d characters, and a sentence of up to %(sentence)d.")
            % {"name": MAX_NAME, "sentence": MAX_SENTENCE}
        )
    window = the_window() or Window()
    window.name, window.sentence = name.strip(), " ".join(sentence.split())
    window.save()
    return window


@transaction.atomic
def ask_for_week(asker: Actor, *, window: Window, actor: Actor, week: dt.date) -> Turn:
    """Ask one person for one week. Nothing happens until they accept.

    Raises:
        NotAllowed: the asker neither runs the server nor hosts a room.
        Unfit: no person here, a week that is over, or somebody else's already.
    """
    if not may_ask_for_weeks(asker):
        raise NotAllowed(_("Whoever hosts a room, or runs this server, asks people to the window."))
    if not actor.is_local or actor.kind != ActorKind.PERSON or is_blocked_between(asker, actor):
        raise Unfit(_("They cannot be asked."))
    monday = week - dt.timedelta(days=week.weekday())
    if monday < this_week():
        raise Unfit(_("That week is over."))
    if window.turns.filter(week=monday).exists():
        raise Unfit(_("Somebody is asked for that week already."))
    turn = Turn.objects.create(window=window, actor=actor, asked_by=asker, week=monday)
    if actor.pk == asker.pk:
        turn.accepted_at = clock.now()
        turn.save(update_fields=["accepted_at"])
    else:
        notify(actor, kind=NotificationKind.TURN_ASKED, about=asker, occasion=Occasion(leads_to="/window"))
    return turn


@transaction.atomic
def answer_about_week(actor: Actor, *, turn: Turn, accepts: bool) -> None:
    """Take the week, or leave it to somebody else."""
    if turn.actor_id != actor.pk:
        raise Unfit(_("Nobody asks you for that week."))
    forget_about_page("/window", recipient=actor)
    if accepts:
        Turn.objects.filter(pk=turn.pk, accepted_at=None).update(accepted_at=clock.now())
    else:
        turn.delete()


@transaction.atomic
def speak_at_window(actor: Actor, *, words: Words) -> Post:
    """Say something to anyone, in one's own name, at the window, in one's week.

    Raises:
        NotAllowed: it is not their week.
        Refusal: as `publish_post`.
    """
    window = the_window()
    turn = turn_now(window) if window else None
    if turn is None or turn.actor_id != actor.pk:
        raise NotAllowed(
            _("It is not your week at the window."), hint=_("You can say it at your own home at any time.")
        )
    post = publish_post(actor, words=words, audience=Audience(Reach.PUBLIC))
    WindowPost.objects.create(turn=turn, post=post)
    organisation = the_organisation()
    if organisation is not None:
        boost(organisation.actor, post=post)
    return post
