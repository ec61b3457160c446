"""`/metrics`: what waits and what came of it, for whom the settings name, and nothing about anybody."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from speak.federation.models import Server
from speak.federation.tasks import fetch_actor
from speak.identity.models import Actor
from speak.kernel import clock
from speak.operations.health import beat
from tests import makers
from tests.federation.delivery.owed import answering, deliver

pytestmark = pytest.mark.django_db
TOKEN = "a long word for the one who watches"


def read(client: Client, **headers: str) -> dict[str, float]:
    """Each line as its name and number."""
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    lines = [line.rsplit(" ", 1) for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


def test_they_tell_what_waits_and_name_nobody(settings: Settings, alice: Actor, dora: Actor) -> None:
    settings.SPEAK_METRICS = TOKEN
    makers.follows(dora, alice)
    makers.post(alice)
    beat()
    before = read(Client(), authorization=f"Bearer {TOKEN}")
    assert before['speak_waiting{work="deliveries"}'] == 2
    deliver(answering(500))
    fetch_actor.enqueue(uri=dora.uri)
    Server.objects.update(failures=9, open_until=clock.now().replace(year=2100))
    now = read(Client(), authorization=f"Bearer {TOKEN}")
    assert now['speak_waiting{work="tasks-far"}'] == 1
    assert now["speak_servers_left_alone"] == 1
    came_of_it = 'speak_deliveries_total{outcome="later"}'
    assert now[came_of_it] - before.get(came_of_it, 0) == 2
    assert now["speak_worker_silent_seconds"] < 60
    text = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).content.decode()
    assert not re.search(r"alice|dora|far\.example|user|people", text)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}"])
def test_without_the_token_there_is_no_such_page(settings: Settings, header: str) -> None:
    settings.SPEAK_METRICS = TOKEN
    headers = {"authorization": header} if header else {}
    assert Client().get("/metrics", headers=headers).status_code == 404


def test_they_are_off_unless_the_settings_say_who_may_read() -> None:
    assert Client(headers={"host": "localhost"}).get("/metrics").status_code == 404


def test_this_machine_alone_means_nobody_behind_a_proxy(settings: Settings) -> None:
    settings.SPEAK_METRICS = "loopback"
    here = Client(headers={"host": "localhost:8000"}, REMOTE_ADDR="127.0.0.1")
    assert here.get("/metrics").status_code == 200
    for host in ("[::1]", "[::1]:8000"):
        assert here.get("/metrics", headers={"host": host}, REMOTE_ADDR="::1").status_code == 200
    assert here.get("/metrics", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 404
    assert here.get("/metrics", headers={"host": "home.example"}).status_code == 404
    assert here.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_a_server_that_takes_what_it_is_owed_is_counted(settings: Settings, alice: Actor, dora: Actor) -> None:
    settings.SPEAK_METRICS = TOKEN
    makers.follows(dora, alice)
    name = 'speak_deliveries_total{outcome="taken"}'
    before = read(Client(), authorization=f"Bearer {TOKEN}").get(name, 0)
    deliver(answering(202))
    assert read(Client(), authorization=f"Bearer {TOKEN}")[name] - before == 1
