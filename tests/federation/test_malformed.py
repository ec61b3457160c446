"""Whatever is sent, the answer is a refusal or a 202, never a fault of ours."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speak.federation.documents import Malformed, Node, decode, parse_activity, parse_actor, parse_post
from speak.identity.models import Actor
from tests import makers
from tests.examples import MANY
from tests.federation.far import PUBLIC, FarServer, actor_document, create, does, note

pytestmark = pytest.mark.django_db
TEXT = st.text(max_size=30) | st.sampled_from(
    ["", "\0", "https://far.example/notes/1", "https://[", "http://x:99999/", PUBLIC, "2026-13-99T99:99:99Z", "😀" * 9]
)
SCALAR = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT
KEYS = st.sampled_from(["id", "type", "url", "href", "object", "actor", "name", "content", "@value", ""]) | TEXT
ANY = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
KINDS = [
    "Follow", "Accept", "Reject", "Undo", "Create", "Update", "Delete", "Announce", "Like", "Block", "Add",
    "Remove", "QuoteRequest", "Move", "EmojiReact", "Flag",
]  # fmt: skip
MEMBERS = [
    "id", "type", "actor", "object", "to", "cc", "published", "updated", "attributedTo", "content", "contentMap",
    "summary", "name", "nameMap", "tag", "attachment", "inReplyTo", "url", "sensitive", "mediaType", "oneOf",
    "startTime", "location", "icon", "image", "publicKey", "assertionMethod", "endpoints", "alsoKnownAs",
    "preferredUsername", "inbox", "followers", "target", "instrument", "result", "quote", "quoteAuthorization",
    "interactionPolicy", "proof", "_misskey_reaction", "movedTo", "featured",
]  # fmt: skip
CHANGES = st.dictionaries(st.sampled_from(MEMBERS), ANY, max_size=4)
OBJECT_KINDS = ["Note", "Article", "Page", "Video", "Question", "Event", "Person", "Tombstone"]


SENT = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "object_kind": st.sampled_from(OBJECT_KINDS),
        "outer": CHANGES,
        "inner": CHANGES,
        "number": st.integers(0, 10**9),
    }
)


@settings(max_examples=max(300, MANY), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SENT)
def test_no_activity_is_a_fault_of_ours(far: FarServer, alice: Actor, sent: dict[str, Any]) -> None:
    dora = Actor.objects.filter(handle_key="dora").first() or makers.far_person("dora")
    number, kind = str(sent["number"]), sent["object_kind"]
    inside = {**actor_document(dora.uri, "dora"), **note(dora, number, type=kind, to=[alice.uri])}
    if kind == "Person":
        inside["id"] = dora.uri
    activity = {**create({**inside, **sent["inner"]}), "type": sent["kind"], "actor": dora.uri}
    activity["id"] = f"https://far.example/activities/{number}"
    heard = far.post(dora, {**activity, **sent["outer"]})
    assert heard.status in {202, 400, 401, 403, 413, 429, 503}, heard


@settings(max_examples=max(150, MANY), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(min_size=1, max_size=200) | ANY.map(lambda value: json.dumps(value).encode()))
def test_no_body_is_a_fault_of_ours(far: FarServer, body: bytes) -> None:
    heard = far.send(body, {"signature": 'keyId="https://far.example/k",signature="AA=="'})
    assert heard.status in {400, 401}


@settings(max_examples=max(150, MANY), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    headers=st.dictionaries(
        st.sampled_from(["signature", "signature-input", "digest", "content-digest", "date", "authorization"]),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80)
        | st.sampled_from(['sig1=("@method" "@target-uri");created=1;keyid="x"', "sig1=:AA==:", 'keyId="x",']),
    )
)
def test_no_header_is_a_fault_of_ours_and_none_is_enough(far: FarServer, headers: dict[str, str]) -> None:
    dora = Actor.objects.filter(handle_key="dora").first() or makers.far_person("dora")
    body = json.dumps(does(dora, "Like", "https://far.example/notes/1")).encode()
    assert far.send(body, headers).status == 401
    assert far.client.get("/posts/1", headers={**headers, "accept": "application/activity+json"}).status_code in {
        401,
        404,
    }


def fault_of(parse: Callable[[Node], object], node: Node) -> str | None:
    """Where a document is malformed, if it is."""
    try:
        parse(node)
    except Malformed as fault:
        return fault.path
    return None


@settings(max_examples=max(300, MANY), deadline=None)
@given(ANY)
def test_any_document_is_read_or_refused_with_the_place_of_the_fault(value: object) -> None:
    try:
        node = decode(json.dumps(value).encode())
    except Malformed:
        return
    for parse in (parse_activity, parse_actor, parse_post):
        path = fault_of(parse, node)
        assert path is None or path == path.strip()


@settings(max_examples=max(50, MANY), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(resource=TEXT | st.text(max_size=60).map(lambda text: f"acct:{text}@home.example"), accept=TEXT)
def test_no_question_is_a_fault_of_ours(far: FarServer, alice: Actor, resource: str, accept: str) -> None:
    response = far.client.get("/.well-known/webfinger", {"resource": resource})
    assert response.status_code in {200, 400, 404}
    accept = "".join(character for character in accept if 31 < ord(character) < 127)
    assert far.client.get(f"/actors/{alice.pk}", headers={"accept": accept}).status_code in {200, 302}
