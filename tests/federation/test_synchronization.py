"""Two servers agree on who follows whom (FEP-8fcf), and nobody else is told."""

import hashlib
import json
from contextlib import nullcontext

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.cache import cache

from speak.federation import synchronization
from speak.federation.discovery.followers import put_followers_right
from speak.federation.integrity import made
from speak.federation.signatures import Message, Mismatch, Scheme, SigningKey, check, signer
from speak.federation.signatures import read_claim as read_signature
from speak.federation.synchronization import MOST_FOLLOWERS, digest_of, fields_of, read_claim
from speak.identity.actions import follow
from speak.identity.models import Actor, Follow, FollowState, Key, KeyKind
from speak.kernel import clock
from speak.kernel.keys import make_ed25519, read_private, read_public
from speak.kernel.tasks import do_all
from speak.voice.reach import Reach
from tests import makers
from tests.federation.delivery.owed import FAR, TAKEN, all_has_arrived, answering, deliver, owed
from tests.federation.far import FarServer, Forged, create, note

pytestmark = pytest.mark.django_db
LIST = "https://far.example/people/dora/followers_synchronization"


def claimed(actor: Actor, uris: list[str], *, url: str = LIST, collection: str = "") -> Forged:
    """A header that says who here follows somebody elsewhere."""
    collection = collection or actor.followers_url
    field = f'collectionId="{collection}", url="{url}", digest="{digest_of(uris)}"'
    return Forged(headers={"Collection-Synchronization": field})


def test_a_digest_is_the_same_in_any_order() -> None:
    one, other = (hashlib.sha256(text.encode()).digest() for text in ("a", "b"))
    both = bytes(x ^ y for x, y in zip(one, other, strict=True)).hex()
    assert digest_of(["a", "b"]) == digest_of(["b", "a", "b"]) == both
    assert digest_of([]) == "0" * 64


def test_a_server_reads_who_on_it_follows_and_nobody_else_does(far: FarServer, alice: Actor, dora: Actor) -> None:
    eve = makers.far_person("eve", domain="evil.example")
    for follower in (dora, eve):
        makers.follows(follower, alice)
    path = f"/actors/{alice.pk}/followers_synchronization"
    assert far.get(path).status == 401
    listed = far.read(path, dora)
    assert (listed["orderedItems"], "totalItems" in listed) == ([dora.uri], False)
    assert far.read(path, eve)["orderedItems"] == [eve.uri]
    fields = fields_of({alice.pk})
    assert {host for _, host in fields} == {"far.example", "evil.example"}
    told = read_claim(fields[alice.pk, "far.example"])
    assert told is not None
    assert (told.collection_uri, told.digest) == (alice.followers_url, digest_of([dora.uri]))
    assert told.url == f"{alice.uri}/followers_synchronization"


def test_it_goes_along_signed_with_what_is_said_to_followers_and_with_nothing_else(alice: Actor, dora: Actor) -> None:
    makers.follows(dora, alice)
    all_has_arrived()
    makers.post(alice, reach=Reach.FOLLOWERS)
    makers.post(alice, f"To {dora.address} alone.", reach=Reach.NAMED, to=(dora,))
    follow(alice, target=makers.far_person("eve", domain="evil.example"))
    far = answering(202)
    far.answers["https://evil.example/inbox"] = TAKEN
    deliver(far)
    assert len(far.calls) == 3
    (call,) = [each for each in far.calls if "collection-synchronization" in each.headers]
    assert json.loads(call.body)["to"] == [alice.followers_url]
    claim = read_claim(call.headers["collection-synchronization"])
    assert claim is not None
    assert claim.digest == digest_of([dora.uri])
    assert "collection-synchronization" in call.headers["signature"]


@pytest.mark.parametrize("scheme", Scheme)
def test_the_field_is_part_of_what_is_signed(scheme: Scheme, alice: Actor) -> None:
    key = Key.objects.get(actor=alice, kind=KeyKind.RSA)
    fields = {"collection-synchronization": "one"}
    added = signer(scheme, SigningKey.from_pem(key.key_uri, key.private_pem))("POST", FAR, fields, b"{}")
    for value, is_as_signed in (("one", True), ("two", False)):
        arrived = Message("POST", FAR, {"host": "far.example", **added, "collection-synchronization": value}, b"{}")
        with nullcontext() if is_as_signed else pytest.raises(Mismatch):
            check(read_signature(arrived), public_key=read_public(key.public_pem), now=clock.now())


def test_beyond_very_many_followers_nothing_goes_along(
    alice: Actor, dora: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_FOLLOWERS == 25_000
    monkeypatch.setattr(synchronization, "MOST_FOLLOWERS", 1)
    makers.follows(dora, alice)
    assert fields_of({alice.pk})
    cache.clear()
    makers.follows(makers.far_person("eve", domain="evil.example"), alice)
    assert fields_of({alice.pk}) == {}


@pytest.mark.django_db(transaction=True)  # the worker closes connections between its tasks
def test_what_differs_is_looked_up_once_an_hour(far: FarServer, alice: Actor, bob: Actor, dora: Actor) -> None:
    for follower in (alice, bob):
        makers.follows(follower, dora)
    agreed = claimed(dora, [alice.uri, bob.uri])
    assert far.post(dora, create(note(dora)), forged=agreed).status == 202
    assert do_all() == 0
    for name, header in (
        ("2", claimed(dora, [alice.uri], url="https://evil.example/list")),
        ("3", claimed(dora, [alice.uri], collection="https://far.example/people/zoe/followers")),
        ("4", Forged(headers={"Collection-Synchronization": "nonsense"})),
    ):
        assert far.post(dora, create(note(dora, name)), forged=header).status == 202
    assert do_all() == 0
    for name in ("5", "6"):
        assert far.post(dora, create(note(dora, name)), forged=claimed(dora, [alice.uri])).status == 202
    assert do_all() == 1


def test_their_list_ends_what_they_do_not_know_of_and_is_told_what_we_do_not(
    far: FarServer, alice: Actor, bob: Actor, carol: Actor, dora: Actor
) -> None:
    makers.follows(alice, dora)
    makers.follows(bob, dora)
    asked = follow(makers.person("hugo"), target=dora)
    named = [bob.uri, carol.uri, asked.follower.uri, "https://home.example/actors/1"]
    far.serves(LIST, {"id": LIST, "type": "OrderedCollection", "orderedItems": named})
    put_followers_right(dora, url=LIST, ask=far.outbound.ask)
    held = Follow.objects.filter(target=dora, state=FollowState.ACCEPTED).values_list("follower__handle", flat=True)
    assert set(held) == {"bob", "hugo"}
    assert {each["actor"] for each in owed("Undo")} == {alice.uri, carol.uri}


def test_an_empty_list_names_nobody(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    far.serves(LIST, {"id": LIST, "type": "OrderedCollection", "orderedItems": []})
    put_followers_right(dora, url=LIST, ask=far.outbound.ask)
    assert not Follow.objects.filter(follower=alice).exists()


@pytest.mark.django_db(transaction=True)  # the worker closes connections between its tasks
def test_who_brings_a_proof_says_nothing_about_followers(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    pair = make_ed25519()
    key_uri = f"{dora.uri}#ed25519-key"
    Key.objects.create(actor=dora, kind=KeyKind.ED25519, key_uri=key_uri, public_pem=pair.public_pem)
    private = read_private(pair.private_pem)
    assert isinstance(private, Ed25519PrivateKey)
    eve = makers.far_person("eve", domain="relay.example")
    proven = made(create(note(dora)), key_uri=key_uri, key=private, now=clock.now())
    assert far.post(eve, proven, forged=claimed(dora, [])).status == 202
    assert do_all() == 0


@pytest.mark.parametrize(
    "listed",
    [
        {"orderedItems": [f"https://home.example/actors/{number}" for number in range(1000)]},
        {"first": f"{LIST}?page=1"},
        {"orderedItems": [], "next": f"{LIST}?page=2"},
        {"type": "Note", "content": "<p>By somebody else on that server.</p>"},
        {"type": "Note", "orderedItems": []},
        {},
    ],
)
def test_a_list_that_is_not_whole_ends_nothing(
    far: FarServer, alice: Actor, dora: Actor, listed: dict[str, object]
) -> None:
    makers.follows(alice, dora)
    far.serves(LIST, {"id": LIST, "type": "OrderedCollection", **listed})
    put_followers_right(dora, url=LIST, ask=far.outbound.ask)
    assert Follow.objects.filter(follower=alice, target=dora).exists()
