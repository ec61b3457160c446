"""`speak safety`: the same actions as the pages, and no way to a report."""

import zipfile
from pathlib import Path

import pytest

from speak.identity.models import Actor
from speak.safety.models import Handler, Limit
from tests import makers
from tests.operations.conftest import Speak
from tests.safety.telling import hears, tells

pytestmark = pytest.mark.django_db


def test_somebody_is_asked_and_let_go(speak: Speak, bob: Actor) -> None:
    done = speak("safety", "handler", "add", "bob")
    assert (done.exit_code, done.output) == (0, "@bob@home.example has been asked.\n")
    assert Handler.objects.get().accepted_at is None
    assert speak("safety", "handler", "remove", "@bob@home.example").exit_code == 0
    assert not Handler.objects.exists()
    assert speak("safety", "handler", "add", "nobody_there").exit_code != 0


def test_limits_are_set_listed_and_lifted(speak: Speak, bob: Actor, dora: Actor) -> None:
    assert speak("safety", "limit", "far.example", "--kind", "suspended", "--reason", "Noise.").exit_code == 0
    assert speak("safety", "limit", "@bob", "--kind", "silenced", "--reason", "Loud.", "--days", "7").exit_code == 0
    listed = speak("safety", "limits").output
    assert "far.example: suspended, until it is lifted: Noise." in listed
    assert "@bob@home.example: silenced, until 2" in listed
    dora.refresh_from_db()
    assert dora.suspended_at
    assert speak("safety", "lift", "Far.Example").exit_code == 0
    assert speak("safety", "lift", "@bob").exit_code == 0
    assert speak("safety", "limits").output == ""
    assert speak("safety", "lift", "@bob").exit_code != 0
    assert Limit.objects.filter(lifted_at=None).count() == 0
    assert speak("safety", "limit", "nowhere", "--kind", "suspended", "--reason", "Noise.").exit_code != 0


def test_whoever_runs_the_server_finds_a_report_neither_by_a_command_nor_in_what_the_reported_take_along(
    speak: Speak, bob: Actor, carol: Actor, tmp_path: Path
) -> None:
    tells(carol, hears(makers.person("helen")), bob, "He shouted.")
    speak("export", "bob", "--to", str(tmp_path / "bob.zip"))
    with zipfile.ZipFile(tmp_path / "bob.zip") as archive:
        assert not [name for name in archive.namelist() if b"He shouted." in archive.read(name)]
    for words in (("safety", "limits"), ("safety", "handler", "remove", "helen"), ("mirror", "--here", "--json")):
        done = speak(*words)
        assert done.exit_code == 0
        assert "He shouted." not in done.output
