"""Nobody speaks, ends or answers for another by pointing at what is not theirs."""

import json

import pytest

from speak.federation.discovery import fetch, find_post
from speak.federation.documents import Malformed
from speak.federation.documents.nodes import host_of
from speak.identity.actions import block
from speak.identity.models import Actor, Key
from speak.kernel.keys import make_rsa
from speak.kernel.outbound import Answer
from speak.voice.models import Post
from speak.voice.queries import readable_by
from speak.voice.reach import Reach
from tests import makers
from tests.federation.far import ACTIVITY, FarServer, actor_document, create, does, note

pytestmark = pytest.mark.django_db


def leads_to(far: FarServer, url: str, document: object, *, elsewhere: str) -> None:
    """far.example sends whoever asks for this address on to `elsewhere`, which serves the document."""
    body = json.dumps(document).encode()
    far.outbound.answers[url] = Answer(200, body, url=elsewhere, headers={"content-type": ACTIVITY})


# --- An end that is not one's own ------------------------------------------------------------


@pytest.mark.parametrize("key_uri", ["https://evil.example/gone#main-key", "https://far.example/notes/deleted"])
def test_a_key_that_is_gone_ends_nobody_who_is_there(far: FarServer, dora: Actor, key_uri: str) -> None:
    far.serves(key_uri.partition("#")[0], {}, status=410)
    far.serves_actor(dora.uri, "dora")
    kept = makers.far_post(dora)
    assert far.post(key_uri, does(dora, "Delete", dora.uri)).status == 401

    dora.refresh_from_db()
    kept.refresh_from_db()
    assert dora.gone_at is None
    assert kept.withdrawn_at is None


def test_a_key_that_is_gone_ends_whoever_is_gone(far: FarServer, dora: Actor) -> None:
    far.serves("https://far.example/keys/dora", {}, status=410)
    far.serves(dora.uri, {}, status=410)
    assert far.post("https://far.example/keys/dora", does(dora, "Delete", dora.uri)).status == 202
    dora.refresh_from_db()
    assert dora.gone_at is not None


# --- Redirects -------------------------------------------------------------------------------


def test_an_address_that_leads_elsewhere_says_nothing_for_its_own_server(far: FarServer, dora: Actor) -> None:
    far.serves_actor(dora.uri, "dora")
    open_redirect = "https://far.example/redirect?to=https://evil.example/note"
    leads_to(far, open_redirect, {**note(dora), "id": open_redirect}, elsewhere="https://evil.example/note")
    with pytest.raises(Malformed):
        find_post(open_redirect, ask=far.outbound.ask)
    assert not Post.objects.exists()


def test_nor_does_one_that_is_asked_for_the_second_time(far: FarServer, dora: Actor) -> None:
    open_redirect = "https://far.example/redirect?to=https://evil.example/note"
    said = {**note(dora), "id": open_redirect}
    far.serves("https://far.example/start", said)
    leads_to(far, open_redirect, said, elsewhere="https://evil.example/note")
    with pytest.raises(Malformed):
        fetch("https://far.example/start", ask=far.outbound.ask)


def test_an_address_may_lead_on_within_its_server(far: FarServer, dora: Actor) -> None:
    leads_to(far, "https://far.example/@dora/1", note(dora), elsewhere="https://far.example/notes/1")
    assert fetch("https://far.example/@dora/1", ask=far.outbound.ask).uri == note(dora)["id"]


# --- Keys ------------------------------------------------------------------------------------


def test_nobody_takes_a_neighbors_key_away(far: FarServer, alice: Actor, dora: Actor) -> None:
    eve = makers.far_person("eve")
    stolen = f"{dora.uri}#main-key"
    changed = actor_document(eve.uri, "eve")
    own = changed["publicKey"]
    far.serves_actor(eve.uri, "eve")
    listed = [own, {"id": stolen, "owner": eve.uri, "publicKeyPem": make_rsa().public_pem}]
    assert far.post(eve, does(eve, "Update", {**changed, "publicKey": listed})).status == 202

    assert Key.objects.get(key_uri=stolen).actor == dora
    assert far.post(dora, does(dora, "Follow", alice.uri, name="follow-1")).status == 202


def test_whoever_a_key_belongs_to_takes_it_back(far: FarServer, alice: Actor, dora: Actor) -> None:
    eve = makers.far_person("eve")
    Key.objects.filter(actor=dora).update(actor=eve)
    assert far.post(eve, does(eve, "Update", actor_document(eve.uri, "eve"))).status == 202
    far.serves_actor(dora.uri, "dora")
    assert far.post(dora, does(dora, "Follow", alice.uri, name="follow-1")).status == 202
    assert Key.objects.get(key_uri=f"{dora.uri}#main-key").actor == dora


# --- Below the words of others ---------------------------------------------------------------


def test_whom_an_author_blocks_does_not_stand_below_their_words(far: FarServer, alice: Actor, dora: Actor) -> None:
    said = makers.post(alice)
    block(alice, blocked=dora)
    assert far.post(dora, create(note(dora, inReplyTo=said.uri))).status == 202
    assert not Post.objects.filter(author=dora).exists()


def test_who_follows_them_hears_them_without_the_words_they_answer(
    far: FarServer, alice: Actor, bob: Actor, dora: Actor
) -> None:
    said = makers.post(alice)
    block(alice, blocked=dora)
    makers.follows(bob, dora)
    assert far.post(dora, create(note(dora, inReplyTo=said.uri))).status == 202
    answer = Post.objects.get(author=dora)
    assert (answer.in_reply_to, answer.answered, answer.thread_id) == (None, None, answer.pk)


def test_nobody_answers_what_stays_here_from_elsewhere(far: FarServer, alice: Actor, bob: Actor, dora: Actor) -> None:
    said = makers.post(alice, reach=Reach.HERE)
    assert far.post(dora, create(note(dora, inReplyTo=said.uri, to=[alice.uri], cc=[]))).status == 202
    stray = Post.objects.get(author=dora)
    assert (stray.in_reply_to, stray.thread_id == said.thread_id) == (None, False)
    assert not readable_by(bob).filter(pk=stray.pk).exists()


# --- Names that look alike -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://f\u0430r.example/x", "xn--fr-7kc.example"),  # with a Cyrillic a
        ("https://far\u3002example/x", "far.example"),
        ("https://FAR.example.:443/x", "far.example"),
        ("https://m\u00fcnchen.example:8443/x", "xn--mnchen-3ya.example:8443"),
        ("https://\u200b/x", ""),
    ],
)
def test_a_host_is_what_travels(address: str, host: str) -> None:
    assert host_of(address) == host
