"""Who hears reports: named by whoever runs this server, and willing."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.events import emit
from speak.safety.errors import NoSuchHandler, NotYours, TooLong
from speak.safety.events import HandlerEnded, HandlerNamed, HandlerReady
from speak.safety.models import Handler

MAX_SENTENCE = 300


@transaction.atomic
def name_handler(operator: Actor | None, *, actor: Actor) -> Handler:
    """Ask somebody here to hear reports; they hear none before they say yes. No operator means by command.

    Raises:
        NotYours: only whoever runs this server names them.
        NoSuchHandler: not a person who can sign in here.
    """
    _check_operator(operator)
    if not actor.is_local or actor.user is None or actor.gone_at is not None or actor.suspended_at is not None:
        raise NoSuchHandler(
            _("%(name)s cannot hear reports here.") % {"name": actor.called},
            hint=_("Name a person whose home is here."),
        )
    handler, is_new = Handler.objects.get_or_create(actor=actor, defaults={"named_by": operator})
    if is_new:
        emit(HandlerNamed(actor_id=actor.pk))
    return handler


@transaction.atomic
def accept_handling(actor: Actor, *, sentence: str = "") -> Handler:
    """Say yes; or say better what one says of oneself to those who choose.

    Raises:
        NoSuchHandler: nobody asked them.
        TooLong: the sentence.
    """
    if len(sentence) > MAX_SENTENCE:
        raise TooLong(
            ngettext(
                "A sentence here has up to %(most)d character.",
                "A sentence here has up to %(most)d characters.",
                MAX_SENTENCE,
            )
            % {"most": MAX_SENTENCE}
        )
    handler = Handler.objects.select_for_update().filter(actor=actor).first()
    if handler is None:
        raise NoSuchHandler(_("Nobody has asked you to hear reports."))
    is_first = handler.accepted_at is None
    handler.sentence = sentence.strip()
    handler.accepted_at = handler.accepted_at or clock.now()
    handler.save(update_fields=["sentence", "accepted_at"])
    if is_first:
        emit(HandlerReady(actor_id=actor.pk))
    return handler


@transaction.atomic
def end_handling(by: Actor | None, *, actor: Actor) -> None:
    """Hear reports no more, or decline to; by oneself, or by whoever runs this server.

    Raises:
        NotYours: by anybody else.
    """
    if by != actor:
        _check_operator(by)
    ended, _ = Handler.objects.filter(actor=actor).delete()
    if ended:
        emit(HandlerEnded(actor_id=actor.pk))


def _check_operator(operator: Actor | None) -> None:
    if operator is not None and not operator.runs_this_server:
        raise NotYours(_("Whoever runs this server names who hears reports."))
