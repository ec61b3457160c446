"""Connecting an account: that server asks its owner."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest

from speak.federation.elsewhere import signing_in
from speak.federation.elsewhere.signing_in import Asked
from speak.federation.models import AppThere, Elsewhere
from speak.identity.models import Actor
from speak.kernel.errors import Invalid, NotAllowed
from tests.federation.elsewhere.far_mastodon import SERVER, TOKEN, FarMastodon


def begun(
    alice: Actor, there: FarMastodon, typed: str = "@alice@mastodon.example"
) -> tuple[Asked, dict[str, list[str]]]:
    """What is remembered, and what their server is asked."""
    asked, url = signing_in.begin(alice, typed, ask=there.ask)
    assert url.startswith(f"{SERVER}/oauth/authorize?")
    return asked, parse_qs(urlsplit(url).query)


def test_whoever_says_yes_there_has_a_place_here(alice: Actor) -> None:
    there = FarMastodon(longest=1000)
    asked, query = begun(alice, there)
    assert query["redirect_uri"] == ["https://home.example/settings/elsewhere/back"]
    assert query["code_challenge_method"] == ["S256"]
    digest = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
    assert query["code_challenge"] == [digest]
    given = {"code": "good", "state": asked.state, "iss": f"{SERVER}/"}
    place = signing_in.finish(alice, asked, given, ask=there.ask)
    assert (place.name, place.url, place.secret) == ("@alice@mastodon.example", f"{SERVER}/@alice", TOKEN)
    assert (place.longest, place.address_length, place.most_pictures) == (1000, 23, 4)
    again, _ = begun(alice, there)
    signing_in.finish(alice, again, {"code": "good", "state": again.state}, ask=there.ask)
    assert Elsewhere.objects.count() == AppThere.objects.count() == 1
    assert [call.url for call in there.calls].count(f"{SERVER}/api/v1/apps") == 1


def test_a_server_that_knows_no_proof_keys_gets_none(alice: Actor) -> None:
    there = FarMastodon(knows_proof_keys=False)
    asked, query = begun(alice, there, "mastodon.example")
    assert "code_challenge" not in query
    signing_in.finish(alice, asked, {"code": "good", "state": asked.state}, ask=there.ask)
    assert Elsewhere.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"code": "good", "state": "another"},
        {"error": "access_denied"},
        {"code": "bad"},
        {"code": "good", "iss": "https://evil.example"},
    ],
)
def test_a_no_or_the_answer_of_another_adds_nothing(alice: Actor, given: dict[str, str]) -> None:
    there = FarMastodon()
    asked, _ = begun(alice, there)
    with pytest.raises(NotAllowed):
        signing_in.finish(alice, asked, {"state": asked.state, **given}, ask=there.ask)
    assert not Elsewhere.objects.exists()


@pytest.mark.parametrize("typed", ["", "http://mastodon.example", "not a server", "home.example", "nobody.example/\\"])
def test_what_is_no_other_server_is_refused(alice: Actor, typed: str) -> None:
    there = FarMastodon()
    with pytest.raises(Invalid):
        signing_in.begin(alice, typed, ask=there.ask)
    assert not there.calls


def test_an_address_on_another_domain_leads_to_the_server_it_lives_on(alice: Actor) -> None:
    there = FarMastodon()
    there.lives_at = f"{SERVER}/users/alice"
    _, url = signing_in.begin(alice, "@alice@garden.example", ask=there.ask)
    assert url.startswith(f"{SERVER}/oauth/authorize?")
    there.lives_at = "https://home.example/actors/1"
    with pytest.raises(Invalid):
        signing_in.begin(alice, "@alice@garden.example", ask=there.ask)


def test_a_server_that_does_not_take_us_is_said_so(alice: Actor) -> None:
    with pytest.raises(Invalid, match="cannot be reached"):
        signing_in.begin(alice, "mastodon.example", ask=FarMastodon(down=500).ask)
