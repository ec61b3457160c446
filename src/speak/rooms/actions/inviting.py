"""One person asks another, by name, with a reason. There is no way to ask many at once."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from speak.identity.models import Actor, ActorKind
from speak.identity.queries import is_blocked_between, token_hash
from speak.kernel import clock
from speak.kernel.errors import TooMuch
from speak.kernel.events import emit
from speak.rooms import rules
from speak.rooms.actions.held import check_goes_on, held_for_member, home_first
from speak.rooms.actions.members import enter
from speak.rooms.actions.opening import steps_missing
from speak.rooms.errors import GoFirst, InvitationSpent, RoomFull, RoomQuiet, Unfit
from speak.rooms.events import InvitationAnswered, Invited
from speak.rooms.models import Invitation, Membership, Room
from speak.rooms.queries import has_nobody_to_answer, has_place, is_guest, open_invitations, record_of

MAX_NAME, MAX_REASON, MOST_AWAITING = 100, 500, 5


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked, by name, and why. `actor`: where they have a home here; then only they can accept."""

    name: str
    reason: str
    actor: Actor | None = None
    email: str = ""


@transaction.atomic
def invite(inviter: Actor, *, room: Room, asked: Asked) -> tuple[Invitation, str]:
    """Ask one person into a room. Returns the invitation and its address, which is shown here and never again.

    Raises:
        GoFirst: promise 2, with what is missing.
        Unfit: about the name or the reason, or who is asked.
        RoomFull, RoomQuiet, TooMuch.
    """
    current = held_for_member(inviter, room)
    check_goes_on(current)
    if current.paused_at:
        raise RoomQuiet(_("This room rests, and nobody is asked in."))
    if is_guest(inviter):
        raise home_first()
    missing = rules.missing_to_invite(record_of(inviter), is_alone=has_nobody_to_answer(inviter))
    if missing:
        raise GoFirst(_("Whoever asks others goes first."), hint=steps_missing(missing))
    called = asked.name.strip() or (asked.actor.called if asked.actor else "")
    why = " ".join(asked.reason.split())
    if not called or not why:
        raise Unfit(_("Say whom you ask, and why them."))
    if len(called) > MAX_NAME or len(why) > MAX_REASON:
        raise Unfit(
            _("A name has up to %(name)d characters, the reason up to %(reason)d.")
            % {"name": MAX_NAME, "reason": MAX_REASON}
        )
    if asked.actor is not None:
        _check_person(inviter, current, asked.actor)
    if not has_place(current):
        raise RoomFull(_("This room is full."), hint=_("Somebody in it may open another one."))
    if open_invitations(inviter, current).count() >= MOST_AWAITING:
        raise TooMuch(_("A few of those you asked have not answered yet."), hint=_("Wait for them, or take one back."))
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        room=current,
        invited_by=inviter,
        name=called,
        reason=why,
        email=asked.email.strip(),
        actor=asked.actor,
        token_hash=token_hash(token),
    )
    emit(Invited(invitation_id=invitation.pk))
    return invitation, f"{settings.SPEAK_URL}/invitations/{token}"


@transaction.atomic
def accept_invitation(actor: Actor, *, invitation: Invitation) -> Membership:
    """Come in. Whoever asked is remembered: they are asked to answer one's first words (promise 3).

    Raises:
        InvitationSpent: it does not await an answer any more, or is for somebody else.
        RoomFull, RoomQuiet.
    """
    current = _awaiting(invitation)
    if current.actor_id not in {None, actor.pk} or not actor.is_local:
        raise InvitationSpent(_("This invitation is for somebody else."))
    membership = enter(actor, room=current.room, invited_by=current.invited_by)
    current.accepted_at, current.accepted_by = clock.now(), actor
    current.save(update_fields=["accepted_at", "accepted_by"])
    emit(InvitationAnswered(invitation_id=current.pk))
    return membership


@transaction.atomic
def decline_invitation(actor: Actor | None, *, invitation: Invitation) -> None:
    """Not this time; whoever asked is not told why. `actor` is none for somebody who has no home here."""
    current = _awaiting(invitation)
    if current.actor_id is not None and (actor is None or current.actor_id != actor.pk):
        raise InvitationSpent(_("This invitation is for somebody else."))
    current.declined_at = clock.now()
    current.save(update_fields=["declined_at"])
    emit(InvitationAnswered(invitation_id=current.pk))


@transaction.atomic
def withdraw_invitation(inviter: Actor, *, invitation: Invitation) -> None:
    """Take back what one asked oneself."""
    current = _awaiting(invitation)
    if current.invited_by_id != inviter.pk:
        raise InvitationSpent(_("Only whoever asked takes an invitation back."))
    current.withdrawn_at = clock.now()
    current.save(update_fields=["withdrawn_at"])
    emit(InvitationAnswered(invitation_id=current.pk))


def _awaiting(invitation: Invitation) -> Invitation:
    current = Invitation.objects.select_for_update().get(pk=invitation.pk)
    is_answered = current.accepted_at or current.declined_at or current.withdrawn_at
    if is_answered or current.expires_at <= clock.now():
        raise InvitationSpent(_("This invitation has been answered or taken back, or is too old."))
    return current


def _check_person(inviter: Actor, room: Room, actor: Actor) -> None:
    if not actor.is_local:
        raise Unfit(
            _("A room stays on this server for now."),
            hint=_("Send them the link: they can make a second home here, and keep the one they have."),
        )
    if actor.kind != ActorKind.PERSON or actor.pk == inviter.pk or is_blocked_between(inviter, actor):
        raise Unfit(_("They cannot be asked."))
    if Membership.objects.filter(room=room, actor=actor, left_at=None).exists():
        raise Unfit(_("%(name)s is in this room already.") % {"name": actor.called})
