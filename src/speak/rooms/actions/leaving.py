"""What becomes of rooms, stories and turns when somebody leaves for good."""

from speak.identity.models import Actor
from speak.rooms.actions.consent import take_words_back
from speak.rooms.actions.members import leave_room
from speak.rooms.models import (
    FirstWords,
    Gathering,
    Group,
    Guest,
    Invitation,
    Membership,
    Programme,
    Quotation,
    QuotationState,
    Room,
    Step,
    Story,
    Turn,
)


def leave_everything(actor: Actor) -> None:
    """Leave every room, hand over those they host, take their words out of stories. The caller holds the transaction.

    A programme by which others go on meeting stays with its text, which no longer says whose it is.
    """
    # By number, so that two who leave the same rooms do not wait for each other.
    for membership in Membership.objects.filter(actor=actor, left_at=None).select_related("room").order_by("room"):
        leave_room(actor, room=membership.room, takes_words=False)
    for quotation in Quotation.objects.filter(author=actor).exclude(state=QuotationState.TAKEN_BACK):
        take_words_back(actor, quotation=quotation)
    Membership.objects.filter(invited_by=actor).update(invited_by=None)
    FirstWords.objects.filter(inviter=actor).update(inviter=None)
    Turn.objects.filter(asked_by=actor).update(asked_by=None)
    Room.objects.filter(asked_to_host=actor).update(asked_to_host=None)
    Invitation.objects.filter(accepted_by=actor).update(accepted_by=None)
    for group in Group.objects.filter(actors=actor):
        group.actors.remove(actor)
    Programme.objects.filter(made_by=actor, rooms=None).delete()
    Invitation.objects.filter(invited_by=actor).delete()
    Story.objects.filter(teller=actor).delete()
    FirstWords.objects.filter(author=actor).delete()
    for model in (Membership, Guest, Invitation, Gathering, Turn, Step):
        model.objects.filter(actor=actor).delete()
