"""Proofs that stand in documents: made so that others check them, believed from whoever brings them (FEP-8b32)."""

import copy
import datetime as dt
import json

import jcs  # type: ignore[import-untyped]
import pytest
from apsig import ProofSigner, ProofVerifier
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from speak.federation.discovery import look_again_at
from speak.federation.integrity import BadProof, canonical, fits, made, read_proof
from speak.identity.models import Actor, Follow, Key, KeyKind
from speak.kernel import clock
from speak.kernel.errors import Invalid
from speak.kernel.keys import KeyPair, make_ed25519, read_private, read_public, write_multikey
from speak.kernel.tasks import do_all
from speak.voice.models import Post
from speak.voice.reach import Reach
from tests import makers
from tests.federation.delivery.owed import only
from tests.federation.far import ACTIVITY, Document, FarServer, create, does, note

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
KEY_URI = "https://far.example/people/dora#ed25519-key"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@pytest.fixture(scope="module")
def pair() -> KeyPair:
    """A key of somebody elsewhere."""
    return make_ed25519()


@pytest.fixture
def heard(alice: Actor, dora: Actor, pair: KeyPair) -> Actor:
    """Dora, whom Alice follows, with both her keys."""
    makers.follows(alice, dora)
    Key.objects.create(actor=dora, kind=KeyKind.ED25519, key_uri=KEY_URI, public_pem=pair.public_pem)
    return dora


def proven(document: Document, pair: KeyPair, *, key_uri: str = KEY_URI, now: dt.datetime | None = None) -> Document:
    """The document with a proof by this key."""
    key = read_private(pair.private_pem)
    assert isinstance(key, Ed25519PrivateKey)
    return made(document, key_uri=key_uri, key=key, now=now or clock.now())


def unsigned(far: FarServer, document: Document) -> int:
    """Hand a document over without any signature; returns the status."""
    return far.send(json.dumps(document).encode(), {"content-type": ACTIVITY}).status


# --- The writing, and the proof --------------------------------------------------------------


@given(JSON)
def test_there_is_one_writing_for_each_value_and_others_write_it_the_same(value: object) -> None:
    assert canonical(value) == jcs.canonicalize(value)


def test_members_stand_in_the_order_of_the_standard() -> None:
    """RFC 8785, 3.2.3: by UTF-16, so a letter beyond the first plane comes before some within it."""
    members = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    assert [json.loads(canonical(members))[name] for name in members] == [1, 2, 3, 4, 5, 6, 7]
    assert list(json.loads(canonical(members))) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"x", "\ud800", {"x": object()}])
def test_what_is_not_json_has_no_writing(value: object) -> None:
    with pytest.raises((Invalid, UnicodeEncodeError)):
        canonical(value)


def test_others_check_what_is_made_here_and_the_other_way_round(pair: KeyPair) -> None:
    document = proven({"@context": ["https://www.w3.org/ns/activitystreams"], "id": "x", "n": 1.5}, pair)
    public, private = read_public(pair.public_pem), read_private(pair.private_pem)
    assert isinstance(public, Ed25519PublicKey)
    assert isinstance(private, Ed25519PrivateKey)
    assert ProofVerifier(public).verify_proof(copy.deepcopy(document), raise_on_fail=True) == KEY_URI
    options = {name: value for name, value in dict(document["proof"]).items() if name != "proofValue"}  # type: ignore[call-overload]
    theirs = ProofSigner(private).sign({"@context": options["@context"], "id": "y"}, options)
    assert fits(read_proof(theirs, now=clock.now()), key=public)


def test_a_proof_that_leaves_its_context_out_is_read_as_that_of_the_document(pair: KeyPair) -> None:
    document = proven({"id": "x"}, pair)
    document["proof"] = {name: value for name, value in document["proof"].items() if name != "@context"}  # type: ignore[attr-defined]
    assert fits(read_proof(document, now=clock.now()), key=read_public(pair.public_pem))


SPOILED: dict[str, dict[str, object]] = {
    "none": {},
    "another suite": {"cryptosuite": "eddsa-rdfc-2022"},
    "another purpose": {"proofPurpose": "authentication"},
    "another type": {"type": "RsaSignature2017"},
    "no key": {"verificationMethod": None},
    "no value": {"proofValue": ""},
    "a value in another writing": {"proofValue": "mAAAA"},
    "a value that is no base58": {"proofValue": "z0OIl"},
    "a long value": {"proofValue": "z" * 500},
    "no time": {"created": None},
    "too old": {"created": "2026-02-01T12:00:00Z"},
    "from the future": {"created": "2026-03-02T12:00:00Z"},
    "over": {"expires": "2026-02-28T12:00:00Z"},
    "another context": {"@context": ["https://evil.example/ns"]},
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_proof_that_cannot_be_used_is_none(pair: KeyPair, name: str) -> None:
    document = proven({"@context": ["https://www.w3.org/ns/activitystreams"], "id": "x"}, pair, now=NOW)
    read_proof(document, now=NOW)
    document["proof"] = {**dict(document["proof"]), **SPOILED[name]} if SPOILED[name] else None  # type: ignore[call-overload]
    with pytest.raises(BadProof):
        read_proof(document, now=NOW)


def test_nothing_may_be_changed_below_a_proof(pair: KeyPair) -> None:
    document = proven({"id": "x", "object": {"content": "Yes."}}, pair)
    key = read_public(pair.public_pem)
    for changed in (
        {**document, "object": {"content": "No."}},
        {**document, "more": 1},
        {**document, "proof": {**dict(document["proof"]), "created": "2026-01-01T00:00:01Z"}},  # type: ignore[call-overload]
    ):
        try:
            assert not fits(read_proof(changed, now=clock.now()), key=key)
        except BadProof:
            continue
    assert not fits(read_proof(document, now=clock.now()), key=read_public(make_ed25519().public_pem))
    assert not fits(read_proof(document, now=clock.now()), key=read_public(makers.far_keys().public_pem))


# --- What is sent ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_said_to_anyone_carries_a_proof_and_nothing_else_does(alice: Actor, dora: Actor) -> None:
    makers.follows(dora, alice)
    makers.post(alice, "To anyone.")
    document = only("Create")
    proof = read_proof(document, now=clock.now())
    key = Key.objects.get(key_uri=proof.key_uri)
    assert (key.actor, key.kind) == (alice, KeyKind.ED25519)
    assert fits(proof, key=read_public(key.public_pem))
    assert "proof" not in only("Accept")


@pytest.mark.django_db
def test_what_is_for_some_carries_no_proof_that_others_could_show(alice: Actor, dora: Actor) -> None:
    makers.follows(dora, alice)
    makers.post(alice, "Between us.", reach=Reach.FOLLOWERS)
    assert "proof" not in only("Create")


# --- What arrives ----------------------------------------------------------------------------

db = pytest.mark.django_db


@db
def test_whoever_brings_it_a_proven_post_is_taken(far: FarServer, heard: Actor, pair: KeyPair) -> None:
    eve = makers.far_person("eve", domain="relay.example")
    assert far.post(eve, proven(create(note(heard)), pair)).status == 202
    assert unsigned(far, proven(create(note(heard, "2")), pair)) == 202
    assert Post.objects.filter(author=heard).count() == 2


@db
def test_a_key_that_is_not_known_is_asked_for(far: FarServer, alice: Actor, dora: Actor, pair: KeyPair) -> None:
    makers.follows(alice, dora)
    public = read_public(pair.public_pem)
    multikey = {"id": KEY_URI, "type": "Multikey", "controller": dora.uri, "publicKeyMultibase": _multibase(public)}
    far.serves_actor(dora.uri, "dora", assertionMethod=[multikey])
    assert unsigned(far, proven(create(note(dora)), pair)) == 202
    assert Post.objects.filter(author=dora).exists()


@db
def test_a_proof_by_another_proves_nothing(far: FarServer, heard: Actor, pair: KeyPair) -> None:
    eve, theirs = makers.far_person("eve", domain="evil.example"), make_ed25519()
    Key.objects.create(actor=eve, kind=KeyKind.ED25519, key_uri=f"{eve.uri}#k", public_pem=theirs.public_pem)
    for document in (
        proven(create(note(heard)), theirs, key_uri=f"{eve.uri}#k"),
        proven(create(note(heard)), theirs),
        proven(create(note(heard)), pair, key_uri=f"{heard.uri}#main-key"),
        {**proven(create(note(heard)), pair), "object": note(heard, content="<p>Changed.</p>")},
        {**create(note(heard)), "proof": {"type": "DataIntegrityProof"}},
        {**create(note(heard)), "proof": "x"},
        {**create(note(heard)), "proof": [None, 7, {}]},
    ):
        assert far.post(eve, document).status == 401
        assert unsigned(far, document) == 401
    assert not Post.objects.exists()


@db
def test_what_one_asks_for_oneself_one_brings_oneself(
    far: FarServer, alice: Actor, heard: Actor, pair: KeyPair
) -> None:
    eve = makers.far_person("eve", domain="relay.example")
    follow = proven(does(heard, "Follow", alice.uri), pair)
    assert far.post(eve, follow).status == 401
    assert unsigned(far, follow) == 401
    assert not Follow.objects.filter(target=alice).exists()


@db
def test_a_proof_makes_up_for_no_bad_signature(far: FarServer, heard: Actor, pair: KeyPair) -> None:
    body = json.dumps(proven(create(note(heard)), pair)).encode()
    assert far.send(body, {"signature": 'keyId="https://far.example/x",signature="AAAA"'}).status == 401


# --- Brought without a proof -----------------------------------------------------------------


@pytest.mark.django_db(transaction=True)  # the worker closes connections between its tasks
def test_an_answer_that_others_bring_is_asked_for_at_its_origin(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    said = makers.far_post(dora)
    zoe = makers.far_person("zoe", domain="zoo.example")
    answer = note(zoe, inReplyTo=said.uri)
    assert far.post(dora, create(answer)).status == 202
    assert not Post.objects.filter(uri=answer["id"]).exists()
    assert do_all() == 1
    for stranger in (makers.far_person("eve"), makers.far_person("mia", domain="else.example")):
        assert far.post(stranger, create(note(zoe, "2", inReplyTo=said.uri))).status == 401
    assert far.post(dora, create(note(zoe, "3", inReplyTo="https://zoo.example/unknown"))).status == 401
    assert do_all() == 0


@pytest.mark.django_db(transaction=True)  # the worker closes connections between its tasks
def test_what_others_say_of_a_known_post_is_looked_up_at_its_origin(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(alice, dora)
    zoe = makers.far_person("zoe", domain="zoo.example")
    kept = makers.far_post(zoe)
    assert far.post(dora, does(zoe, "Delete", kept.uri), path="/inbox").status == 202
    assert do_all() == 1
    kept.refresh_from_db()
    assert kept.withdrawn_at is None


@db
def test_the_origin_decides_whether_it_was_taken_back(far: FarServer, dora: Actor) -> None:
    kept, reworded = makers.far_post(dora), makers.far_post(dora)
    far.serves(reworded.uri, note(dora, id=reworded.uri, content="<p>Better.</p>", updated="2126-01-01T00:00:00Z"))
    look_again_at(dora, uri=reworded.uri, ask=far.outbound.ask)
    far.serves(kept.uri, {"id": kept.uri, "type": "Tombstone"}, status=410)
    look_again_at(dora, uri=kept.uri, ask=far.outbound.ask)
    kept.refresh_from_db()
    reworded.refresh_from_db()
    assert kept.withdrawn_at is not None
    assert (reworded.withdrawn_at, reworded.html) == (None, "<p>Better.</p>")


def _multibase(key: object) -> str:
    assert isinstance(key, Ed25519PublicKey)
    return write_multikey(key)
