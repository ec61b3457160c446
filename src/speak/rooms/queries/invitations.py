"""Invitations, for those who ask and those who are asked."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from speak.identity.models import Actor
from speak.identity.queries import token_hash
from speak.kernel import clock
from speak.rooms.errors import InvitationSpent
from speak.rooms.models import Invitation, Room


def _open() -> QuerySet[Invitation]:
    now = clock.now()
    awaiting = Invitation.objects.filter(accepted_at=None, declined_at=None, withdrawn_at=None, expires_at__gt=now)
    return awaiting.filter(room__closed_at=None, room__ends_at__gt=now).select_related(
        "room__host", "invited_by", "actor"
    )


def invitation_by_token(viewer: Actor | None, token: str) -> Invitation:
    """The invitation with this token, while it awaits an answer.

    Raises:
        InvitationSpent: it does not, never was, or is for somebody else than who is signed in.
    """
    invitation = _open().filter(token_hash=token_hash(token)).first()
    if invitation is None or (viewer and invitation.actor_id not in {None, viewer.pk}):
        raise InvitationSpent(
            _("This invitation has been answered or taken back, or is too old."),
            hint=_("Ask whoever sent it to you for another one."),
        )
    return invitation


def invitation_for(viewer: Actor, invitation_id: int) -> Invitation:
    """An invitation that awaits the viewer's answer, by its number.

    Raises:
        InvitationSpent: it does not, or is for somebody else.
    """
    invitation = invitations_to(viewer).filter(pk=invitation_id).first()
    if invitation is None:
        raise InvitationSpent(_("This invitation has been answered or taken back, or is for somebody else."))
    return invitation


def open_invitations(viewer: Actor, room: Room) -> QuerySet[Invitation]:
    """Whom the viewer has asked into a room and who has not answered."""
    return _open().filter(room=room, invited_by=viewer).order_by("-pk")


def invitations_to(viewer: Actor) -> QuerySet[Invitation]:
    """The invitations that await the viewer's answer."""
    return _open().filter(actor=viewer).order_by("-pk")
