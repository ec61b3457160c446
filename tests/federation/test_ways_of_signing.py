"""In which way we sign what we ask for: the usual one first, the other where that is refused, as they wish."""

from collections.abc import Callable

import pytest
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms
from requests import PreparedRequest, Request

from speak.federation.discovery import refresh_actor
from speak.federation.discovery.fetching import NobodyThere
from speak.federation.models import Server
from speak.federation.signatures import Scheme, read_wish
from speak.federation.signatures.wishes import written_wish
from speak.identity.actions import change_keys, server_actor
from speak.identity.models import Actor, Key, KeyKind
from speak.kernel.keys import read_public
from speak.kernel.outbound import Answer, Call, Sign
from tests import makers
from tests.federation.delivery.owed import owed
from tests.federation.far import FarServer, signature_headers

pytestmark = pytest.mark.django_db
WISH = 'theirs=("@method" "@target-uri" "@authority" "accept");created;tag="fediverse";nonce="n0nce"'


class Particular:
    """A server that takes only what `takes` accepts, and says `wish` where it refuses."""

    def __init__(self, far: FarServer, takes: Callable[[Call], bool], wish: str = "") -> None:
        """It has what far.example has."""
        self.far, self.takes, self.wish = far, takes, wish
        self.refused: list[Call] = []

    def ask(self, call: Call, *, sign: Sign | None = None) -> Answer:
        """Answer, or 401."""
        answer = self.far.outbound.ask(call, sign=sign)
        if sign is None or self.takes(self.far.outbound.calls[-1]):
            return answer
        self.refused.append(self.far.outbound.calls[-1])
        return Answer(401, url=call.url, headers={"accept-signature": self.wish} if self.wish else {})


def by_the_standard(call: Call) -> bool:
    """Whether a call is signed by RFC 9421."""
    return "signature-input" in call.headers


class Keys(HTTPSignatureKeyResolver):
    """The key of this server's own actor, for other people's code."""

    def resolve_public_key(self, key_id: str) -> object:
        """By its address."""
        return read_public(Key.objects.get(key_uri=key_id).public_pem)


def test_the_usual_way_comes_first_and_the_other_is_remembered(far: FarServer, dora: Actor) -> None:
    far.serves_actor(dora.uri, "dora", name="D.")
    server = Particular(far, by_the_standard)
    assert refresh_actor(dora.uri, ask=server.ask).name == "D."
    assert [by_the_standard(call) for call in server.refused] == [False]
    assert Server.objects.get(host="far.example").scheme == Scheme.RFC9421
    refresh_actor(dora.uri, ask=server.ask)
    assert len(server.refused) == 1


def test_a_server_that_forgot_the_standard_is_met_in_the_usual_way_again(far: FarServer, dora: Actor) -> None:
    far.serves_actor(dora.uri, "dora", name="D.")
    Server.objects.create(host="far.example", scheme=Scheme.RFC9421)
    refresh_actor(dora.uri, ask=Particular(far, lambda call: not by_the_standard(call)).ask)
    assert Server.objects.get(host="far.example").scheme == Scheme.CAVAGE


def test_who_refuses_both_is_asked_twice_and_nothing_is_remembered(far: FarServer, dora: Actor) -> None:
    far.serves_actor(dora.uri, "dora")
    server = Particular(far, lambda _: False)
    with pytest.raises(NobodyThere):
        refresh_actor(dora.uri, ask=server.ask)
    assert [by_the_standard(call) for call in server.refused] == [False, True]
    assert not Server.objects.exists()


def test_what_they_wish_to_be_signed_is_signed(far: FarServer, dora: Actor) -> None:
    far.serves_actor(dora.uri, "dora")
    server = Particular(far, lambda call: 'tag="fediverse"' in call.headers.get("signature-input", ""), WISH)
    refresh_actor(dora.uri, ask=server.ask)
    (call,) = [call for call in far.outbound.calls if by_the_standard(call)]
    said = call.headers["signature-input"]
    assert said.startswith('theirs=("@method" "@target-uri" "@authority" "accept");created=')
    assert said.endswith(';nonce="n0nce";tag="fediverse"')
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.RSA_V1_5_SHA256, key_resolver=Keys())
    request: PreparedRequest = Request("GET", call.url, headers=dict(call.headers)).prepare()
    (verified,) = verifier.verify(request, expect_tag="fediverse")
    assert verified.parameters["keyid"] == f"{server_actor().uri}#main-key"
    refresh_actor(dora.uri, ask=server.ask)
    assert len(server.refused) == 1, "the wish is remembered"


@pytest.mark.parametrize(
    "field",
    ["", "x", 'sig=("@query-param";name="a")', "sig=5", 'sig=("@method"', "a=1, a=2", "x" * 9000, 'sig=("a" 5)'],
)
def test_a_wish_that_cannot_be_met_is_none(field: str) -> None:
    assert read_wish(field) is None


@pytest.mark.parametrize(
    ("field", "kept"),
    [
        ('a=("@method" "date");nonce="n";tag="t"', 'a=("@method" "date");tag="t"'),
        ('a=("x y" "date")', 'a=("date")'),
        (f'a=("@method");tag="{"t" * 200}"', f'a=("@method");tag="{"t" * 200}"'),
        ("a=(" + " ".join(f'"{letter * 40}"' for letter in "abcdefghijklm") + ")", ""),
    ],
)
def test_a_wish_is_kept_as_a_field_again(field: str, kept: str) -> None:
    wish = read_wish(field)
    assert wish is not None
    assert written_wish(wish) == kept
    again = read_wish(kept)
    assert again is None or (again.label, again.tag) == (wish.label, wish.tag)


def test_a_wish_puts_nothing_else_into_the_signature() -> None:
    wish = read_wish('sig=("@method");nonce="a\\"b";tag="c\\\\d"')
    assert wish is not None
    assert (wish.nonce, wish.tag) == ("", "")


# --- Fresh keys ------------------------------------------------------------------------------


def test_fresh_keys_are_told_and_used(far: FarServer, alice: Actor, dora: Actor) -> None:
    makers.follows(dora, alice)
    before = set(Key.objects.filter(actor=alice).values_list("public_pem", flat=True))
    change_keys(alice)
    after = set(Key.objects.filter(actor=alice).values_list("public_pem", flat=True))
    assert before != after
    document = far.read(alice.uri)
    rsa = Key.objects.get(actor=alice, kind=KeyKind.RSA)
    assert document["publicKey"]["publicKeyPem"] == rsa.public_pem  # type: ignore[index]
    (told,) = owed("Update")
    assert told["object"]["publicKey"]["publicKeyPem"] == rsa.public_pem  # type: ignore[index]
    forged = signature_headers("GET", f"/actors/{alice.pk}", key_uri=rsa.key_uri)
    assert far.client.get(f"/actors/{alice.pk}/outbox", headers=forged).status_code == 401
