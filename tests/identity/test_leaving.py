"""Promise 9, its other side: who leaves for good takes everything along.

Every row that names a person or their sign-in is gone afterwards, or stands here with the reason why it stays.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet

from speak.federation.looking_up.asking import look_up
from speak.federation.models import Activity, Delivery
from speak.federation.webmention.keeping import block_site
from speak.identity.actions import leave, set_picture
from speak.identity.models import Actor, User
from speak.rooms.queries import members_of
from speak.voice.actions import like
from speak.voice.models import Media, Post
from tests import makers
from tests.promises.doors import OURS
from tests.promises.house import House, furnish, token_of

# Each with its reason; docs/guides/leaving.md says the same to people.
STAYS = {
    "identity.FormerHandle.actor": "an earlier handle stays taken, so that nobody poses as them",
    "identity.Key.actor": "signs until other servers are told; then housekeeping deletes it",
    "identity.Note.about": "words of others, for themselves alone",
    "federation.Site.actor": "a site that is followed; no person here is one",
    "rooms.PersonElsewhere.actor": "somebody whose home is elsewhere; no person here is one",
    "federation.Activity.actor": "the one that says they are gone, until it has been delivered",
    "voice.Post.author": "an empty row, so that nothing brings it back and answers keep their place",
    "voice.Post.audience_owner": "whom the answers of others are for",
    "voice.Post.answered": "that others answered them",
    "voice.Mention.actor": "that others called them by name, in words that are the others'",
    "voice.Draft.people": "in drafts of others, who choose anew",
    "rooms.Room.founder": "by which a room knows that somebody else may carry it on; it shows no name",
    "rooms.Programme.made_by": "only where others go on meeting by it",
    "rooms.Opening.opened_by": "that a practice is open to a room of others",
    "rooms.Quotation.author": "an empty row, for the place in a story of another from which the words are gone",
    "safety.Report.reporter": "until the report is forgotten",
    "safety.Report.reported": "until the report is forgotten",
    "safety.Report.handler": "until the report is forgotten",
    "safety.Decision.decided_by": "a decision has a name",
    "safety.Limit.actor": "a decision about them",
    "safety.Limit.decided_by": "a decision has a name",
    "safety.Limit.lifted_by": "a decision has a name",
    "safety.Handler.named_by": "who named others that hear reports",
}


GOES = {
    "clients.Luggage.owner",
    "federation.Elsewhere.owner",
    "federation.Subscriber.author",
    "identity.Counting.actor",
    "identity.MorningLetter.actor",
    "clients.Import.owner",
    "identity.OwnDomain.actor",
    "voice.Brought.owner",
    "voice.Choice.chooser",
    "clients.AskedOnce.actor",
    "clients.Marker.actor",
    "clients.PushSubscription.actor",
    "clients.TakeAlong.owner",
    "clients.TakenBack.actor",
    "federation.FormerInbox.actor",
    "federation.LookUp.owner",
    "federation.SiteBlock.actor",
    "federation.SiteMention.recipient",
    "identity.Block.blocked",
    "identity.Block.blocker",
    "identity.Endorsement.about",
    "identity.Endorsement.owner",
    "identity.Follow.follower",
    "identity.Follow.target",
    "identity.JoinLink.made_by",
    "identity.JoinLink.used_by",
    "identity.LetThrough.about",
    "identity.LetThrough.owner",
    "identity.Link.actor",
    "identity.List.owner",
    "identity.ListMember.actor",
    "identity.Mute.muted",
    "identity.Mute.muter",
    "identity.Note.owner",
    "identity.Notification.about",
    "identity.Notification.recipient",
    "identity.NotificationPolicy.actor",
    "identity.ServerBlock.owner",
    "identity.ShelfObject.actor",
    "rooms.FirstWords.author",
    "rooms.FirstWords.inviter",
    "rooms.Gathering.actor",
    "rooms.Group.actors",
    "rooms.Guest.actor",
    "rooms.Invitation.accepted_by",
    "rooms.Invitation.actor",
    "rooms.Invitation.invited_by",
    "rooms.Membership.actor",
    "rooms.Membership.invited_by",
    "rooms.Organisation.actor",
    "rooms.Room.asked_to_host",
    "rooms.Room.host",
    "rooms.Step.actor",
    "rooms.Story.teller",
    "rooms.Turn.actor",
    "rooms.Turn.asked_by",
    "safety.Handler.actor",
    "voice.Bookmark.actor",
    "voice.Boost.actor",
    "voice.Draft.author",
    "voice.Filter.owner",
    "voice.FollowedTag.actor",
    "voice.Hush.actor",
    "voice.Like.actor",
    "voice.Look.reader",
    "voice.Media.owner",
    "voice.Pin.actor",
    "voice.PlaceInThread.actor",
    "voice.Reader.actor",
    "voice.Rest.actor",
    "voice.ShownTag.actor",
}


@pytest.fixture
def house(db: None) -> House:
    """A house in which everything there is exists once."""
    return furnish()


def pointing(at: type[Model]) -> Iterator[tuple[str, QuerySet[Any], str]]:
    """Every column of ours, and of what signs people in, that names an actor or a user."""
    for model in apps.get_models():
        about = model._meta  # noqa: SLF001 - Django's way to the columns of any model
        for field in (*about.fields, *about.many_to_many):
            if isinstance(field, ForeignKey | ManyToManyField) and field.related_model is at:
                yield f"{about.label}.{field.name}", model.objects.all(), field.name  # type: ignore[attr-defined]


def test_every_row_that_names_them_is_gone_or_stays_for_a_reason(
    house: House, django_capture_on_commit_callbacks: object
) -> None:
    alice, user = house.alice, house.alice.user
    assert user is not None
    token_of(alice)
    like(alice, post=house.of_bob)
    block_site(alice, "rude.example")
    look_up(alice, ["https://alice.example/"])
    makers.follows(house.bob, alice)
    set_picture(alice, data=makers.picture())
    tokens = [alice.picture, *Media.objects.filter(owner=alice).values_list("token", flat=True)]
    assert len(tokens) > 1
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        leave(alice)
    left = [name for name, rows, field in pointing(Actor) if rows.filter(**{field: alice}).exists()]
    assert set(left) - set(STAYS) == set()
    assert not [name for name, rows, field in pointing(User) if rows.filter(**{field: user.pk}).exists()]
    assert not User.objects.filter(pk=user.pk).exists()
    assert not [token for token in tokens if (Path(settings.MEDIA_ROOT) / token[:2] / token).exists()]
    assert not [post for post in Post.objects.filter(author=alice) if post.source or post.html or not post.withdrawn_at]
    assert [each.pk for each in members_of(house.room)] == [house.bob.pk]
    house.room.refresh_from_db()
    assert house.room.host == house.bob
    assert Activity.objects.get(actor=alice).kind == "Delete"
    assert [row.inbox_url for row in Delivery.objects.filter(activity__actor=alice)] == ["https://far.example/inbox"]


def test_every_column_that_names_somebody_was_thought_of() -> None:
    """Whoever adds one decides what becomes of it: in `leave` or what hears of it, and here."""
    ours = {name for name, _, _ in pointing(Actor) if name.split(".")[0] in OURS}
    assert ours == GOES | set(STAYS)


def test_what_is_left_of_them_is_a_handle(house: House) -> None:
    leave(house.alice)
    shown = Actor.objects.filter(pk=house.alice.pk).values().get()
    for word, kept in (("alice", {"handle", "handle_key", "url"}), ("Alice", set()), ("alice.example", set())):
        assert {name for name, value in shown.items() if word in str(value)} == kept
