"""`speak doctor` says what is well, and what is WRONG with what to do about it."""

import datetime as dt
import email.utils
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from speak.kernel import clock
from speak.kernel.outbound import Answer, TimedOut
from speak.operations.commands import checking
from speak.operations.commands.checking import UNKNOWN, WELL, WRONG, Finding
from speak.operations.health import SILENT_AFTER_SECONDS, beat
from tests.fakes import FakeOutbound
from tests.makers import person
from tests.operations.conftest import Speak

HEALTH = "https://home.example/health"
PEER = "https://far.example/"


def told(speak: Speak) -> tuple[int, dict[str, str]]:
    """The exit code, and the state of each thing looked at."""
    done = speak("doctor")
    lines = (line.split(maxsplit=2) for line in done.stdout.splitlines())
    return done.exit_code, {line[0]: line[1] for line in lines}


def test_without_a_worker_something_is_wrong_and_the_exit_code_says_so(speak: Speak, own_data: Path) -> None:
    code, states = told(speak)
    assert code == 1
    assert states["worker"] == WRONG
    assert {states[name] for name in ("settings", "database", "addresses", "files")} == {WELL}
    assert states["clock"] == UNKNOWN
    assert "start “speak worker”" in speak("doctor").stdout


def test_all_is_well_where_nothing_is_wrong(speak: Speak, own_data: Path, settings: Settings) -> None:
    settings.SPEAK_URL = "http://localhost:1"  # whether it answers cannot be asked: private addresses are closed
    beat()
    code, states = told(speak)
    assert code == 0
    assert WRONG not in states.values()
    assert states["web"] == UNKNOWN


def test_a_worker_that_has_fallen_silent_is_noticed(own_data: Path) -> None:
    beat()
    assert checking.look_at_worker().state == WELL
    long_ago = time.time() - SILENT_AFTER_SECONDS - 1
    os.utime(own_data / "worker.alive", (long_ago, long_ago))
    assert checking.look_at_worker().state == WRONG


@pytest.mark.parametrize(
    ("changes", "state", "word"),
    [
        ({}, WELL, "https://home.example"),
        ({"SPEAK_URL": "http://home.example"}, WRONG, "https"),
        ({"SPEAK_URL": "http://localhost:8000"}, WELL, "localhost"),
        ({"SPEAK_ALLOW_NETWORKS": ("10.0.0.0/8",)}, WRONG, "SPEAK_ALLOW_NETWORKS"),
        ({"SPEAK_URL": "http://localhost:8000", "SPEAK_ALLOW_NETWORKS": ("127.0.0.0/8",)}, WELL, "localhost"),
    ],
)
def test_dangerous_settings_are_wrong(settings: Settings, changes: dict[str, object], state: str, word: str) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    finding = checking.look_at_settings()
    assert finding.state == state
    assert word in finding.sentence


@pytest.mark.django_db
def test_a_database_that_lacks_changes_is_wrong() -> None:
    assert checking.look_at_database() == Finding(WELL, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'federation'")
    finding = checking.look_at_database()
    assert finding.state == WRONG
    assert "run “speak migrate”" in finding.sentence


@pytest.mark.django_db
def test_an_address_that_was_changed_after_people_joined_is_wrong(settings: Settings) -> None:
    person("alice")
    assert checking.look_at_addresses().state == WELL
    settings.SPEAK_URL = "https://elsewhere.example"
    finding = checking.look_at_addresses()
    assert finding.state == WRONG
    assert "alice" in finding.sentence
    assert "SPEAK_URL must stay" in finding.sentence


@pytest.mark.parametrize(
    ("answer", "state"),
    [(Answer(200), WELL), (Answer(502), WRONG), (TimedOut("timed out"), WRONG)],
)
def test_whether_strangers_reach_us_is_looked_at(answer: Answer | Exception, state: str) -> None:
    assert checking.look_from_outside(HEALTH, ask=FakeOutbound({HEALTH: answer}).ask).state == state


@pytest.mark.parametrize(
    ("headers", "state"),
    [
        (lambda: {"date": email.utils.format_datetime(clock.now(), usegmt=True)}, WELL),
        (lambda: {"date": email.utils.format_datetime(clock.now() - dt.timedelta(minutes=5), usegmt=True)}, WRONG),
        (lambda: {"date": "yesterday"}, UNKNOWN),
        (dict, UNKNOWN),
    ],
)
def test_a_clock_that_is_off_is_noticed(headers: Callable[[], dict[str, str]], state: str) -> None:
    outbound = FakeOutbound({PEER: Answer(200, headers=headers())})
    assert checking.look_at_clock(PEER, ask=outbound.ask).state == state


def test_a_clock_is_only_compared_with_one_that_tells() -> None:
    assert checking.look_at_clock("", ask=FakeOutbound().ask).state == UNKNOWN
    assert checking.look_at_clock(PEER, ask=FakeOutbound().ask).state == UNKNOWN
