"""Activities of people here, for those who check what they were sent by fetching it."""

import json

import pytest

from speak.federation.documents import Announce, Create, Delete, Update, decode, parse_activity
from speak.federation.models import Activity
from speak.identity.actions import follow
from speak.identity.models import Actor
from speak.voice.actions import Words, boost, edit_post, unboost, withdraw_post
from speak.voice.reach import Reach
from tests.federation.far import FarServer
from tests.makers import far_person, follows, post


@pytest.fixture
def followed(alice: Actor, dora: Actor) -> Actor:
    """Alice, whom dora follows: what alice says is owed to far.example."""
    follows(dora, alice)
    Activity.objects.all().delete()
    return alice


def path_of(kind: str) -> str:
    """The address of the one activity of this kind."""
    return Activity.objects.get(kind=kind).uri.removeprefix("https://home.example")


def sent(kind: str) -> dict[str, object]:
    """What is sent as the one activity of this kind."""
    found = json.loads(Activity.objects.get(kind=kind).body)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("reach", [Reach.PUBLIC, Reach.QUIET])
def test_what_was_sent_to_anyone_is_served_as_it_was_sent(far: FarServer, followed: Actor, reach: Reach) -> None:
    said = post(followed, "Good morning.", reach=reach)
    document = far.read(path_of("Create"))
    assert document == sent("Create")
    parsed = parse_activity(decode(json.dumps(document).encode()))
    assert isinstance(parsed, Create)
    assert (parsed.actor_uri, parsed.object_uri) == (followed.uri, said.uri)


def test_every_open_kind_is_served_and_understood(far: FarServer, followed: Actor, bob: Actor) -> None:
    said = post(followed, "Good morning.")
    boost(followed, post=post(bob, "Good evening."))
    edit_post(followed, post=said, words=Words("Good day."))
    for kind, form in (("Announce", Announce), ("Update", Update)):
        document = far.read(path_of(kind))
        assert document == sent(kind)
        assert isinstance(parse_activity(decode(json.dumps(document).encode())), form)
    withdraw_post(followed, post=said)


def test_words_that_were_taken_back_are_not_served_any_more(far: FarServer, followed: Actor) -> None:
    said = post(followed, "Never mind.")
    edit_post(followed, post=said, words=Words("Never mind it."))
    Activity.objects.get(kind="Create").deliveries.update(claimed_until="2100-01-01T00:00Z")  # it is on its way
    paths = [path_of("Create"), path_of("Update")]
    withdraw_post(followed, post=said)
    for path in paths:
        heard = far.get(path)
        assert heard.status == 404
        assert b"Never mind" not in heard.body
    document = far.read(path_of("Delete"))
    assert isinstance(parse_activity(decode(json.dumps(document).encode())), Delete)
    assert "Never mind" not in json.dumps(document)


def test_what_is_not_passed_on_any_more_is_not_said_to_be(far: FarServer, followed: Actor, bob: Actor) -> None:
    evening = post(bob, "Good evening.")
    boost(followed, post=evening)
    path = path_of("Announce")
    assert far.get(path).status == 200
    unboost(followed, post=evening)
    assert far.get(path).status == 404
    assert far.read(path_of("Undo"))["type"] == "Undo"


@pytest.mark.parametrize("reach", [Reach.FOLLOWERS, Reach.NAMED])
def test_what_was_sent_to_some_is_served_to_nobody(far: FarServer, followed: Actor, dora: Actor, reach: Reach) -> None:
    said = post(followed, "Between us.", reach=reach, to=(dora,) if reach == Reach.NAMED else ())
    edit_post(followed, post=said, words=Words("Just between us."))
    for row in Activity.objects.all():
        for viewer in (None, dora):
            heard = far.get(row.uri.removeprefix("https://home.example"), viewer)
            assert heard.status == 404
            assert b"etween us" not in heard.body


@pytest.mark.parametrize("reach", [Reach.SELF, Reach.HERE])
def test_what_stays_here_is_not_served_under_the_id_it_would_have(far: FarServer, alice: Actor, reach: Reach) -> None:
    said = post(alice, "Only here.", reach=reach)
    assert far.get(f"/activities/{said.pk}").status == 404


def test_what_was_said_to_one_person_only_is_served_to_nobody(far: FarServer, alice: Actor) -> None:
    elsewhere = far_person("erin")
    follow(alice, target=elsewhere)
    assert far.get(path_of("Follow")).status == 404


def test_what_never_was_is_not_found(far: FarServer, alice: Actor) -> None:
    for path in ("/activities/1", "/activities/99999999999999999999", "/activities/x", f"/activities/{alice.pk}"):
        assert far.get(path).status == 404
