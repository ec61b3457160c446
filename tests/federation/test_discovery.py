"""Finding actors and posts of other servers, and not being fooled."""

import datetime as dt

import pytest

from speak.federation.discovery import (
    MAX_STEPS,
    NobodyThere,
    find_actor,
    find_conversation,
    find_key,
    find_passed_on,
    find_post,
    refresh_actor,
    resolve,
)
from speak.federation.discovery.fetching import Gone
from speak.federation.documents import Malformed
from speak.federation.tasks import fetch_post
from speak.identity.actions import block, server_actor
from speak.identity.errors import WrongHandle
from speak.identity.models import Actor, Key
from speak.kernel import clock
from speak.kernel.keys import make_ed25519, read_public, write_multikey
from speak.kernel.outbound import OutboundFailure, TimedOut
from speak.voice.models import Boost, Post
from speak.voice.queries import Window, home_timeline
from speak.voice.reach import Reach
from tests import makers
from tests.federation.far import ACTIVITY, HOST, PUBLIC, Document, FarServer, actor_document, create, note

pytestmark = pytest.mark.django_db
FAY = "https://new.example/users/fay"
FINGER = "https://new.example/.well-known/webfinger?resource=acct:fay@new.example"
NOTE = "https://new.example/notes/1"


def a_note(**members: object) -> Document:
    """A public note by Fay."""
    return {"id": NOTE, "type": "Note", "attributedTo": FAY, "content": "<p>Hi</p>", "to": PUBLIC, **members}


# --- Actors ------------------------------------------------------------------------------------


def test_an_address_leads_to_an_actor_who_is_kept(far: FarServer) -> None:
    ed25519 = make_ed25519()
    far.serves_actor(
        FAY,
        "Fay",
        type=["Service"],
        summary="<p>Made <script>x</script>elsewhere</p>",
        url=[{"type": "Link", "mediaType": "text/html", "href": "https://new.example/@fay"}],
        endpoints={"sharedInbox": "https://new.example/inbox"},
        icon={"type": "Image", "url": {"type": "Link", "href": "https://cdn.example/f.png"}, "name": "Fay"},
        image="https://cdn.example/b.png",
        manuallyApprovesFollowers=True,
        discoverable=True,
        published="2020-01-01T00:00:00Z",
        alsoKnownAs="https://old.example/fay",
        attributionDomains=["Magazine.example", "no site", 7, {"id": "x"}, "magazine.example"],
        attachment=[{"type": "PropertyValue", "name": "Web", "value": '<a href="https://f.example" rel="me">f</a>'}],
        assertionMethod={
            "id": f"{FAY}#ed",
            "type": "Multikey",
            "controller": FAY,
            "publicKeyMultibase": write_multikey(read_public(ed25519.public_pem)),
        },
    )
    far.outbound.answers[FINGER.replace("fay@", "Fay@")] = far.outbound.answers.pop(
        "https://new.example/.well-known/webfinger?resource=acct:Fay@new.example"
    )
    far.outbound.answers[FINGER] = far.outbound.answers[FINGER.replace("fay@", "Fay@")]
    fay = find_actor("@fay@new.example", ask=far.outbound.ask)
    assert (fay.address, fay.kind, fay.uri, fay.url) == ("@Fay@new.example", "Service", FAY, "https://new.example/@fay")
    assert (fay.picture_url, fay.picture_description) == ("https://cdn.example/f.png", "Fay")
    assert (fay.banner_url, fay.shared_inbox_url) == ("https://cdn.example/b.png", "https://new.example/inbox")
    assert (fay.about_html, fay.approves_followers, fay.is_listed) == ("<p>Made elsewhere</p>", True, True)
    assert fay.also_known_as == ["https://old.example/fay"]
    assert fay.attribution_domains == ["magazine.example"]
    assert fay.created_at == dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    assert [link.label for link in fay.links.all()] == ["Web"]
    assert {(key.key_uri, key.kind) for key in fay.keys.all()} == {(f"{FAY}#main-key", "rsa"), (f"{FAY}#ed", "ed25519")}
    asked = far.outbound.calls[1]
    headers = {name.lower(): value for name, value in asked.headers.items()}
    assert server_actor().uri in headers["signature"]
    assert "application/activity+json" in headers["accept"]


def test_somebody_who_does_not_say_how_they_are_called_is_called_as_their_id_ends(far: FarServer) -> None:
    far.serves(FAY, actor_document(FAY, "fay", preferredUsername=None))
    assert find_actor(FAY, ask=far.outbound.ask).address == "@fay@new.example"
    unnamed = "https://new.example/~"
    far.serves(unnamed, actor_document(unnamed, "~", preferredUsername=None))
    with pytest.raises(Malformed):
        find_actor(unnamed, ask=far.outbound.ask)


def test_somebody_known_is_not_asked_for_again_within_a_day(far: FarServer) -> None:
    far.serves_actor(FAY, "fay")
    find_actor(FAY, ask=far.outbound.ask)
    far.outbound.calls.clear()
    for who in (FAY, "fay@new.example", "acct:FAY@new.example"):
        assert find_actor(who, ask=far.outbound.ask).uri == FAY
    assert far.asked == []
    Actor.objects.filter(uri=FAY).update(fetched_at=clock.now() - dt.timedelta(days=2))
    far.serves_actor(FAY, "fay", name="Fay the Second")
    assert find_actor(FAY, ask=far.outbound.ask).name == "Fay the Second"


def test_somebody_known_is_there_even_while_their_server_is_not(far: FarServer) -> None:
    far.serves_actor(FAY, "fay")
    find_actor(FAY, ask=far.outbound.ask)
    Actor.objects.filter(uri=FAY).update(fetched_at=clock.now() - dt.timedelta(days=2))
    far.outbound.answers = {}
    assert find_actor(FAY, ask=far.outbound.ask).uri == FAY
    assert find_actor("@fay@new.example", ask=far.outbound.ask).uri == FAY
    with pytest.raises(OutboundFailure):
        find_actor("@joe@new.example", ask=far.outbound.ask)


def test_people_here_are_never_asked_for(far: FarServer, alice: Actor) -> None:
    for who in ("alice", "@alice", f"@alice@{HOST}", alice.uri):
        assert find_actor(who, ask=far.outbound.ask) == alice
    for who in ("@nobody", f"https://{HOST}/actors/1"):
        with pytest.raises(NobodyThere):
            find_actor(who, ask=far.outbound.ask)
    with pytest.raises(WrongHandle):
        find_actor("a b", ask=far.outbound.ask)
    assert far.asked == []


def test_a_handle_on_another_domain_holds_when_both_sides_say_so(far: FarServer) -> None:
    far.serves_actor(FAY, "fay")
    split: Document = {"subject": "acct:fay@brand.example", "links": [{"rel": "self", "type": ACTIVITY, "href": FAY}]}
    far.serves(FINGER, split, content_type="application/jrd+json")
    theirs = "https://brand.example/.well-known/webfinger?resource=acct:fay@brand.example"
    assert find_actor(FAY, ask=far.outbound.ask).address == "@fay@new.example", "the other domain does not say so"
    far.serves(theirs, split, content_type="application/jrd+json")
    assert refresh_actor(FAY, ask=far.outbound.ask).address == "@fay@brand.example"


def test_a_handle_on_our_own_domain_is_never_taken_by_somebody_elsewhere(far: FarServer, alice: Actor) -> None:
    far.serves_actor(FAY, "alice")
    finger = FINGER.replace("fay@", "alice@")
    links = [{"rel": "self", "type": ACTIVITY, "href": FAY}]
    far.serves(finger, {"subject": f"acct:alice@{HOST}", "links": links}, content_type="application/jrd+json")
    assert find_actor(FAY, ask=far.outbound.ask).address == "@alice@new.example"


def test_two_actors_do_not_share_an_address(far: FarServer) -> None:
    other = "https://new.example/users/other"
    far.serves_actor(FAY, "fay")
    find_actor(FAY, ask=far.outbound.ask)
    far.serves(other, actor_document(other, "fay"))
    with pytest.raises(Malformed):
        find_actor(other, ask=far.outbound.ask)
    far.serves_actor(other, "fay")
    assert find_actor(other, ask=far.outbound.ask).address == "@fay@new.example", "their server has given it away"
    assert Actor.objects.get(uri=FAY).handle.startswith("fay~")


@pytest.mark.parametrize(
    "members",
    [
        {"id": "https://victim.example/users/fay"},
        {"id": "https://new.example/users/other"},
        {"id": f"https://{HOST}/actors/1"},
        {"inbox": "https://victim.example/inbox"},
        {"inbox": None},
        {"preferredUsername": "a@b"},
        {"type": "Note"},
        {"id": None},
    ],
)
def test_a_document_that_claims_to_be_somebody_else_is_not_believed(far: FarServer, members: dict[str, object]) -> None:
    far.serves_actor("https://victim.example/users/fay", "fay")
    far.serves_actor("https://new.example/users/other", "other", name="The true one")
    far.serves(FAY, actor_document(FAY, "fay") | members)
    try:
        found = find_actor(FAY, ask=far.outbound.ask)
    except (Malformed, NobodyThere):
        assert not Actor.objects.filter(domain__in=["new.example", "victim.example"]).exists()
    else:
        assert (found.uri, found.name) == ("https://new.example/users/other", "The true one")


@pytest.mark.parametrize("content_type", ["application/json", "text/html", "application/ld+json", ""])
def test_what_anyone_could_have_uploaded_is_not_believed(far: FarServer, content_type: str) -> None:
    far.serves(FAY, actor_document(FAY, "fay"), content_type=content_type)
    with pytest.raises(Malformed):
        find_actor(FAY, ask=far.outbound.ask)


def test_keys_and_addresses_on_other_hosts_are_left_out(far: FarServer, dora: Actor) -> None:
    key = {"id": f"{dora.uri}#main-key", "owner": FAY, "publicKeyPem": makers.far_keys().public_pem}
    foreign = {"id": f"{FAY}#k2", "owner": dora.uri, "publicKeyPem": makers.far_keys().public_pem}
    far.serves_actor(
        FAY,
        "fay",
        publicKey=[key, foreign],
        endpoints={"sharedInbox": "https://victim.example/inbox"},
        followers=dora.followers_url,
        url="https://victim.example/@fay",
    )
    fay = find_actor(FAY, ask=far.outbound.ask)
    assert not fay.keys.exists()
    assert (fay.shared_inbox_url, fay.followers_url, fay.url) == ("", "", FAY)
    assert Key.objects.get(key_uri=f"{dora.uri}#main-key").actor == dora


def test_a_key_counts_only_when_its_owner_lists_it(far: FarServer) -> None:
    far.serves_actor(FAY, "fay")
    far.serves("https://new.example/keys/9", {"id": "https://new.example/keys/9", "type": "Key", "owner": FAY})
    for key_uri in (f"{FAY}#other", "https://new.example/keys/9"):
        with pytest.raises(NobodyThere):
            find_key(key_uri, ask=far.outbound.ask)
    assert find_key(f"{FAY}#main-key", ask=far.outbound.ask).actor.uri == FAY


def test_whoever_is_gone_there_is_gone_here(far: FarServer, dora: Actor) -> None:
    far.serves(dora.uri, {}, status=410)
    with pytest.raises(Gone):
        refresh_actor(dora.uri, ask=far.outbound.ask)
    dora.refresh_from_db()
    assert dora.gone_at is not None
    zoe = makers.far_person("zoe")
    far.serves(zoe.uri, {}, status=404)
    with pytest.raises(NobodyThere):
        refresh_actor(zoe.uri, ask=far.outbound.ask)
    zoe.refresh_from_db()
    assert zoe.gone_at is None, "not found is not gone"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_with_a_fault_says_nothing_about_anybody(far: FarServer, status: int) -> None:
    far.serves(FAY, {}, status=status)
    with pytest.raises(OutboundFailure):
        find_actor(FAY, ask=far.outbound.ask)


# --- Posts -------------------------------------------------------------------------------------


def test_a_post_is_fetched_from_its_origin_with_its_author(far: FarServer) -> None:
    far.serves_actor(FAY, "fay")
    far.serves(NOTE, a_note())
    post = find_post(NOTE, ask=far.outbound.ask)
    assert (post.author.uri, post.html, post.reach) == (FAY, "<p>Hi</p>", Reach.PUBLIC)
    assert find_post(NOTE, ask=far.outbound.ask) == post
    assert far.asked.count(NOTE) == 1


@pytest.mark.parametrize(
    "members",
    [
        {"attributedTo": "https://victim.example/users/v"},
        {"id": "https://victim.example/notes/1"},
        {"to": f"{FAY}/followers"},
        {"to": []},
        {"type": "Person"},
        {"attributedTo": None},
    ],
)
def test_a_post_that_is_not_theirs_or_not_for_everybody_is_not_kept(far: FarServer, members: dict[str, object]) -> None:
    far.serves_actor(FAY, "fay")
    far.serves_actor("https://victim.example/users/v", "v")
    far.serves(NOTE, a_note() | members)
    with pytest.raises((Malformed, NobodyThere)):
        find_post(NOTE, ask=far.outbound.ask)
    assert not Post.objects.exists()


def test_nothing_of_ours_is_fetched_or_believed(far: FarServer, alice: Actor) -> None:
    said = makers.post(alice, reach=Reach.HERE)
    far.serves(said.uri, a_note(id=said.uri))
    with pytest.raises(NobodyThere):
        find_post(said.uri, ask=far.outbound.ask)
    assert far.asked == []


def test_answers_that_came_first_find_their_place(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    answer = note(dora, inReplyTo=NOTE)
    assert far.post(dora, create(answer)).status == 202
    early = Post.objects.get(uri=answer["id"])
    assert early.thread_id == early.pk
    far.serves_actor(FAY, "fay")
    far.serves(NOTE, a_note())
    found = find_post(NOTE, ask=far.outbound.ask)
    early.refresh_from_db()
    assert (early.in_reply_to_id, early.thread_id) == (found.pk, found.thread_id)


def test_a_conversation_is_fetched_upwards_but_not_for_ever(far: FarServer) -> None:
    far.serves_actor(FAY, "fay")
    notes = [f"https://new.example/notes/{number}" for number in range(40)]
    for uri, above in zip(notes, [*notes[1:], notes[0]], strict=True):
        far.serves(uri, a_note(id=uri, inReplyTo=above))
    found = find_conversation(notes[0], ask=far.outbound.ask)
    assert Post.objects.count() == MAX_STEPS == 20
    assert {post.thread_id for post in Post.objects.all()} == {Post.objects.get(pk=found.pk).thread_id}
    far.outbound.calls.clear()
    find_conversation(notes[0], ask=far.outbound.ask)
    assert far.asked == []


def test_what_somebody_passed_on_is_fetched_from_its_origin(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    far.serves_actor(FAY, "fay")
    far.serves(NOTE, a_note())
    find_passed_on(dora, uri=NOTE, boost_uri="https://far.example/boosts/1", ask=far.outbound.ask)
    assert Boost.objects.get(uri="https://far.example/boosts/1").post.uri == NOTE
    assert [entry.post.uri for entry in home_timeline(alice, Window())] == [NOTE]
    private = "https://new.example/notes/2"
    far.serves(private, a_note(id=private, to=[f"{FAY}/followers"]))
    with pytest.raises(NobodyThere):
        find_passed_on(dora, uri=private, boost_uri="https://far.example/boosts/2", ask=far.outbound.ask)
    assert Boost.objects.count() == 1


def test_a_task_lets_be_what_cannot_be_fetched(far: FarServer) -> None:
    fetch_post.call(uri=f"https://{HOST}/posts/1")
    assert not Post.objects.exists()


# --- The search box ----------------------------------------------------------------------------


def test_what_is_typed_leads_to_a_person_or_a_post(far: FarServer, alice: Actor) -> None:
    far.serves_actor(FAY, "fay")
    far.serves(NOTE, a_note())
    far.serves("https://new.example/@fay/1", a_note())
    for typed in ("@fay@new.example", " fay@new.example ", FAY):
        found = resolve(alice, typed, ask=far.outbound.ask)
        assert isinstance(found, Actor)
        assert found.uri == FAY
    for typed in (NOTE, "https://new.example/@fay/1"):
        found = resolve(alice, typed, ask=far.outbound.ask)
        assert isinstance(found, Post)
        assert found.uri == NOTE


def test_addresses_of_ours_lead_to_what_the_viewer_may_see(far: FarServer, alice: Actor, bob: Actor) -> None:
    said, secret = makers.post(alice), makers.post(alice, reach=Reach.SELF)
    for typed in (said.uri, said.url):
        assert resolve(bob, typed, ask=far.outbound.ask) == said
    for typed in (secret.uri, secret.url):
        assert resolve(bob, typed, ask=far.outbound.ask) is None
        assert resolve(alice, typed, ask=far.outbound.ask) == secret
    for typed in (alice.url, alice.uri, f"@alice@{HOST}", "alice"):
        assert resolve(bob, typed, ask=far.outbound.ask) == alice
    assert far.asked == []


def test_what_leads_nowhere_is_nothing(far: FarServer, alice: Actor, bob: Actor) -> None:
    far.outbound.answers["https://slow.example/1"] = TimedOut("slow")
    far.serves("https://new.example/page", {"id": "https://new.example/page", "type": "Collection"})
    block(bob, blocked=alice)
    typed = ["", "words to look for", "https://slow.example/1", "https://new.example/page", "@x@y.example", bob.url]
    assert [resolve(alice, each, ask=far.outbound.ask) for each in typed] == [None] * len(typed)
