"""Telling devices what awaits somebody: only they can open it, and only of what the app may know."""

import base64
import datetime as dt
import json
import os
from dataclasses import dataclass
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwcrypto import jwk, jwt
from oauth2_provider.models import AccessToken

from speak.clients.models import PushSubscription
from speak.clients.push import public_key
from speak.clients.push.encryption import CURVE, Device, Fresh, encrypted, in_base64
from speak.clients.push.sending import send
from speak.clients.push.subscribing import forget_devices_without_token
from speak.identity.actions import unfollow
from speak.identity.models import Actor, Notification
from speak.kernel import clock, tasks
from speak.kernel.outbound import Answer
from speak.voice.actions import like, withdraw_post
from speak.voice.reach import Reach
from tests import makers
from tests.clients.apps import App, app_of
from tests.fakes import FakeOutbound

SERVICE = "https://push.example/device/1"
PATH = "/api/v1/push/subscription"


@dataclass
class Phone:
    """A device of somebody's, which opens what only it can open, with a library that nobody here wrote."""

    key: ec.EllipticCurvePrivateKey
    secret: bytes

    @property
    def keys(self) -> dict[str, str]:
        """What its app tells us."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"p256dh": in_base64(point), "auth": in_base64(self.secret)}

    def opened(self, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
        """What it reads."""
        if headers["Content-Encoding"] == "aes128gcm":
            words = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret)
        else:
            salt = headers["Encryption"].removeprefix("salt=")
            theirs = headers["Crypto-Key"].split(";")[0].removeprefix("dh=")
            words = http_ece.decrypt(
                body,
                salt=_bytes(salt),
                private_key=self.key,
                dh=_bytes(theirs),
                auth_secret=self.secret,
                version="aesgcm",
            )
        found: dict[str, Any] = json.loads(words)
        return found


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.fixture
def phone() -> Phone:
    """A new one."""
    return Phone(ec.generate_private_key(CURVE), os.urandom(16))


def signed_up(
    app: App, phone: Phone, *, standard: bool = True, policy: str = "all", **alerts: bool
) -> PushSubscription:
    """A device that is told."""
    given = {
        "subscription": {"endpoint": SERVICE, "keys": phone.keys, "standard": standard},
        "data": {"alerts": alerts or {"mention": True, "favourite": True}, "policy": policy},
    }
    made = app.post(PATH, **given)
    assert made["server_key"] == public_key()
    assert isinstance(made["id"], int), "apps for iOS read it as a number"
    return PushSubscription.objects.get(pk=made["id"])


def told(alice: Actor) -> int:
    """What awaits her, by number."""
    return Notification.objects.filter(recipient=alice).order_by("-pk").values_list("pk", flat=True)[0]


def test_a_message_is_as_the_appendix_of_the_standard_works_it_out() -> None:
    """RFC 8291, 5 and Appendix A."""
    device = Device.of(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    )
    number = int.from_bytes(_bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    fresh = Fresh(ec.derive_private_key(number, CURVE), _bytes("DGv6ra1nlYgDCS1FRnbzlw"))
    message = encrypted(b"When I grow up, I want to be a watermelon", device=device, fresh=fresh)
    assert in_base64(message.body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.parametrize("standard", [True, False])
def test_a_device_reads_what_awaits_its_person_and_the_service_reads_nothing(
    alice: Actor, bob: Actor, phone: Phone, *, standard: bool
) -> None:
    app = app_of(alice)
    row = signed_up(app, phone, standard=standard)
    makers.post(bob, "@alice The *tide* is in.", reach=Reach.PUBLIC)
    services = FakeOutbound({SERVICE: Answer(201)})
    assert send(row, told(alice), ask=services.ask)
    (call,) = services.calls
    assert b"tide" not in call.body
    read = phone.opened(call.body, dict(call.headers))
    assert read["title"] == "Bob speaks to you"
    assert "The *tide* is in." in read["body"]
    assert (read["notification_type"], read["notification_id"]) == ("mention", told(alice))
    assert read["access_token"] == app.token
    assert int(call.headers["TTL"]) > 0


def test_the_service_can_check_who_sends(alice: Actor, bob: Actor, phone: Phone) -> None:
    """RFC 8292, 2 and 3."""
    row = signed_up(app_of(alice), phone)
    makers.post(bob, "@alice", reach=Reach.PUBLIC)
    services = FakeOutbound({SERVICE: Answer(201)})
    send(row, told(alice), ask=services.ask)
    scheme, _, proof = services.calls[0].headers["Authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in proof.split(","))
    assert (scheme, parts["k"]) == ("vapid", public_key())
    point = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(parts["k"]))
    claims = json.loads(jwt.JWT(jwt=parts["t"], key=jwk.JWK.from_pyca(point)).claims)
    assert claims["aud"] == "https://push.example"
    assert clock.now() < dt.datetime.fromtimestamp(claims["exp"], dt.UTC) < clock.now() + dt.timedelta(hours=24)


def test_only_what_was_asked_for_of_whom_it_was_asked_is_told(alice: Actor, bob: Actor, phone: Phone) -> None:
    row = signed_up(app_of(alice), phone, policy="followed", mention=True)
    services = FakeOutbound({SERVICE: Answer(201)})
    makers.post(bob, "@alice", reach=Reach.PUBLIC)
    assert send(row, told(alice), ask=services.ask)
    assert services.calls == []
    makers.follows(alice, bob)
    assert send(row, told(alice), ask=services.ask)
    assert len(services.calls) == 1
    unfollow(alice, target=bob)
    like(bob, post=makers.post(alice, "Mine.", reach=Reach.PUBLIC))
    changed = app_of(alice).ask("PUT", PATH, {"data": {"alerts": {"favourite": True}, "policy": "all"}})
    assert changed.status_code == 404, "each app has its own"
    assert send(row, told(alice), ask=services.ask)
    assert len(services.calls) == 1


def test_what_was_taken_back_or_may_not_be_read_any_more_is_told_to_no_device(
    alice: Actor, bob: Actor, phone: Phone
) -> None:
    row = signed_up(app_of(alice), phone)
    said = makers.post(bob, "@alice", reach=Reach.PUBLIC)
    number = told(alice)
    withdraw_post(bob, post=said)
    services = FakeOutbound({SERVICE: Answer(201)})
    assert send(row, number, ask=services.ask)
    assert services.calls == []


def test_without_its_token_an_app_is_told_nothing_and_forgotten(alice: Actor, bob: Actor, phone: Phone) -> None:
    row = signed_up(app_of(alice), phone)
    makers.post(bob, "@alice", reach=Reach.PUBLIC)
    AccessToken.objects.update(expires=clock.now())
    services = FakeOutbound({SERVICE: Answer(201)})
    assert send(row, told(alice), ask=services.ask)
    assert services.calls == []
    assert not PushSubscription.objects.exists()


def test_the_token_of_an_app_cannot_be_read_from_the_database(alice: Actor, phone: Phone) -> None:
    app = app_of(alice)
    row = signed_up(app, phone)
    assert app.token not in row.sealed_token
    assert forget_devices_without_token() == 0
    AccessToken.objects.get().revoke()
    assert forget_devices_without_token() == 1


ANSWERS = [
    (201, True, True),
    (410, True, False),
    (404, True, False),
    (429, False, True),
    (503, False, True),
    (400, True, True),
]


@pytest.mark.parametrize(("status", "is_done", "is_kept"), ANSWERS)
def test_a_device_that_is_gone_is_forgotten_and_a_service_that_is_busy_asked_again(
    alice: Actor, bob: Actor, phone: Phone, *, status: int, is_done: bool, is_kept: bool
) -> None:
    row = signed_up(app_of(alice), phone)
    makers.post(bob, "@alice", reach=Reach.PUBLIC)
    assert send(row, told(alice), ask=FakeOutbound({SERVICE: Answer(status)}).ask) == is_done
    assert PushSubscription.objects.exists() == is_kept
    if is_kept:
        assert not send(row, told(alice), ask=FakeOutbound().ask)


@pytest.mark.django_db(transaction=True)  # the worker closes connections between its tasks
def test_the_worker_tells_each_device_once_and_tries_anew_later_what_failed(phone: Phone) -> None:
    alice, bob = makers.person("alice"), makers.person("bob")
    signed_up(app_of(alice), phone)
    makers.post(bob, "@alice", reach=Reach.PUBLIC)
    assert tasks.do_all() == 1, "push.example is not there; it is tried anew in a minute, not now"
    assert sum(count for count, _ in tasks.waiting_since().values()) == 0
    PushSubscription.objects.all().delete()
    makers.post(bob, "@alice again", reach=Reach.PUBLIC)
    assert tasks.do_all() == 0


def test_what_is_no_service_and_no_key_is_refused(alice: Actor, phone: Phone) -> None:
    app = app_of(alice)
    for endpoint, keys in (
        ("http://push.example/1", phone.keys),
        ("nonsense", phone.keys),
        (SERVICE, {**phone.keys, "auth": "AAAA"}),
        (SERVICE, {**phone.keys, "p256dh": phone.keys["auth"]}),
        (SERVICE, {**phone.keys, "p256dh": "é"}),
    ):
        assert app.ask("POST", PATH, {"subscription": {"endpoint": endpoint, "keys": keys}}).status_code == 422
    assert app_of(alice, scopes=("read",)).ask("GET", PATH).status_code == 403
    assert app.ask("GET", PATH).status_code == 404


def test_an_app_reads_changes_and_ends_what_it_asked_for(alice: Actor, phone: Phone) -> None:
    app = app_of(alice)
    signed_up(app, phone)
    assert app.get(PATH)["alerts"] | {"mention": False} != app.get(PATH)["alerts"]
    changed = app.ask("PUT", PATH, {"data": {"alerts": {"follow": "true"}}, "policy": "none"}).json()
    assert (changed["alerts"]["follow"], changed["alerts"]["mention"], changed["policy"]) == (True, False, "none")
    assert app.ask("DELETE", PATH).json() == {}
    assert app.ask("GET", PATH).status_code == 404
