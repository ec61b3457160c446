"""What IndieAuth asks of a client (3.2, 3.4, 4.1, 5), and what a page made to deceive cannot do."""

import base64
import hashlib
import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from speak.clients.guests import signing_in
from speak.clients.guests.discovery import canonical, way_from
from speak.clients.guests.signing_in import Asked
from speak.kernel.errors import Invalid, NotAllowed, TooMuch
from speak.kernel.outbound import AddressRefused, Answer, BadRedirect, TimedOut, TooBig
from tests.fakes import FakeOutbound

ME = "https://erin.example/"
AUTH = "https://auth.example/auth"
ISSUER = "https://auth.example/"
METADATA = "https://auth.example/.well-known/oauth-authorization-server"


def page(head: str = "", *, url: str = ME, **headers: str) -> Answer:
    return Answer(200, f"<html><head>{head}</head></html>".encode(), url, {"content-type": "text/html", **headers})


def metadata(**members: object) -> Answer:
    said = {"issuer": ISSUER, "authorization_endpoint": AUTH, **members}
    return Answer(200, json.dumps(said).encode(), METADATA, {"content-type": "application/json"})


def redeemed(**members: object) -> Answer:
    return Answer(200, json.dumps({"me": ME, **members}).encode(), AUTH, {"content-type": "application/json"})


@pytest.fixture
def outbound() -> FakeOutbound:
    return FakeOutbound(
        {ME: page(f'<link rel="indieauth-metadata" href="{METADATA}">'), METADATA: metadata(), AUTH: redeemed()}
    )


@pytest.fixture
def asked(outbound: FakeOutbound) -> Asked:
    return signing_in.begin("erin.example", post_id=1, ask=outbound.ask)[0]


def answered(asked: Asked, **given: str) -> dict[str, str]:
    return {"code": "c", "state": asked.state, "iss": ISSUER, **given}


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("erin.example", ME),
        ("https://erin.example", ME),
        ("https://ERIN.example/", ME),
        ("http://erin.example/a?b=c", "http://erin.example/a?b=c"),
        (" erin.example/me ", "https://erin.example/me"),
    ],
)
def test_3_4_an_address_is_made_whole(typed: str, url: str) -> None:
    assert canonical(typed) == url


@pytest.mark.parametrize(
    "typed",
    [
        "", "x", "localhost", "mailto:erin@erin.example", "ftp://erin.example/", "https://erin.example:8443/",
        "https://10.0.0.1/", "https://[::1]/", "https://me:x@erin.example/", "https://erin.example/#me",
        "https://erin.example/a/../b", "https://erin.example/./", "javascript:alert(1)", "https://[bad", "x" * 3000,
    ],
)  # fmt: skip
def test_3_2_what_must_not_stand_for_a_person(typed: str) -> None:
    with pytest.raises(Invalid):
        canonical(typed)


def test_4_1_the_metadata_is_found_by_header_first_then_by_element(outbound: FakeOutbound) -> None:
    other = "https://auth.example/other"
    outbound.answers[other] = metadata(authorization_endpoint="https://auth.example/second")
    outbound.answers[ME] = page(
        f'<link rel="indieauth-metadata" href="{METADATA}">', link=f'<{other}>; rel="indieauth-metadata"'
    )
    assert way_from(ME, ask=outbound.ask).authorization_endpoint == "https://auth.example/second"
    outbound.answers[ME] = page('<link rel="indieauth-metadata" href="/meta">', url="https://auth.example/page")
    outbound.answers["https://auth.example/meta"] = metadata()
    assert way_from(ME, ask=outbound.ask).authorization_endpoint == AUTH


def test_4_1_older_pages_name_the_endpoint_itself(outbound: FakeOutbound) -> None:
    outbound.answers[ME] = page('<link rel="authorization_endpoint" href="/auth">')
    way = way_from(ME, ask=outbound.ask)
    assert (way.authorization_endpoint, way.issuer) == ("https://erin.example/auth", "")


@pytest.mark.parametrize(
    "answers",
    [
        {ME: page()},
        {ME: Answer(404)},
        {ME: AddressRefused("private")},
        {ME: BadRedirect("in a circle")},
        {ME: TooBig("endless")},
        {ME: TimedOut("slow")},
        {METADATA: Answer(200, b"{")},
        {METADATA: metadata(issuer="https://evil.example/")},
        {METADATA: metadata(authorization_endpoint="javascript:alert(1)")},
        {METADATA: metadata(authorization_endpoint=[])},
        {METADATA: TimedOut("slow")},
    ],
)
def test_4_1_a_page_that_cannot_be_asked_about_is_said(outbound: FakeOutbound, answers: dict[str, Answer]) -> None:
    outbound.answers.update(answers)
    with pytest.raises(Invalid):
        signing_in.begin(ME, post_id=1, ask=outbound.ask)


def test_a_page_made_to_hurt_costs_nothing(outbound: FakeOutbound) -> None:
    outbound.answers[ME] = page("<b>" * 50_000)
    with pytest.raises((Invalid, TooMuch)):
        signing_in.begin(ME, post_id=1, ask=outbound.ask)


def test_5_2_the_request_has_all_that_it_must_have(outbound: FakeOutbound) -> None:
    asked, url = signing_in.begin("erin.example", post_id=1, ask=outbound.ask)
    assert url.startswith(f"{AUTH}?")
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    digest = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
    assert (query["response_type"], query["code_challenge_method"], query["code_challenge"]) == ("code", "S256", digest)
    assert query["client_id"] == signing_in.described()["client_id"]
    assert query["redirect_uri"] in signing_in.described()["redirect_uris"]  # type: ignore[operator]
    assert (query["state"], query["me"]) == (asked.state, ME)
    assert 43 <= len(asked.verifier) <= 128
    assert asked.verifier not in url


def test_5_3_2_whoever_comes_back_is_who_their_page_says(asked: Asked, outbound: FakeOutbound) -> None:
    outbound.answers[AUTH] = redeemed(profile={"name": " Erin\nE. "})
    guest = signing_in.finish(asked, answered(asked), ask=outbound.ask)
    assert (guest.me, guest.name) == (ME, "Erin E.")
    call = outbound.calls[-1]
    sent = {name: values[0] for name, values in parse_qs(call.body.decode()).items()}
    assert (call.method, sent["code"], sent["code_verifier"]) == ("POST", "c", asked.verifier)
    assert (sent["grant_type"], sent["client_id"]) == ("authorization_code", signing_in.client_id())


@pytest.mark.parametrize(
    "given",
    [{"state": "x"}, {"state": ""}, {"state": "ß"}, {"iss": "https://evil.example/"}, {"iss": ""}, {"code": ""}],
)
def test_5_2_1_state_and_issuer_must_be_verified(asked: Asked, outbound: FakeOutbound, given: dict[str, str]) -> None:
    before = len(outbound.calls)
    with pytest.raises(NotAllowed):
        signing_in.finish(asked, answered(asked, **given), ask=outbound.ask)
    assert len(outbound.calls) == before


@pytest.mark.parametrize(
    "answer",
    [
        Answer(400),
        Answer(200, b"{"),
        Answer(200, b'{"me": 1}'),
        Answer(200, b"{}"),
        TimedOut("x"),
        redeemed(me="nonsense"),
    ],
)
def test_5_3_2_what_does_not_say_who_it_is_is_nobody(
    asked: Asked, outbound: FakeOutbound, answer: Answer | Exception
) -> None:
    outbound.answers[AUTH] = answer
    with pytest.raises(NotAllowed):
        signing_in.finish(asked, answered(asked), ask=outbound.ask)


def test_5_4_another_page_must_name_the_same_server(asked: Asked, outbound: FakeOutbound) -> None:
    """Or anybody's server could say that they are anybody."""
    victim = "https://victim.example/"
    outbound.answers[AUTH] = redeemed(me=victim)
    for head in ("", '<link rel="authorization_endpoint" href="https://victim.example/auth">'):
        outbound.answers[victim] = page(head, url=victim)
        with pytest.raises(NotAllowed):
            signing_in.finish(asked, answered(asked), ask=outbound.ask)
    outbound.answers[victim] = page(f'<link rel="indieauth-metadata" href="{METADATA}">', url=victim)
    assert signing_in.finish(asked, answered(asked), ask=outbound.ask).me == victim


def test_an_older_server_need_not_say_who_it_is(asked: Asked, outbound: FakeOutbound) -> None:
    older = replace(asked, issuer="")
    assert signing_in.finish(older, answered(older, iss=""), ask=outbound.ask).me == ME
