"""Nothing of somebody's is forgotten in what they take along: every row that names them is in it, or has its reason."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from speak.clients import archive
from speak.clients.models import Luggage
from speak.identity.models import Actor, User
from tests.identity.test_leaving import pointing
from tests.promises.doors import OURS
from tests.promises.house import House, furnish

# Each column that names somebody, and the section of home.json or the member of a post in which it is.
IN_IT = {
    "clients.Luggage.owner": "wherever it came from",
    "clients.Marker.actor": "markers",
    "federation.Elsewhere.owner": "heard_elsewhere",
    "federation.LookUp.owner": "looked_up",
    "federation.SiteBlock.actor": "sites_not_heard",
    "federation.SiteMention.recipient": "said_by_sites",
    "identity.Block.blocker": "blocks",
    "identity.Counting.actor": "person",
    "identity.Endorsement.owner": "endorsed",
    "identity.Follow.follower": "follows",
    "identity.Follow.target": "followers",
    "identity.FormerHandle.actor": "person",
    "identity.JoinLink.made_by": "asked_to_join",
    "identity.LetThrough.owner": "let_through",
    "identity.Link.actor": "places",
    "identity.List.owner": "lists",
    "identity.MorningLetter.actor": "person",
    "identity.Mute.muter": "mutes",
    "identity.Note.owner": "notes",
    "identity.NotificationPolicy.actor": "notification_policy",
    "identity.OwnDomain.actor": "person",
    "identity.ServerBlock.owner": "server_blocks",
    "identity.ShelfObject.actor": "shelf",
    "rooms.Gathering.actor": "person",
    "rooms.Group.actors": "met",
    "rooms.Invitation.actor": "invitations",
    "rooms.Invitation.invited_by": "invitations",
    "rooms.Membership.actor": "rooms",
    "rooms.Programme.made_by": "programmes",
    "rooms.Quotation.author": "words_in_stories",
    "rooms.Room.host": "rooms",
    "rooms.Step.actor": "practices",
    "rooms.Story.teller": "stories",
    "rooms.Turn.actor": "weeks_at_the_window",
    "safety.Decision.decided_by": "decisions",
    "safety.Handler.actor": "hears_reports",
    "safety.Limit.actor": "decisions",
    "safety.Report.reporter": "reports",
    "voice.Bookmark.actor": "kept",
    "voice.Boost.actor": "passed_on",
    "voice.Brought.owner": "posts",
    "voice.Choice.chooser": "chosen",
    "voice.Draft.author": "drafts",
    "voice.Filter.owner": "filters",
    "voice.FollowedTag.actor": "followed_tags",
    "voice.Hush.actor": "hushed",
    "voice.Like.actor": "thanked",
    "voice.Media.owner": "posts",
    "voice.Pin.actor": "posts",
    "voice.PlaceInThread.actor": "read_up_to",
    "voice.Post.author": "posts",
    "voice.Rest.actor": "let_rest",
    "voice.ShownTag.actor": "shown_tags",
}
OF_OTHERS = "of others, who named them: it is theirs"
NOT_IN_IT = {
    "clients.AskedOnce.actor": "keeps an app from saying something twice, for a day",
    "clients.Import.owner": "the report of what was brought; what was brought is in it",
    "clients.PushSubscription.actor": "a device, known to this server alone",
    "clients.TakeAlong.owner": "the file itself",
    "clients.TakenBack.actor": "taken back, and kept for a day in case that was a slip",
    "federation.Activity.actor": "copies of what is in it, on their way",
    "federation.Site.actor": "a site is no person",
    "federation.Subscriber.author": "others asked this server for letters, and ask the next one themselves",
    "federation.FormerInbox.actor": "where copies may lie",
    "identity.Block.blocked": OF_OTHERS,
    "identity.Endorsement.about": OF_OTHERS,
    "identity.JoinLink.used_by": OF_OTHERS,
    "identity.Key.actor": "signs in the name of this home, and never leaves it",
    "identity.LetThrough.about": OF_OTHERS,
    "identity.ListMember.actor": OF_OTHERS,
    "identity.Mute.muted": OF_OTHERS,
    "identity.Note.about": OF_OTHERS,
    "identity.Notification.about": OF_OTHERS,
    "identity.Notification.recipient": "tells of what others did, and is forgotten",
    "rooms.FirstWords.author": "follows from their first post",
    "rooms.FirstWords.inviter": OF_OTHERS,
    "rooms.Guest.actor": "how they came to this server",
    "rooms.Invitation.accepted_by": "the same invitation",
    "rooms.Membership.invited_by": OF_OTHERS,
    "rooms.PersonElsewhere.actor": "somebody elsewhere",
    "rooms.Opening.opened_by": "the room's",
    "rooms.Organisation.actor": "an organisation is no person",
    "rooms.Room.asked_to_host": "a question of this moment",
    "rooms.Room.founder": "the room's",
    "rooms.Turn.asked_by": OF_OTHERS,
    "safety.Handler.named_by": OF_OTHERS,
    "safety.Limit.decided_by": "the server's; its reason stands with the report",
    "safety.Limit.lifted_by": "the server's",
    "safety.Report.handler": "confided to them as one who hears reports, not theirs to carry away",
    "safety.Report.reported": "whoever complained is not told of to them",
    "voice.Draft.people": OF_OTHERS,
    "voice.Look.reader": "a draft of somebody else",
    "voice.Mention.actor": OF_OTHERS,
    "voice.Post.answered": OF_OTHERS,
    "voice.Post.audience_owner": OF_OTHERS,
    "voice.Reader.actor": OF_OTHERS,
}


@pytest.fixture
def house(db: None) -> House:
    """A house in which everything there is exists once."""
    return furnish()


def taken(owner: Actor, folder: Path) -> dict[str, Any]:
    """home.json, with the posts."""
    path = folder / "all.zip"
    archive.make(owner, path)
    with zipfile.ZipFile(path) as file:
        found: dict[str, Any] = json.loads(file.read("home.json"))
        return found | {"posts": json.loads(file.read("posts.json"))}


def test_every_column_that_names_somebody_was_thought_of() -> None:
    """Whoever adds one puts it into the file, or writes down why not."""
    ours = {name for name, _, _ in pointing(Actor) if name.split(".")[0] in OURS}
    assert ours == set(IN_IT) | set(NOT_IN_IT)
    assert not set(IN_IT) & set(NOT_IN_IT)
    # What signs people in is this server's: their name, e-mail, language and preferences are in `person`.
    assert {name for name, _, _ in pointing(User) if name.split(".")[0] in OURS} == {
        "clients.App.user",
        "identity.Actor.user",
    }


def test_what_there_is_of_them_is_in_it(house: House, tmp_path: Path) -> None:
    alice = house.alice
    found = taken(alice, tmp_path)
    for name, rows, field in pointing(Actor):
        if name in IN_IT and name != "clients.Luggage.owner" and rows.filter(**{field: alice}).exists():
            assert found[IN_IT[name]], name


def test_what_came_from_an_earlier_home_is_taken_along_again(alice: Actor, tmp_path: Path) -> None:
    room = {"name": "Tuesday table", "purpose": "To say what we think."}
    Luggage.objects.create(owner=alice, section="rooms", digest="1", what=room)
    assert taken(alice, tmp_path)["rooms"] == [room]


def test_a_file_that_was_changed_or_cut_off_is_not_whole(alice: Actor, tmp_path: Path) -> None:
    path, other = tmp_path / "all.zip", tmp_path / "other.zip"
    archive.make(alice, path)
    assert archive.faults_in(path) == []
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(other, "w") as changed:
        for name in whole.namelist():
            if name != "actor.json":
                changed.writestr(name, whole.read(name) + (b" " if name == "posts.json" else b""))
        changed.writestr("more.txt", "Not of hers.")
    assert archive.faults_in(other) == [
        "actor.json is missing.",
        "more.txt has no checksum.",
        "posts.json is not as it was.",
    ]
    other.write_bytes(path.read_bytes()[:-100])
    assert archive.faults_in(other) == ["It breaks off, or is no such file at all."]
