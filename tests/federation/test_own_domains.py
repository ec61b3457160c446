"""An address on a domain of one's own, as other servers see it; and one of somebody elsewhere, as it is seen here."""

import pytest
from django.test import Client

from speak.federation.discovery import find_actor, resolve
from speak.identity.actions import choose_handle_domain, give_up_domain, rename_handle
from speak.identity.models import Actor, Follow, OwnDomain
from speak.identity.queries import actor_called
from tests import makers
from tests.federation.delivery.owed import owed
from tests.federation.far import ACTIVITY, HOST, Document, FarServer, actor_document, does

pytestmark = pytest.mark.django_db
NAME = "annas.garden"


@pytest.fixture
def owned(alice: Actor) -> OwnDomain:
    return makers.own_domain(alice, NAME, in_address=True)


def finger(resource: str, *, at: str) -> Document | int:
    """What the server of a domain answers, or its refusal."""
    answer = Client(headers={"host": at}).get("/.well-known/webfinger", {"resource": resource})
    return answer.json() if answer.status_code == 200 else answer.status_code


def self_of(found: Document | int) -> object:
    assert isinstance(found, dict)
    links = found["links"]
    assert isinstance(links, list)
    return next(link["href"] for link in links if link["rel"] == "self" and link["type"] == ACTIVITY)


def seen_by_mastodon(far: FarServer, actor_uri: str) -> str:
    """Its way to an address (ActivityPub::FetchRemoteActorService): the host of the id, then the subject's domain."""
    document = far.read(actor_uri)
    first = finger(f"acct:{document['preferredUsername']}@{HOST}", at=HOST)
    assert isinstance(first, dict)
    subject = str(first["subject"]).removeprefix("acct:")
    second = finger(f"acct:{subject}", at=subject.partition("@")[2])
    assert isinstance(second, dict)
    assert second["subject"] == first["subject"]
    assert self_of(second) == actor_uri
    return subject


def test_both_hosts_name_the_same_address_and_the_id_stays(far: FarServer, owned: OwnDomain, alice: Actor) -> None:
    document = far.read(alice.uri)
    assert (document["id"], document["preferredUsername"]) == (alice.uri, "alice")
    assert document["webfinger"] == f"alice@{NAME}"
    assert document["url"] == f"https://{HOST}/@alice", "peers believe only what is on the host of the id"
    assert seen_by_mastodon(far, alice.uri) == f"alice@{NAME}"
    for resource in (f"acct:alice@{NAME}", f"acct:Alice@{HOST}", alice.uri, alice.url, f"https://{NAME}/"):
        for host in (HOST, NAME):
            found = finger(resource, at=host)
            assert isinstance(found, dict)
            assert (found["subject"], self_of(found)) == (f"acct:alice@{NAME}", alice.uri)
            assert f"https://{NAME}/" in found["aliases"]  # type: ignore[operator]


def test_nobody_else_has_an_address_there(owned: OwnDomain, bob: Actor) -> None:
    for resource in (f"acct:bob@{NAME}", f"acct:{HOST}@{NAME}"):
        assert finger(resource, at=HOST) == finger(resource, at=NAME) == 404
    for resource in (f"acct:bob@{HOST}", bob.uri, bob.url, f"https://{NAME}/@bob"):
        assert finger(resource, at=NAME) == 404


def test_a_proven_domain_leads_to_its_owner_before_their_address_is_on_it(far: FarServer, alice: Actor) -> None:
    makers.own_domain(alice, NAME)
    found = finger(f"acct:alice@{NAME}", at=NAME)
    assert isinstance(found, dict)
    assert (found["subject"], self_of(found)) == (f"acct:alice@{HOST}", alice.uri)
    assert seen_by_mastodon(far, alice.uri) == f"alice@{HOST}"


def test_a_former_handle_goes_on_leading_to_its_owner_there(owned: OwnDomain, alice: Actor) -> None:
    alice.refresh_from_db()
    rename_handle(alice, handle="anna")
    for handle in ("alice", "anna"):
        found = finger(f"acct:{handle}@{NAME}", at=NAME)
        assert isinstance(found, dict)
        assert found["subject"] == f"acct:anna@{NAME}"


def test_who_follows_is_told_stays_and_is_told_of_the_way_back(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(dora, alice)
    makers.own_domain(alice, NAME)
    first = owed("Update")[-1]["object"]
    assert isinstance(first, dict)
    assert first["webfinger"] == f"alice@{HOST}", "a domain by itself changes nobody's address"
    assert first["attributionDomains"] == [HOST, NAME], "but its pages name them as the author"
    for is_own, address in ((True, f"alice@{NAME}"), (False, f"alice@{HOST}")):
        choose_handle_domain(alice, is_own=is_own)
        told = owed("Update")[-1]["object"]
        assert isinstance(told, dict)
        assert (told["id"], told["webfinger"]) == (alice.uri, address)
    assert Follow.objects.filter(follower=dora, target=alice).exists()


def test_a_domain_that_is_given_up_leads_nowhere_and_the_address_is_here_again(
    far: FarServer, owned: OwnDomain, alice: Actor, dora: Actor
) -> None:
    makers.follows(dora, alice)
    give_up_domain(alice)
    assert finger(f"acct:alice@{NAME}", at=NAME) == 421
    assert finger(f"acct:alice@{NAME}", at=HOST) == 404
    assert seen_by_mastodon(far, alice.uri) == f"alice@{HOST}"
    assert Follow.objects.filter(follower=dora, target=alice).exists()
    assert owed("Update")[-1]["object"]["webfinger"] == f"alice@{HOST}"  # type: ignore[index]


def test_who_writes_the_address_means_its_owner_and_no_server_is_asked(
    far: FarServer, owned: OwnDomain, alice: Actor, bob: Actor
) -> None:
    for written in (f"@alice@{NAME}", f"alice@{NAME.upper()}"):
        assert actor_called(bob, written) == find_actor(written, ask=far.outbound.ask) == alice
    said = makers.post(bob, f"Good morning, @alice@{NAME}!")
    assert list(said.mentions.values_list("actor", flat=True)) == [alice.pk]
    theirs = makers.post(alice, "Good morning.")
    for url in (f"https://{NAME}", f"https://{NAME}/", f"https://{NAME}/@alice"):
        assert resolve(bob, url, ask=far.outbound.ask) == alice
    assert resolve(bob, f"https://{NAME}{theirs.path}", ask=far.outbound.ask) == theirs
    assert far.asked == []


def test_whoever_had_the_address_elsewhere_gives_way(far: FarServer, alice: Actor, bob: Actor) -> None:
    makers.far_person("alice", domain=NAME)
    makers.own_domain(alice, NAME, in_address=True)
    assert actor_called(bob, f"@alice@{NAME}") == alice


def test_somebody_elsewhere_who_says_that_the_address_is_theirs_is_not_believed(
    far: FarServer, owned: OwnDomain, alice: Actor, bob: Actor
) -> None:
    fay = "https://new.example/users/fay"
    far.serves_actor(fay, "alice")
    claimed: Document = {"subject": f"acct:alice@{NAME}", "links": [{"rel": "self", "type": ACTIVITY, "href": fay}]}
    far.serves(
        "https://new.example/.well-known/webfinger?resource=acct:alice@new.example",
        claimed,
        content_type="application/jrd+json",
    )
    truth = finger(f"acct:alice@{NAME}", at=NAME)
    assert isinstance(truth, dict)
    far.serves(f"https://{NAME}/.well-known/webfinger?resource=acct:alice@{NAME}", truth)
    assert find_actor(fay, ask=far.outbound.ask).address == "@alice@new.example"
    assert actor_called(bob, f"@alice@{NAME}") == alice


def test_an_update_that_names_another_domain_is_taken_over_when_both_sides_say_so(
    far: FarServer, alice: Actor, dora: Actor
) -> None:
    makers.follows(alice, dora)
    named = actor_document(dora.uri, "dora", webfinger="dora@doras.example")
    far.serves(dora.uri, named)
    links = [{"rel": "self", "type": ACTIVITY, "href": dora.uri}]
    split: Document = {"subject": "acct:dora@doras.example", "links": links}
    far.serves("https://far.example/.well-known/webfinger?resource=acct:dora@far.example", split)
    assert far.post(dora, does(dora, "Update", named)).status == 202
    far.refresh(dora)
    dora.refresh_from_db()
    assert dora.address == "@dora@far.example", "the other domain does not say so"
    far.serves("https://doras.example/.well-known/webfinger?resource=acct:dora@doras.example", split)
    assert far.post(dora, does(dora, "Update", named, name="act-2")).status == 202
    far.refresh(dora)
    dora.refresh_from_db()
    assert (dora.address, Follow.objects.get(follower=alice).target) == ("@dora@doras.example", dora)
