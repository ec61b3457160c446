"""What follows in rooms from facts."""

from django.utils.translation import gettext as _

from speak.identity.actions import Occasion, forget_about_page, notify, tell_anew
from speak.identity.events import LeavingBegun
from speak.identity.models import Actor, NotificationKind
from speak.kernel import clock
from speak.kernel.events import on
from speak.rooms.actions.asking import note_words
from speak.rooms.actions.consent import story_changed, words_changed
from speak.rooms.actions.leaving import leave_everything
from speak.rooms.actions.organisation import gather
from speak.rooms.errors import NotInRoom, RoomQuiet
from speak.rooms.events import HostAsked, HostChanged, InvitationAnswered, Invited, LastRoundBegan
from speak.rooms.models import Invitation, Membership, Room
from speak.rooms.queries import members_of
from speak.voice import places
from speak.voice.events import PostEdited, PostPublished, PostReceived, PostWithdrawn
from speak.voice.queries import post_of_event


@places.answered_by
def members_for(author: Actor, room_id: int) -> frozenset[int]:
    """Everybody in a room, for somebody in it who is about to speak there (promise 8).

    The room is held until the words are said: whoever leaves meanwhile is gone before them, or takes along what was
    for them too. Called inside a transaction.
    """
    room = Room.objects.select_for_update().filter(pk=room_id).first()
    within = frozenset(Membership.objects.filter(room_id=room_id, left_at=None).values_list("actor", flat=True))
    if room is None or author.pk not in within:
        raise NotInRoom(_("There is no such room, or you are not in it."))
    if room.is_over(clock.now()):
        raise RoomQuiet(
            _("This room has ended."), hint=_("What was said in it stays readable for those who are in it.")
        )
    if room.paused_at:
        raise RoomQuiet(_("This room rests."), hint=_("Whoever hosts it lets it go on."))
    return within


@on(PostPublished, PostReceived)
def note_first_words(event: PostPublished | PostReceived) -> None:
    """First words summon a person; an answer to them lets that person rest.

    What comes from elsewhere is nobody's first words here: unless it answers some, there is nothing to note.
    """
    if isinstance(event, PostReceived) and event.answered_post_id is None:
        return
    note_words(post_of_event(event.post_id))


@on(Invited)
def tell_of_an_invitation(event: Invited) -> None:
    """Whoever has a home here hears that somebody asks them."""
    invitation = Invitation.objects.select_related("actor", "invited_by").get(pk=event.invitation_id)
    if invitation.actor:
        path = f"/invitations/{invitation.pk}"
        notify(
            invitation.actor,
            kind=NotificationKind.INVITATION,
            about=invitation.invited_by,
            occasion=Occasion(leads_to=path),
        )


@on(InvitationAnswered)
def forget_an_invitation(event: InvitationAnswered) -> None:
    """It awaits nobody any more."""
    forget_about_page(f"/invitations/{event.invitation_id}")


@on(HostAsked)
def tell_of_hosting(event: HostAsked) -> None:
    """Whoever is asked to host hears it."""
    room = Room.objects.select_related("host").get(pk=event.room_id)
    asked = Actor.objects.get(pk=event.actor_id)
    notify(
        asked, kind=NotificationKind.HOST_ASKED, about=room.host, occasion=Occasion(leads_to=f"{room.path}/hand-over")
    )


@on(LastRoundBegan)
def tell_of_the_last_round(event: LastRoundBegan) -> None:
    """Everybody in the room hears once that it ends soon, whomever else they want to hear."""
    room = Room.objects.select_related("host").get(pk=event.room_id)
    for member in members_of(room):
        if member.pk != event.began_by_id:
            tell_anew(member, kind=NotificationKind.LAST_ROUND, about=room.host, leads_to=room.path)


@on(HostChanged)
def forget_who_was_asked(event: HostChanged) -> None:
    """Nobody is asked any more."""
    forget_about_page(f"/rooms/{event.room_id}/hand-over")


@on(PostEdited, PostWithdrawn)
def take_words_out_of_stories(event: PostEdited | PostWithdrawn) -> None:
    """Words that their author changed or took back do not go on standing in a story."""
    words_changed(event.post_id)


@on(PostEdited, PostWithdrawn)
def ask_anew_about_a_story(event: PostEdited | PostWithdrawn) -> None:
    """Whoever agreed to a story as it was told is asked again when it is told otherwise."""
    story_changed(event.post_id)


@on(PostPublished)
def gather_what_is_for_all(event: PostPublished) -> None:
    """The organisation passes on what those said to anyone who agreed to it."""
    gather(post_of_event(event.post_id))


@on(LeavingBegun)
def leave_the_rooms(event: LeavingBegun) -> None:
    """Whoever leaves for good is in no room, no story and no turn any more.

    A room is held before the person is: whoever says something in it waits for them at the end, and holds it.
    """
    leave_everything(Actor.objects.get(pk=event.actor_id))
