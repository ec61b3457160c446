"""Actors as other servers find and read them."""

import io
import json
from pathlib import Path

import jsonschema
import pytest
from django.test import RequestFactory
from PIL import Image

from speak.federation.views import answer_if_activitypub
from speak.identity.actions import (
    ProfileWords,
    change_preferences,
    name_sites_that_credit,
    put_on_shelf,
    rename_handle,
    replace_links,
    server_actor,
    set_picture,
    write_profile,
)
from speak.identity.models import Actor
from speak.kernel import clock
from speak.kernel.keys import read_multikey, read_public, write_public
from speak.voice.reach import Reach
from tests import makers
from tests.federation.far import ACTIVITY, HOST, FarServer

pytestmark = pytest.mark.django_db
SCHEMAS = Path(__file__).parent.parent / "wire" / "nodeinfo"
LD_JSON = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


LINKED = '<a href="https://alice.example" rel="nofollow noopener noreferrer">https://alice.example</a>'


def test_an_actor_as_others_read_it(far: FarServer, alice: Actor) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(drawn, "PNG")
    write_profile(alice, words=ProfileWords("Alice <3", "Listening & writing\nhttps://alice.example"))
    change_preferences(alice, approves_followers=True, is_listed=True)
    set_picture(alice, data=drawn.getvalue(), description="Alice, laughing")
    replace_links(alice, links=[("Garden", "https://alice.example/?a=1&b=2")])
    put_on_shelf(alice, title="A compass", sentence="From my <grandmother>.")
    name_sites_that_credit(alice, sites=["magazine.example"])
    found = far.read(alice.uri)

    assert found["attributionDomains"] == [HOST, "magazine.example"]
    assert (found["id"], found["type"], found["preferredUsername"]) == (alice.uri, "Person", "alice")
    assert (found["name"], found["summary"]) == ("Alice <3", f"<p>Listening &amp; writing<br>\n{LINKED}</p>")
    assert found["webfinger"] == f"alice@{HOST}"
    assert found["url"] == f"https://{HOST}/@alice"
    for name in ("inbox", "outbox", "followers", "following", "featured"):
        assert found[name] == f"{alice.uri}/{name}"
    assert found["endpoints"] == {"sharedInbox": f"https://{HOST}/inbox"}
    assert (found["manuallyApprovesFollowers"], found["discoverable"], found["indexable"]) == (True, True, True)
    assert found["icon"] == {
        "type": "Image",
        "mediaType": "image/webp",
        "url": alice.picture_url,
        "name": "Alice, laughing",
        "summary": "Alice, laughing",
    }
    link = '<a href="https://alice.example/?a=1&amp;b=2" rel="me nofollow noopener noreferrer" target="_blank">'
    assert found["attachment"] == [
        {
            "type": "PropertyValue",
            "name": "Garden",
            "value": f"{link}https://alice.example/?a=1&amp;b=2</a>",
        },
        {"type": "PropertyValue", "name": "A compass", "value": "From my &lt;grandmother&gt;."},
    ]
    context = json.dumps(found["@context"])
    assert '"http://schema.org#"' in context
    assert "https://w3id.org/security/v1" in context


def test_an_actor_publishes_both_keys(far: FarServer, alice: Actor) -> None:
    found = far.read(alice.uri)
    key = found["publicKey"]
    assert isinstance(key, dict)
    assert (key["id"], key["owner"]) == (f"{alice.uri}#main-key", alice.uri)
    assert key["publicKeyPem"] == alice.keys.get(kind="rsa").public_pem
    methods = found["assertionMethod"]
    assert isinstance(methods, list)
    (multikey,) = methods
    assert (multikey["id"], multikey["type"]) == (f"{alice.uri}#ed25519-key", "Multikey")
    assert multikey["controller"] == alice.uri
    kept = alice.keys.get(kind="ed25519").public_pem
    assert write_public(read_multikey(multikey["publicKeyMultibase"])) == write_public(read_public(kept))
    assert "PRIVATE" not in json.dumps(found)


@pytest.mark.parametrize("accept", [ACTIVITY, LD_JSON, f"{ACTIVITY}, {LD_JSON}", "*/*", "application/json", ""])
def test_a_server_gets_the_document(far: FarServer, alice: Actor, accept: str) -> None:
    response = far.client.get(f"/actors/{alice.pk}", headers={"accept": accept} if accept else {})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/activity+json; charset=utf-8"
    assert "Accept" in response["Vary"]


def test_a_browser_is_led_to_the_profile(far: FarServer, alice: Actor) -> None:
    response = far.client.get(f"/actors/{alice.pk}", headers={"accept": BROWSER})
    assert (response.status_code, response["Location"]) == (302, alice.url)


@pytest.mark.parametrize(
    ("accept", "is_document"),
    [(ACTIVITY, True), (LD_JSON, True), (f"{ACTIVITY}, text/html;q=0.1", True), (BROWSER, False), ("*/*", False)],
)
def test_the_page_of_a_person_answers_servers_too(
    far: FarServer, rf: RequestFactory, alice: Actor, accept: str, *, is_document: bool
) -> None:
    response = answer_if_activitypub(rf.get("/@alice", headers={"accept": accept}), alice)
    assert (response is not None) == is_document
    if response is not None:
        assert json.loads(response.content)["id"] == alice.uri


def test_the_page_of_a_post_answers_servers_what_is_for_them(
    far: FarServer, rf: RequestFactory, alice: Actor, dora: Actor
) -> None:
    request = rf.get("/@alice/1", headers={"accept": ACTIVITY})
    answers = {
        reach: answer_if_activitypub(request, makers.post(alice, reach=reach))
        for reach in (Reach.PUBLIC, Reach.HERE, Reach.SELF)
    }
    assert {reach: answer.status_code for reach, answer in answers.items() if answer} == {
        Reach.PUBLIC: 200,
        Reach.HERE: 404,
        Reach.SELF: 404,
    }
    assert answer_if_activitypub(request, dora) is None


def test_where_somebody_was_stands_a_tombstone(far: FarServer, alice: Actor) -> None:
    Actor.objects.filter(pk=alice.pk).update(gone_at=clock.now())
    heard = far.get(f"/actors/{alice.pk}")
    assert (heard.status, heard.json()["type"]) == (410, "Tombstone")
    assert far.get(f"/actors/{alice.pk}/outbox").status == 404
    assert far.get(f"/.well-known/webfinger?resource=acct:alice@{HOST}").status == 410
    assert far.post("https://far.example/k", {}, path=f"/actors/{alice.pk}/inbox").status == 410


def test_nobody_is_at_other_addresses(far: FarServer, alice: Actor, dora: Actor) -> None:
    for place in ("/actors/1", f"/actors/{dora.pk}", "/actors/1/outbox", "/actors/1/followers", "/actors/1/featured"):
        assert far.get(place).status == 404
    assert far.get("/actors/alice").status == 404


def test_the_server_has_an_actor_of_its_own(far: FarServer) -> None:
    server = server_actor()
    found = far.read(server.uri)
    assert (found["type"], found["preferredUsername"]) == ("Application", HOST)
    assert found["implements"]
    response = far.client.get(f"/actors/{server.pk}", headers={"accept": BROWSER})
    assert response.status_code == 200, "it has no page"
    subject = far.get(f"/.well-known/webfinger?resource=acct:{HOST}@{HOST}").json()["subject"]
    assert subject == f"acct:{HOST}@{HOST}"


# --- WebFinger, host-meta, NodeInfo ----------------------------------------------------------------


@pytest.mark.parametrize(
    "resource",
    [
        f"acct:alice@{HOST}",
        f"acct:ALICE@{HOST.upper()}",
        f"acct:@alice@{HOST}",
        f"alice@{HOST}",
        f"https://{HOST}/@alice",
        f"https://{HOST}/@Alice/",
        f"https://{HOST}/@alice@{HOST}",
        "ACTOR",
    ],
)
def test_an_address_leads_to_its_actor(far: FarServer, alice: Actor, resource: str) -> None:
    asked = alice.uri if resource == "ACTOR" else resource
    response = far.client.get("/.well-known/webfinger", {"resource": asked})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/jrd+json")
    assert response["Access-Control-Allow-Origin"] == "*"
    found = response.json()
    assert found["subject"] == f"acct:alice@{HOST}"
    assert found["aliases"] == [alice.url, alice.uri]
    links = {link["rel"]: link for link in found["links"]}
    assert links["self"] == {"rel": "self", "type": ACTIVITY, "href": alice.uri}
    assert links["http://webfinger.net/rel/profile-page"]["href"] == alice.url
    assert "{uri}" in links["http://ostatus.org/schema/1.0/subscribe"]["template"]


def test_a_former_handle_leads_to_the_present_one(far: FarServer, alice: Actor) -> None:
    rename_handle(alice, handle="Alicia")
    for handle in ("alice", "alicia"):
        found = far.client.get("/.well-known/webfinger", {"resource": f"acct:{handle}@{HOST}"}).json()
        assert found["subject"] == f"acct:Alicia@{HOST}"
        assert found["aliases"][1] == alice.uri


def test_only_the_links_asked_for_are_given(far: FarServer, alice: Actor) -> None:
    asked = {"resource": f"acct:alice@{HOST}", "rel": "self"}
    assert [link["rel"] for link in far.client.get("/.well-known/webfinger", asked).json()["links"]] == ["self"]


@pytest.mark.parametrize(
    ("resource", "status"),
    [
        (None, 400),
        ("", 400),
        ("alice", 400),
        ("acct:", 400),
        ("acct:alice@", 400),
        (f"acct:a b@{HOST}", 400),
        (f"acct:nobody@{HOST}", 404),
        ("acct:alice@far.example", 404),
        ("acct:dora@far.example", 404),
        ("https://far.example/people/dora", 404),
        (f"https://{HOST}/actors/1", 404),
        (f"https://{HOST}/@nobody", 404),
        (f"https://{HOST}/@a b", 404),
        ("ftp://x/y", 404),
    ],
)
def test_an_address_of_nobody_leads_nowhere(
    far: FarServer, alice: Actor, dora: Actor, resource: str | None, status: int
) -> None:
    query = {} if resource is None else {"resource": resource}
    assert far.client.get("/.well-known/webfinger", query).status_code == status


def test_host_meta_says_where_webfinger_is(far: FarServer) -> None:
    template = f"https://{HOST}/.well-known/webfinger?resource={{uri}}"
    response = far.client.get("/.well-known/host-meta")
    assert response["Content-Type"].startswith("application/xrd+xml")
    assert template in response.content.decode()
    assert far.client.get("/.well-known/host-meta.json").json()["links"][0]["template"] == template


def test_nodeinfo_is_valid_and_counts_nobody(far: FarServer, alice: Actor) -> None:
    *links, own = far.client.get("/.well-known/nodeinfo").json()["links"]
    assert own == {"rel": "https://www.w3.org/ns/activitystreams#Application", "href": server_actor().uri}
    assert [link["rel"].rsplit("/", 1)[1] for link in links] == ["2.1", "2.0"]
    for link in links:
        version = link["rel"].rsplit("/", 1)[1]
        response = far.client.get(link["href"].removeprefix(f"https://{HOST}"))
        assert link["rel"] in response["Content-Type"]
        found = response.json()
        jsonschema.validate(found, json.loads((SCHEMAS / f"{version}-schema.json").read_text(encoding="utf-8")))
        assert found["software"]["name"] == "speak-for-yourself"
        assert found["protocols"] == ["activitypub"]
        assert found["usage"] == {"users": {}}
        assert found["openRegistrations"] is False
