"""One person asks one other, by name, with a reason (promise 2)."""

import datetime as dt

import pytest

from speak.identity.actions import ProfileWords, block, write_profile
from speak.identity.models import Actor, Notification
from speak.kernel import clock
from speak.kernel.errors import TooMuch
from speak.rooms.actions import Asked, accept_invitation, decline_invitation, invite, withdraw_invitation
from speak.rooms.errors import GoFirst, InvitationSpent, NotInRoom, RoomFull, RoomQuiet, Unfit
from speak.rooms.models import Invitation, Room
from speak.rooms.queries import invitation_by_token, invitation_for, member_of, members_of
from tests import makers
from tests.rooms.test_members import say

pytestmark = pytest.mark.django_db
BECAUSE = "You ask what others think."


@pytest.fixture
def room(alice: Actor, bob: Actor) -> Room:
    """Alice has spoken in it, and bob has answered."""
    for actor in (alice, bob):
        write_profile(actor, words=ProfileWords(name=actor.name, aim="To be heard."))
    made = makers.room(alice, bob)
    makers.answer(alice, makers.answer(bob, say(alice, made)))
    return made


def asked(room: Room, inviter: Actor, actor: Actor | None = None) -> tuple[Invitation, str]:
    """An invitation, and the token of its address."""
    invitation, address = invite(inviter, room=room, asked=Asked(actor.name if actor else "Erin", BECAUSE, actor))
    return invitation, address.rpartition("/")[2]


def test_the_invited_come_in_and_who_asked_is_remembered(room: Room, alice: Actor, bob: Actor, carol: Actor) -> None:
    say(bob, room)
    invitation, _ = asked(room, alice, carol)
    told = Notification.objects.get(recipient=carol)
    assert (told.kind, told.about, told.leads_to) == ("invitation", alice, f"/invitations/{invitation.pk}")
    accept_invitation(carol, invitation=invitation_for(carol, invitation.pk))
    assert member_of(carol, room).invited_by == alice
    assert not Notification.objects.filter(kind="invitation").exists()


def test_nobody_asks_before_they_have_spoken_and_answered(room: Room, alice: Actor, bob: Actor, carol: Actor) -> None:
    write_profile(carol, words=ProfileWords(name="Carol", aim="To be heard."))
    accept_invitation(carol, invitation=asked(room, alice, carol)[0])
    said = say(alice, room)
    with pytest.raises(GoFirst) as refused:
        asked(room, carol)
    assert refused.value.hint == "Say something in a room first. Answer somebody in a room first."
    say(carol, room)
    with pytest.raises(GoFirst):
        asked(room, carol)
    makers.answer(carol, said)
    assert asked(room, carol)[0].invited_by == carol


def test_the_first_host_asks_once_they_have_spoken(alice: Actor) -> None:
    write_profile(alice, words=ProfileWords(name="Alice", aim="To be heard."))
    room = makers.room(alice)
    with pytest.raises(GoFirst):
        asked(room, alice)
    say(alice, room)
    assert asked(room, alice)[0].name == "Erin"


def test_nobody_outside_asks_anybody_in(room: Room, carol: Actor) -> None:
    with pytest.raises(NotInRoom):
        asked(room, carol)


@pytest.mark.parametrize(("name", "reason"), [("", BECAUSE), ("Erin", " "), ("x" * 101, BECAUSE), ("Erin", "x" * 501)])
def test_an_invitation_names_somebody_and_says_why(room: Room, alice: Actor, name: str, reason: str) -> None:
    with pytest.raises(Unfit):
        invite(alice, room=room, asked=Asked(name, reason))
    assert not Invitation.objects.exists()


def test_somebody_elsewhere_is_told_what_does_not_work_yet(room: Room, alice: Actor, dora: Actor) -> None:
    with pytest.raises(Unfit, match="stays on this server"):
        asked(room, alice, dora)


def test_nobody_is_asked_across_a_block_or_twice(room: Room, alice: Actor, bob: Actor, carol: Actor) -> None:
    block(carol, blocked=alice)
    for person in (carol, alice, bob):
        with pytest.raises(Unfit):
            asked(room, alice, person)


def test_an_invitation_opens_once_and_for_whom_it_is(room: Room, alice: Actor, bob: Actor, carol: Actor) -> None:
    erin = makers.person("erin")
    invitation, token = asked(room, alice, carol)
    for viewer in (erin, bob):
        with pytest.raises(InvitationSpent):
            invitation_by_token(viewer, token)
        with pytest.raises(InvitationSpent):
            accept_invitation(viewer, invitation=invitation)
    accept_invitation(carol, invitation=invitation)
    with pytest.raises(InvitationSpent):
        accept_invitation(carol, invitation=invitation)
    _, open_token = asked(room, alice)
    accept_invitation(erin, invitation=invitation_by_token(erin, open_token))
    with pytest.raises(InvitationSpent):
        invitation_by_token(None, open_token)
    assert members_of(room) == [alice, bob, carol, erin]


@pytest.mark.parametrize("end", ["declined", "withdrawn", "old", "room closed"])
def test_what_is_over_opens_nothing(room: Room, alice: Actor, carol: Actor, end: str) -> None:
    invitation, token = asked(room, alice, carol)
    if end == "declined":
        decline_invitation(carol, invitation=invitation)
    elif end == "withdrawn":
        withdraw_invitation(alice, invitation=invitation)
    elif end == "old":
        Invitation.objects.update(expires_at=clock.now() - dt.timedelta(seconds=1))
    else:
        Room.objects.update(closed_at=clock.now())
    with pytest.raises(InvitationSpent):
        invitation_by_token(carol, token)
    with pytest.raises((InvitationSpent, RoomQuiet)):
        accept_invitation(carol, invitation=invitation)


def test_only_who_asked_takes_it_back_and_only_who_is_asked_declines(
    room: Room, alice: Actor, bob: Actor, carol: Actor
) -> None:
    invitation, _ = asked(room, alice, carol)
    with pytest.raises(InvitationSpent):
        withdraw_invitation(bob, invitation=invitation)
    for other in (bob, None):
        with pytest.raises(InvitationSpent):
            decline_invitation(other, invitation=invitation)
    assert invitation_for(carol, invitation.pk) == invitation


def test_nobody_asks_a_whole_list(room: Room, alice: Actor) -> None:
    for _ in range(5):
        asked(room, alice)
    with pytest.raises(TooMuch):
        asked(room, alice)


def test_nobody_is_asked_into_a_full_room(room: Room, alice: Actor, carol: Actor) -> None:
    invitation, _ = asked(room, alice, carol)
    Room.objects.update(cap=2)
    with pytest.raises(RoomFull):
        accept_invitation(carol, invitation=invitation)
    with pytest.raises(RoomFull):
        asked(room, alice)
    assert invitation_for(carol, invitation.pk) == invitation
