"""Two servers agree on who follows whom (FEP-8fcf), and nobody else is told."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from speak.federation.discovery.followers import put_followers_right
from speak.federation.integrity import made
from speak.federation.synchronization import digest_of, header_for, read_claim
from speak.identity.actions import follow
from speak.identity.models import Actor, Follow, FollowState, Key, KeyKind
from speak.kernel import clock
from speak.kernel.keys import make_ed25519, read_private
from speak.kernel.tasks import do_all
from tests import makers
from tests.federation.delivery.owed import owed
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
    told = read_claim(header_for(alice, "far.example"))
    assert told is not None
    assert (told.collection_uri, told.digest) == (alice.followers_url, digest_of([dora.uri]))
    assert told.url == f"{alice.uri}/followers_synchronization"


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
