"""Complaints across servers: without the reporter's name out, to somebody who is not who they are about in."""

import json

import pytest

from speak.federation.models import Activity, Delivery
from speak.federation.render import actor as actor_documents
from speak.identity.actions import server_actor
from speak.identity.models import Actor, NotificationKind
from speak.safety.actions import Complaint, LimitWords, lift_limit, make_report, set_limit
from speak.safety.models import Limit, LimitKind, Report
from speak.voice.actions import Words, edit_post, withdraw_post
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers
from tests.federation.far import Document, FarServer, Forged, create, does, note
from tests.safety.telling import hears

pytestmark = pytest.mark.django_db


@pytest.fixture
def helen(db: None) -> Actor:
    """She hears reports."""
    return hears(makers.person("helen"))


def flag(sender: Actor, *about: str, words: str = "Spam.", name: str = "flag-1") -> Document:
    """A complaint as Mastodon sends one."""
    return does(sender, "Flag", list(about), name=name, content=words)


def suspends(about: Actor | str) -> Limit:
    return set_limit(None, about=about, words=LimitWords(LimitKind.SUSPENDED, "Nothing but noise."))


# --- out


def test_their_server_is_told_by_this_server_and_without_a_name(carol: Actor, dora: Actor, helen: Actor) -> None:
    said = makers.far_post(dora)
    make_report(carol, reported=dora, complaint=Complaint("She shouts.", [said], is_forwarded=True), handler=helen)
    activity = Activity.objects.get(kind="Flag")
    document = json.loads(activity.body)
    server = server_actor()
    assert (document["type"], document["actor"], document["content"]) == ("Flag", server.uri, "She shouts.")
    assert document["object"] == [dora.uri, said.uri]
    assert activity.actor == server
    assert not activity.is_open
    assert [row.inbox_url for row in Delivery.objects.all()] == ["https://far.example/inbox"]
    for naming in (carol.uri, carol.handle, carol.name, helen.uri, helen.handle):
        assert naming not in activity.body


def test_their_server_is_told_only_where_the_reporter_wants_it(
    carol: Actor, bob: Actor, dora: Actor, helen: Actor
) -> None:
    make_report(carol, reported=dora, complaint=Complaint("She shouts."), handler=helen)
    make_report(carol, reported=bob, complaint=Complaint("He shouts.", is_forwarded=True), handler=helen)
    assert not Activity.objects.exists()


def test_what_is_told_is_signed_by_a_key_that_others_can_fetch(far: FarServer, helen: Actor) -> None:
    server = server_actor()
    document = far.read(server.uri)
    assert document["publicKey"] == actor_documents.document(server)["publicKey"]


# --- in


def test_a_complaint_reaches_somebody_who_hears_reports(far: FarServer, bob: Actor, dora: Actor, helen: Actor) -> None:
    said = makers.post(bob, "Buy this.")
    assert far.post(dora, flag(dora, bob.uri, said.uri, words="<p>Spam &amp; more.</p>")).status == 202
    report = Report.objects.get()
    assert (report.reported, report.handler, report.reporter, report.server) == (bob, helen, None, "far.example")
    assert report.words == "Spam & more."
    assert [copy.post_uri for copy in report.handed_over.all()] == [said.uri]
    assert helen.notifications.filter(kind=NotificationKind.REPORT).exists()
    assert not bob.notifications.exists()


def test_a_complaint_about_who_hears_reports_goes_to_somebody_else_or_waits(
    far: FarServer, bob: Actor, dora: Actor, helen: Actor
) -> None:
    assert far.post(dora, flag(dora, helen.uri)).status == 202
    assert Report.objects.get().handler is None
    assert not helen.notifications.filter(kind=NotificationKind.REPORT).exists()
    hears(bob)
    assert Report.objects.get().handler == bob


@pytest.mark.parametrize("fault", ["unsigned", "badly signed", "signed by another", "of another server"])
def test_a_complaint_that_nobody_can_be_held_to_is_refused(
    far: FarServer, fault: str, bob: Actor, dora: Actor, helen: Actor
) -> None:
    eve = makers.far_person("eve", domain="evil.example")
    complaint = flag(dora, bob.uri)
    if fault == "unsigned":
        heard = far.send(json.dumps(complaint).encode(), {})
    elif fault == "badly signed":
        heard = far.post(dora, complaint, forged=Forged(digest="SHA-256=AAAA"))
    elif fault == "signed by another":
        heard = far.post(eve, complaint)
    else:
        heard = far.post(eve, {**flag(eve, bob.uri), "id": "https://far.example/flag-1"})
    assert heard.status == (403 if fault == "of another server" else 401)
    assert not Report.objects.exists()


def test_a_complaint_shows_only_what_its_sender_may_read(
    far: FarServer, bob: Actor, carol: Actor, dora: Actor, helen: Actor
) -> None:
    """Else naming the id of a post would open it to somebody here."""
    private = makers.post(bob, "For Carol.", reach=Reach.NAMED, to=(carol,))
    here = makers.post(bob, "For all here.", reach=Reach.HERE)
    assert far.post(dora, flag(dora, bob.uri, private.uri, here.uri)).status == 202
    assert not Report.objects.get().handed_over.exists()


def test_a_complaint_about_nobody_here_is_let_be(far: FarServer, dora: Actor, helen: Actor) -> None:
    for number, about in enumerate((dora.uri, "https://far.example/x", server_actor().uri)):
        assert far.post(dora, flag(dora, about, name=f"flag-{number}")).status == 202
    assert not Report.objects.exists()


def test_a_complaint_by_the_id_of_a_post_is_about_its_author(
    far: FarServer, bob: Actor, dora: Actor, helen: Actor
) -> None:
    assert far.post(dora, flag(dora, makers.post(bob).uri)).status == 202
    assert Report.objects.get().reported == bob


def test_the_same_complaint_counts_once(far: FarServer, bob: Actor, dora: Actor, helen: Actor) -> None:
    for _ in range(2):
        assert far.post(dora, flag(dora, bob.uri)).status == 202
    assert Report.objects.count() == 1


def test_too_many_complaints_are_told_to_wait(far: FarServer, bob: Actor, dora: Actor, helen: Actor) -> None:
    Report.objects.bulk_create(Report(server="far.example", reported=bob) for _ in range(50))
    assert far.post(dora, flag(dora, bob.uri)).status == 429


def test_a_malformed_complaint_changes_nothing(far: FarServer, bob: Actor, dora: Actor, helen: Actor) -> None:
    for number, thing in enumerate((None, [], "nobody", [7, {"a": 1}])):
        far.post(dora, does(dora, "Flag", thing, name=f"flag-{number}"))
    assert not Report.objects.exists()


# --- limits, as other servers feel them


def test_a_suspended_server_is_not_heard_asked_or_written_to(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    makers.follows(dora, alice)
    held = makers.post(alice, "Before.")
    limit = suspends("far.example")
    assert not Delivery.objects.filter(activity__kind="Create").exists()
    assert far.post(dora, create(note(dora))).status == 403
    assert not Post.objects.filter(author=dora).exists()
    assert far.asked == []
    far.serves_actor("https://far.example/users/fay", "fay")
    assert far.post("https://far.example/users/fay#main-key", create(note(dora))).status == 403
    assert far.asked == []
    makers.post(alice, "After.")
    edit_post(alice, post=held, words=Words("Better."))
    assert not Delivery.objects.filter(activity__kind__in=["Create", "Update"]).exists()
    assert far.get(held.uri.removeprefix("https://home.example"), dora).status == 403
    lift_limit(None, limit_id=limit.pk)
    assert far.post(dora, create(note(dora))).status == 202
    assert Post.objects.filter(author=dora).exists()


def test_what_is_taken_back_is_taken_back_there_too(alice: Actor, dora: Actor) -> None:
    makers.follows(dora, alice)
    said = makers.post(alice, "Before.")
    Delivery.objects.all().delete()
    suspends("far.example")
    withdraw_post(alice, post=said)
    assert [row.activity.kind for row in Delivery.objects.all()] == ["Delete"]


def test_a_suspended_actor_is_refused_and_their_neighbors_are_not(far: FarServer, alice: Actor, dora: Actor) -> None:
    zoe = makers.far_person("zoe")
    for each in (dora, zoe):
        makers.follows(alice, each)
    suspends(dora)
    assert far.post(dora, create(note(dora, "1"))).status == 403
    assert far.post(zoe, create(note(zoe, "2"))).status == 202


def test_somebody_suspended_here_is_a_name_without_words_and_still_takes_back(
    far: FarServer, bob: Actor, dora: Actor
) -> None:
    makers.follows(dora, bob)
    said = makers.post(bob, "Good morning.")
    Activity.objects.all().delete()
    suspends(bob)
    document = far.read(bob.uri)
    assert (document["suspended"], document.get("name"), "publicKey" in document) == (True, None, True)
    assert far.get(said.uri.removeprefix("https://home.example")).status == 404
    assert far.get(f"/actors/{bob.pk}/outbox?page=true").json().get("orderedItems", []) == []
    assert Activity.objects.get().kind == "Update"
    bob.refresh_from_db()
    edit_post(bob, post=said, words=Words("Better."))
    assert not Activity.objects.filter(about_uri=said.uri).exists()
    withdraw_post(bob, post=said)
    assert Activity.objects.get(about_uri=said.uri).kind == "Delete"
