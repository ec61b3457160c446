"""What other servers send: taken in when it is theirs to say, refused with nothing written when it is not."""

import datetime as dt
import gzip
import json
from collections.abc import Callable
from email.utils import format_datetime

import pytest
from django.apps import apps

from speak.federation.housekeeping import forget_what_is_old
from speak.federation.models import Received, Tombstone
from speak.federation.signatures import Scheme, SigningKey, signer
from speak.identity.actions import block, follow
from speak.identity.models import Actor, Block, Follow, FollowState, Key, KeyKind
from speak.kernel import clock, tasks
from speak.kernel.keys import make_ed25519, make_rsa
from speak.kernel.outbound import TimedOut
from speak.voice.models import Boost, Like, Post
from speak.voice.queries import readable_by
from speak.voice.reach import Reach
from tests import makers
from tests.federation.far import (
    ACTIVITY,
    HONEST,
    PUBLIC,
    Document,
    FarServer,
    Forged,
    create,
    does,
    note,
    signature_headers,
)

pytestmark = pytest.mark.django_db
FAY = "https://new.example/users/fay"


def rows() -> dict[str, int]:
    """How many rows of everything there are."""
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}  # noqa: SLF001 - documented API


@pytest.fixture
def heard(alice: Actor, dora: Actor) -> Actor:
    """Dora, whom Alice follows."""
    makers.follows(alice, dora)
    return dora


def test_what_a_followed_actor_says_is_kept(far: FarServer, alice: Actor, heard: Actor) -> None:
    said = note(
        heard,
        summary="food",
        contentMap={"de": "<p>Hallo.</p>"},
        content="<p>Hallo.</p>",
        tag=[{"type": "Hashtag", "name": "#Brot"}, {"type": "Mention", "href": alice.uri, "name": "@alice"}],
        attachment={"type": "Document", "mediaType": "image/png", "url": "https://far.example/b.png", "name": "Bread"},
    )
    assert far.post(heard, create(said)).status == 202

    kept = Post.objects.get(uri=said["id"])
    assert (kept.reach, kept.summary, kept.is_sensitive, kept.language) == (Reach.PUBLIC, "food", True, "de")
    assert kept.said_at == dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    assert [tag.name for tag in kept.tags.all()] == ["brot"]
    assert [(media.remote_url, media.description) for media in kept.media.all()] == [
        ("https://far.example/b.png", "Bread")
    ]
    assert alice.notifications.filter(kind="mention", post_id=kept.pk).exists()


ADDRESSED: list[tuple[object, object, Reach]] = [
    ([PUBLIC], [], Reach.PUBLIC),
    ("as:Public", [], Reach.PUBLIC),
    (["https://far.example/people/dora/followers"], ["Public"], Reach.QUIET),
    ("https://far.example/people/dora/followers", None, Reach.FOLLOWERS),
    ([], [{"id": "https://far.example/people/dora/followers"}], Reach.FOLLOWERS),
    (["ALICE"], [], Reach.NAMED),
    (["ALICE", "https://far.example/people/zoe/followers"], [], Reach.NAMED),
]


@pytest.mark.parametrize("addressed", ADDRESSED)
def test_addresses_say_how_far_a_post_reaches(
    far: FarServer, alice: Actor, bob: Actor, heard: Actor, addressed: tuple[object, object, Reach]
) -> None:
    to, cc, reach = addressed
    to = [alice.uri if each == "ALICE" else each for each in to] if isinstance(to, list) else to
    said = note(heard, to=to, cc=cc)
    assert far.post(heard, create(said)).status == 202
    kept = Post.objects.get(uri=said["id"])
    assert (kept.reach, kept.audience_owner) == (reach, heard)
    assert readable_by(alice).filter(pk=kept.pk).exists()
    assert readable_by(bob).filter(pk=kept.pk).exists() == (reach in {Reach.PUBLIC, Reach.QUIET})


def test_an_answer_in_the_audience_of_another_stays_with_those_who_could_read_it(
    far: FarServer, alice: Actor, bob: Actor, dora: Actor
) -> None:
    makers.follows(dora, alice)
    makers.follows(bob, alice)
    said = makers.post(alice, "For those who follow me.", reach=Reach.FOLLOWERS)
    carol = makers.person("carol")
    makers.follows(carol, alice)
    answer = note(dora, to=[alice.followers_url], cc=[alice.uri], inReplyTo=said.uri)
    assert far.post(dora, create(answer)).status == 202

    kept = Post.objects.get(uri=answer["id"])
    assert (kept.reach, kept.audience_owner, kept.audience_at) == (Reach.FOLLOWERS, alice, said.audience_at)
    assert readable_by(bob).filter(pk=kept.pk).exists()
    assert not readable_by(carol).filter(pk=kept.pk).exists()


def test_nobody_speaks_to_the_followers_of_somebody_whose_post_they_cannot_read(
    far: FarServer, alice: Actor, bob: Actor, dora: Actor
) -> None:
    makers.follows(bob, alice)
    said = makers.post(alice, "For those who follow me.", reach=Reach.FOLLOWERS)
    answer = note(dora, to=[alice.followers_url, alice.uri], cc=[], inReplyTo=said.uri)
    assert far.post(dora, create(answer)).status == 202
    kept = Post.objects.get(uri=answer["id"])
    assert kept.reach == Reach.NAMED
    assert not readable_by(bob).filter(pk=kept.pk).exists()


def test_what_concerns_nobody_here_is_taken_and_not_kept(far: FarServer, alice: Actor, dora: Actor) -> None:
    before = rows()
    said = note(dora)
    assert far.post(dora, create(said)).status == 202
    assert not Post.objects.filter(uri=said["id"]).exists()
    assert {**rows(), "Received": 0} == {**before, "Received": 0}


def test_the_same_activity_counts_once(far: FarServer, alice: Actor, heard: Actor) -> None:
    said = create(note(heard))
    assert far.post(heard, said).status == 202
    Post.objects.filter(uri=note(heard)["id"]).delete()
    assert far.post(heard, said).status == 202
    assert not Post.objects.filter(uri=note(heard)["id"]).exists()


def test_what_was_taken_back_is_not_done_again_by_sending_the_same_bytes_once_more(
    far: FarServer, alice: Actor, dora: Actor
) -> None:
    body = json.dumps(does(dora, "Follow", alice.uri, name="follow-1")).encode()
    overheard = signature_headers("POST", "/inbox", key_uri=f"{dora.uri}#main-key", body=body)
    assert far.send(body, overheard).status == 202
    assert Follow.objects.filter(follower=dora).exists()
    undo = does(dora, "Undo", json.loads(body), name="undo-1")
    assert far.post(dora, undo).status == 202
    assert far.send(body, overheard).status == 202
    assert not Follow.objects.filter(follower=dora).exists()


def test_an_activity_of_another_server_is_not_used_up_by_a_stranger(far: FarServer, alice: Actor, heard: Actor) -> None:
    evil = makers.far_person("eve", domain="evil.example")
    asked = does(evil, "Follow", alice.uri)
    asked["id"] = create(note(heard))["id"]
    assert far.post(evil, asked).status == 403
    assert far.post(heard, create(note(heard))).status == 202
    assert Post.objects.filter(uri=note(heard)["id"]).exists()


# --- Follow, Accept, Reject, Undo, Block -----------------------------------------------------


def test_asking_again_with_another_id_is_answered_again(far: FarServer, alice: Actor, dora: Actor) -> None:
    for name in ("follow-1", "follow-2"):
        assert far.post(dora, does(dora, "Follow", {"id": alice.uri}, name=name)).status == 202
    assert Follow.objects.get(follower=dora).uri == "https://far.example/follow-2"


def test_whoever_approves_followers_is_asked_first(far: FarServer, alice: Actor, dora: Actor) -> None:
    Actor.objects.filter(pk=alice.pk).update(approves_followers=True)
    assert far.post(dora, does(dora, "Follow", alice.uri)).status == 202
    assert Follow.objects.get(follower=dora).state == FollowState.ASKED


@pytest.mark.parametrize("embedded", [True, False])
def test_a_follow_is_accepted_and_later_ended_by_the_other_side(
    far: FarServer, alice: Actor, dora: Actor, *, embedded: bool
) -> None:
    row = follow(alice, target=dora)
    asked = {"id": row.uri, "type": "Follow", "actor": alice.uri, "object": dora.uri} if embedded else row.uri
    assert far.post(dora, does(dora, "Accept", asked, name="a")).status == 202
    assert Follow.objects.get(follower=alice).state == FollowState.ACCEPTED
    assert far.post(dora, does(dora, "Reject", asked, name="b")).status == 202
    assert not Follow.objects.filter(follower=alice).exists()


def test_nobody_else_accepts_a_follow(far: FarServer, alice: Actor, dora: Actor) -> None:
    row = follow(alice, target=dora)
    eve = makers.far_person("eve", domain="evil.example")
    asked = {"id": row.uri, "type": "Follow", "actor": alice.uri, "object": dora.uri}
    assert far.post(eve, does(eve, "Accept", asked)).status == 202
    assert Follow.objects.get(follower=alice).state == FollowState.ASKED


@pytest.mark.parametrize("embedded", [True, False])
def test_follow_like_boost_and_block_are_taken_back(
    far: FarServer, alice: Actor, dora: Actor, *, embedded: bool
) -> None:
    said = makers.post(alice)
    done = [
        does(dora, "Follow", alice.uri, name="1"),
        does(dora, "Like", said.uri, name="2"),
        does(dora, "Announce", [said.uri], name="3"),
    ]
    for activity in done:
        assert far.post(dora, activity).status == 202
    assert (Follow.objects.count(), Like.objects.count(), Boost.objects.count()) == (1, 1, 1)
    blocked = does(dora, "Block", alice.uri, name="4")
    for number, activity in enumerate([*done, blocked]):
        if activity is blocked:
            assert far.post(dora, blocked).status == 202
            assert Block.objects.filter(blocker=dora, blocked=alice).exists()
        undone = does(dora, "Undo", activity if embedded else activity["id"], name=f"undo-{number}")
        assert far.post(dora, undone).status == 202
    assert (Follow.objects.count(), Like.objects.count(), Boost.objects.count()) == (0, 0, 0)
    assert not Block.objects.exists()


def test_a_block_ends_both_follows_and_tells_nobody(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    makers.follows(dora, alice)
    assert far.post(dora, does(dora, "Block", alice.uri)).status == 202
    assert not Follow.objects.exists()
    assert not alice.notifications.filter(about=dora).exists()


def test_a_boost_never_widens(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(dora, alice)
    said = makers.post(alice, "For those who follow me.", reach=Reach.FOLLOWERS)
    assert far.post(dora, does(dora, "Announce", said.uri)).status == 403
    assert not Boost.objects.exists()


def test_whom_somebody_blocked_is_refused_at_their_inbox(far: FarServer, alice: Actor, dora: Actor) -> None:
    block(alice, blocked=dora)
    path = f"/actors/{alice.pk}/inbox"
    assert far.post(dora, does(dora, "Follow", alice.uri), path=path).status == 403
    assert far.post(dora, does(dora, "Follow", alice.uri)).status == 403
    assert not Follow.objects.exists()


# --- Update, Delete --------------------------------------------------------------------------


def test_a_newer_wording_is_taken_over_and_an_older_one_is_not(far: FarServer, alice: Actor, heard: Actor) -> None:
    assert far.post(heard, create(note(heard))).status == 202
    newer = note(heard, content="<p>Better.</p>", updated="2026-02-01T00:00:00Z")
    assert far.post(heard, does(heard, "Update", newer, name="u1")).status == 202
    older = note(heard, content="<p>Worse.</p>", updated="2026-01-15T00:00:00Z")
    assert far.post(heard, does(heard, "Update", older, name="u2")).status == 202
    kept = Post.objects.get(uri=note(heard)["id"])
    assert kept.html == "<p>Better.</p>"
    assert [revision.html for revision in kept.revisions.all()] == ["<p>Hello from afar.</p>"]


def test_a_profile_is_changed_by_its_owner(far: FarServer, dora: Actor) -> None:
    document = far.serves_actor(dora.uri, "dora", name="Dora D.", summary="<p>Hi<script>x</script></p>")
    assert far.post(dora, does(dora, "Update", document)).status == 202
    dora.refresh_from_db()
    assert (dora.name, dora.about_html) == ("Dora D.", "<p>Hi</p>")
    assert far.asked == []


@pytest.mark.parametrize("what", ["id", "tombstone"])
def test_a_post_is_taken_back(far: FarServer, alice: Actor, heard: Actor, what: str) -> None:
    assert far.post(heard, create(note(heard))).status == 202
    uri = note(heard)["id"]
    withdrawn = does(heard, "Delete", uri if what == "id" else {"id": uri, "type": "Tombstone"})
    assert far.post(heard, withdrawn).status == 202
    kept = Post.objects.get(uri=uri)
    assert kept.withdrawn_at is not None
    assert kept.html == ""


def test_what_was_taken_back_before_it_came_stays_out(far: FarServer, alice: Actor, heard: Actor) -> None:
    assert far.post(heard, does(heard, "Delete", note(heard)["id"])).status == 202
    assert far.post(heard, create(note(heard))).status == 202
    assert not Post.objects.filter(uri=note(heard)["id"]).exists()


def test_an_actor_who_is_gone_takes_their_words_along(far: FarServer, alice: Actor, heard: Actor) -> None:
    assert far.post(heard, create(note(heard))).status == 202
    assert far.post(heard, does(heard, "Delete", heard.uri)).status == 202
    heard.refresh_from_db()
    assert heard.gone_at is not None
    assert not readable_by(alice).filter(author=heard).exists()
    assert not Follow.objects.exists()
    assert far.post(heard, create(note(heard, "2"))).status in {401, 503}


def test_the_end_of_a_stranger_is_taken_without_asking_for_their_key(far: FarServer, alice: Actor) -> None:
    gone = {"id": f"{FAY}#delete", "type": "Delete", "actor": FAY, "object": FAY}
    before = rows()
    assert far.post(f"{FAY}#main-key", gone).status == 202
    assert far.asked == []
    assert rows() == before


def test_an_actor_whose_key_was_replaced_and_who_is_gone_is_gone_here(far: FarServer, dora: Actor) -> None:
    Key.objects.filter(actor=dora).update(
        public_pem=make_rsa().public_pem, fetched_at=clock.now() - dt.timedelta(days=1)
    )
    far.serves(dora.uri, {}, status=410)
    assert far.post(dora, does(dora, "Delete", dora.uri)).status == 202
    dora.refresh_from_db()
    assert dora.gone_at is not None


# --- Keys ------------------------------------------------------------------------------------


def test_a_stranger_is_asked_for_their_key_once(far: FarServer, alice: Actor) -> None:
    far.serves_actor(FAY, "fay")
    for name in ("1", "2"):
        asked = {"id": f"https://new.example/{name}", "type": "Follow", "actor": FAY, "object": alice.uri}
        assert far.post(f"{FAY}#main-key", asked).status == 202
    fay = Actor.objects.get(uri=FAY)
    assert (fay.address, fay.name, fay.inbox_url) == ("@fay@new.example", "Fay", f"{FAY}/inbox")
    assert Follow.objects.filter(follower=fay, target=alice).exists()
    assert far.asked == [FAY, "https://new.example/.well-known/webfinger?resource=acct:fay@new.example"]
    assert "signature" in {name.lower() for name in far.outbound.calls[0].headers}


def test_a_key_at_an_address_of_its_own_counts_if_its_owner_lists_it(far: FarServer, alice: Actor) -> None:
    """GoToSocial's /main-key answers with a part of the actor."""
    key = {"id": f"{FAY}/main-key", "owner": FAY, "publicKeyPem": makers.far_keys().public_pem}
    far.serves_actor(FAY, "fay", publicKey=key)
    far.serves(f"{FAY}/main-key", {"id": FAY, "type": "Person", "preferredUsername": "fay", "publicKey": key})
    asked = {"id": "https://new.example/1", "type": "Follow", "actor": FAY, "object": alice.uri}
    assert far.post(f"{FAY}/main-key", asked).status == 202
    assert Follow.objects.filter(follower__uri=FAY).exists()


def test_a_key_that_was_replaced_is_fetched_again(far: FarServer, alice: Actor, dora: Actor) -> None:
    far.serves_actor(dora.uri, "dora")
    Key.objects.filter(actor=dora).update(
        public_pem=make_rsa().public_pem, fetched_at=clock.now() - dt.timedelta(hours=1)
    )
    assert far.post(dora, does(dora, "Follow", alice.uri)).status == 202
    assert Follow.objects.filter(follower=dora).exists()


def test_a_key_that_cannot_be_fetched_may_be_tried_later_and_is_not_asked_for_at_once(
    far: FarServer, alice: Actor
) -> None:
    far.outbound.answers[FAY] = TimedOut("too slow")
    asked = {"id": "https://new.example/1", "type": "Follow", "actor": FAY, "object": alice.uri}
    before = rows()
    for _ in range(2):
        heard = far.post(f"{FAY}#main-key", asked)
        assert (heard.status, heard.headers["Retry-After"]) == (503, "300")
    assert far.asked == [FAY]
    assert {**rows(), "Actor": 0, "Key": 0} == {**before, "Actor": 0, "Key": 0}


# --- Refusals --------------------------------------------------------------------------------

Send = Callable[[FarServer, Actor], int]


def _unsigned(far: FarServer, dora: Actor) -> int:
    return far.send(json.dumps(create(note(dora))).encode(), {}).status


def _forged(**how: str) -> Send:
    return lambda far, dora: far.post(dora, create(note(dora)), forged=Forged(**how)).status  # type: ignore[arg-type]


def _by_another_key(far: FarServer, dora: Actor) -> int:
    eve = makers.far_person("eve", domain="evil.example")
    return far.post(eve, create(note(dora))).status


def _body_changed(far: FarServer, dora: Actor) -> int:
    body = json.dumps(create(note(dora))).encode()
    headers = signature_headers("POST", "/inbox", key_uri=f"{dora.uri}#main-key", body=body)
    return far.send(body.replace(b"afar", b"near"), headers).status


def _to_another_path(far: FarServer, dora: Actor) -> int:
    body = json.dumps(create(note(dora))).encode()
    headers = signature_headers("POST", "/actors/1/inbox", key_uri=f"{dora.uri}#main-key", body=body)
    return far.send(body, headers).status


def _garbled_signature(far: FarServer, dora: Actor) -> int:
    return far.send(json.dumps(create(note(dora))).encode(), {"signature": 'keyId="x",,='}).status


def _document(**members: object) -> Send:
    return lambda far, dora: far.post(dora, create(note(dora, "1", **members), actor=dora.uri)).status


def _activity(**members: object) -> Send:
    return lambda far, dora: far.post(dora, create(note(dora), **members)).status


def _bytes(body: bytes) -> Send:
    return lambda far, dora: far.post(dora, body).status


def _as_plain_json(far: FarServer, dora: Actor) -> int:
    return far.post(dora, create(note(dora)), forged=Forged(headers={"content-type": "application/json"})).status


def _host_of_another(far: FarServer, dora: Actor) -> int:
    return far.post(dora, create(note(dora)), forged=Forged(host="other.example")).status


def _compressed(far: FarServer, dora: Actor) -> int:
    body = gzip.compress(json.dumps(create(note(dora, content="x" * 50_000_000))).encode())
    headers = signature_headers("POST", "/inbox", key_uri=f"{dora.uri}#main-key", body=body)
    return far.send(body, {**headers, "content-encoding": "gzip"}).status


LONG_AGO = format_datetime(dt.datetime(2020, 1, 1, tzinfo=dt.UTC), usegmt=True)
FAR_AHEAD = format_datetime(dt.datetime(2099, 1, 1, tzinfo=dt.UTC), usegmt=True)
REFUSALS: dict[str, tuple[Send, int]] = {
    "unsigned": (_unsigned, 401),
    "signed by a key that is not theirs": (_forged(private_pem=make_rsa().private_pem), 401),
    "signature that cannot be read": (_garbled_signature, 401),
    "stale": (_forged(date=LONG_AGO), 401),
    "from the future": (_forged(date=FAR_AHEAD), 401),
    "wrong digest": (_forged(digest="SHA-256=" + "A" * 43 + "="), 401),
    "body changed on the way": (_body_changed, 401),
    "signed for another path": (_to_another_path, 401),
    "signed for another server": (_host_of_another, 401),
    "key of another actor": (_by_another_key, 401),
    "author who is not the actor": (_document(attributedTo="https://far.example/people/zoe"), 403),
    "post of another host": (_document(id="https://victim.example/notes/1"), 403),
    "post of our own host": (_document(id="https://home.example/posts/1"), 403),
    "id of another host": (_activity(id="https://victim.example/1"), 403),
    "actor of our own": (_activity(actor="https://home.example/actors/1"), 401),
    "no id": (_activity(id=None), 400),
    "no type": (_activity(type=None), 400),
    "an id that is no address": (_activity(id="urn:uuid:1"), 400),
    "no object": (_activity(object=None), 400),
    "no author": (_document(attributedTo=None), 400),
    "not JSON": (_bytes(b"{"), 400),
    "not an object": (_bytes(b"[]"), 400),
    "not UTF-8": (_bytes(b'{"id": "\xff"}'), 400),
    "a number out of range": (_bytes(b'{"id": 1e999}'), 400),
    "deep": (_bytes(b'{"a":' * 40 + b"1" + b"}" * 40), 400),
    "very deep": (_bytes(b'{"a":' * 50_000 + b"1" + b"}" * 50_000), 400),
    "larger than 1 MiB": (_document(content="x" * 1024 * 1024), 413),
    "2 MiB": (_document(content="x" * 2 * 1024 * 1024), 413),
    "plain JSON": (_as_plain_json, 415),
    "compressed": (_compressed, 415),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_is_not_proven_or_not_theirs_is_refused_and_nothing_is_written(
    far: FarServer, alice: Actor, heard: Actor, name: str
) -> None:
    makers.far_person("zoe")
    send, status = REFUSALS[name]
    before = rows()
    if name == "key of another actor":
        before["Actor"] += 1
        before["Key"] += 1
    assert send(far, heard) == status
    assert rows() == before
    assert far.post(heard, create(note(heard)), forged=HONEST).status == 202, "only that was wrong"
    assert Post.objects.filter(uri=note(heard)["id"]).exists()


def test_a_post_of_somebody_else_is_neither_changed_nor_taken_back(far: FarServer, alice: Actor, heard: Actor) -> None:
    assert far.post(heard, create(note(heard))).status == 202
    zoe = makers.far_person("zoe")
    changed = note(heard, content="<p>Not mine.</p>", updated="2026-02-01T00:00:00Z")
    assert far.post(zoe, does(zoe, "Update", changed, name="z1")).status == 403
    assert far.post(zoe, does(zoe, "Delete", changed["id"], name="z2")).status == 202
    said = makers.post(alice)
    assert far.post(zoe, does(zoe, "Delete", said.uri, name="z3")).status == 403
    assert far.post(zoe, does(zoe, "Delete", heard.uri, name="z4")).status in {202, 403}
    assert Post.objects.get(uri=changed["id"]).html == "<p>Hello from afar.</p>"
    heard.refresh_from_db()
    assert heard.gone_at is None


def test_a_profile_of_somebody_else_is_not_changed(far: FarServer, dora: Actor) -> None:
    zoe = makers.far_person("zoe")
    document = far.serves_actor(dora.uri, "dora", name="Mine now")
    assert far.post(zoe, does(zoe, "Update", document)).status == 403
    dora.refresh_from_db()
    assert dora.name == "Dora"


def test_an_inbox_of_nobody_takes_nothing(far: FarServer, dora: Actor) -> None:
    assert far.post(dora, create(note(dora)), path="/actors/12345/inbox").status == 404


def test_an_inbox_is_not_read(far: FarServer, alice: Actor) -> None:
    assert far.get("/inbox").status == 405
    assert far.get(f"/actors/{alice.pk}/inbox").status == 405


def test_unknown_activities_and_things_are_taken_and_ignored(far: FarServer, alice: Actor, heard: Actor) -> None:
    before = rows()
    unknown: list[Document] = [
        does(heard, "Travel", "https://far.example/places/1", name="1"),
        does(heard, "Add", {"id": "https://far.example/x", "type": "Weird"}, name="2"),
        does(heard, "Invite", alice.uri, name="3"),
    ]
    for activity in unknown:
        assert far.post(heard, activity).status == 202
    assert rows() == before
    assert far.post(heard, create(note(heard, type="Place"))).status == 202
    vote = note(heard, content=None, to=[alice.uri], inReplyTo="https://far.example/q")
    vote["name"] = "Yes"
    assert far.post(heard, create(vote, id="https://far.example/v")).status == 202
    assert not Post.objects.exists()


@pytest.mark.django_db(transaction=True)  # the worker closes connections between its tasks
def test_a_boost_of_something_unknown_is_fetched_later(far: FarServer, alice: Actor, heard: Actor) -> None:
    boosted = does(heard, "Announce", "https://new.example/notes/7")
    assert far.post(heard, boosted).status == 202
    assert far.asked == []
    assert tasks.do_all() == 1


def test_old_memories_are_forgotten(far: FarServer, alice: Actor, heard: Actor) -> None:
    assert far.post(heard, does(heard, "Delete", "https://far.example/notes/9")).status == 202
    assert (Received.objects.count(), Tombstone.objects.count()) == (1, 1)
    long_ago = clock.now() - dt.timedelta(days=30)
    Received.objects.update(received_at=long_ago)
    Tombstone.objects.update(withdrawn_at=long_ago)
    forget_what_is_old()
    assert (Received.objects.count(), Tombstone.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", list(KeyKind))
def test_a_signature_after_rfc_9421_counts_as_well(far: FarServer, alice: Actor, dora: Actor, kind: KeyKind) -> None:
    pair = make_ed25519() if kind == KeyKind.ED25519 else makers.far_keys()
    key_uri = f"{dora.uri}#{kind}"
    Key.objects.create(actor=dora, kind=kind, key_uri=key_uri, public_pem=pair.public_pem)
    sign = signer(Scheme.RFC9421, SigningKey.from_pem(key_uri, pair.private_pem))
    body = json.dumps(does(dora, "Follow", alice.uri)).encode()
    headers = sign("POST", "https://home.example/inbox", {"content-type": ACTIVITY}, body)
    assert far.send(body.replace(b"act-1", b"act-2"), headers).status == 401
    assert far.send(body, headers).status == 202
    assert Follow.objects.filter(follower=dora, target=alice).exists()
