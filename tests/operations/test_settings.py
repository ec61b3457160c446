"""Every setting is read once and checked: a wrong one refuses to start, and says why."""

import os
import runpy
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from speak.kernel.env import WrongSetting
from speak.operations import settings as in_use

SETTINGS = str(in_use.__file__)


@pytest.fixture(autouse=True)
def only_these(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is set but where the data lies."""
    for name in [name for name in os.environ if name.startswith("SPEAK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SPEAK_DATA", str(tmp_path / "data"))


def read(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    """The settings as they would be at the start of a process with these variables."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(SETTINGS)


def test_nothing_need_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = read(monkeypatch)
    assert found["SPEAK_URL"] == "http://localhost:8000"
    assert found["SPEAK_DOMAIN"] == "localhost:8000"
    assert found["DATABASES"]["default"]["NAME"] == tmp_path / "data" / "speak.sqlite3"
    assert found["SPEAK_OPEN"] is False
    assert not found["SPEAK_ALLOW_NETWORKS"]
    assert found["DEBUG"] is False
    assert found["DEFAULT_FROM_EMAIL"] == "speak@localhost"


def test_over_https_cookies_stay_on_https(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(monkeypatch, SPEAK_URL="https://Speak.Example/")
    assert found["SPEAK_URL"] == "https://Speak.Example"
    assert found["SPEAK_DOMAIN"] == "speak.example"
    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["CSRF_COOKIE_SECURE"] is True


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("SPEAK_URL", "speak.example", "an address such as http://localhost:8000"),
        ("SPEAK_URL", "ftp://speak.example", "an address such as"),
        ("SPEAK_URL", "https://speak.example/path", "without a path"),
        ("SPEAK_URL", "https://speak.example:http", "an address such as"),
        ("SPEAK_URL", "https://me:secret@speak.example", "without a name or password"),
        ("SPEAK_DATA", "/dev/null/data", "a folder that can be made"),
        ("SPEAK_DATABASE_URL", "mysql://a@b/c", "postgres://name:password@host:5432/database"),
        ("SPEAK_DATABASE_URL", "postgres://host:5432", "postgres://name:password@host:5432/database"),
        ("SPEAK_DATABASE_URL", "postgres://host:99999/name", "postgres://"),
        ("SPEAK_OPEN", "maybe", "yes or no"),
        ("SPEAK_BEHIND_PROXY", "2", "yes or no"),
        ("SPEAK_RATE_LIMITS", "sometimes", "yes or no"),
        ("SPEAK_ALLOW_NETWORKS", "10.0.0.0/8,here", "address ranges such as"),
        ("SPEAK_ALLOW_NETWORKS", "10.0.0.1/8", "address ranges such as"),
        ("SPEAK_WEB_THREADS", "0", "a whole number from 1 to 128"),
        ("SPEAK_WEB_THREADS", "²", "a whole number from 1 to 128"),
        ("SPEAK_MAIL_URL", "mail.example", "smtp://name:password@mail.example:587"),
        ("SPEAK_MAIL_URL", "smtp://mail.example:port", "smtp://"),
        ("SPEAK_TIME_ZONE", "Nowhere/At_All", "such as Europe/Berlin"),
        ("SPEAK_TIME_ZONE", "../etc/passwd", "such as Europe/Berlin"),
        ("SPEAK_LOG", "loud", "one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
        ("SPEAK_CONTACT_FILE", "/nowhere/at/all", "a readable file"),
    ],
)
def test_a_wrong_value_refuses_to_start_and_says_why(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, hint: str
) -> None:
    with pytest.raises(WrongSetting) as refusal:
        read(monkeypatch, **{name: value})
    said = str(refusal.value)
    assert said.startswith(f"{name} is ")
    assert "hint: it should be " in said
    assert hint in said


@pytest.mark.parametrize("name", ["SPEAK_DATABASE_URL", "SPEAK_MAIL_URL"])
def test_a_wrong_address_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with pytest.raises(WrongSetting) as refusal:
        read(monkeypatch, **{name: "gopher://me:hush:h@sh@host/there"})
    assert "hush" not in str(refusal.value)
    assert "sh@" not in str(refusal.value)
    assert "gopher://me:…@host/there" in str(refusal.value)


def test_the_database_may_be_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "postgres://sp%40k:p%3Ass@db.example:5433/speak%20db?sslmode=require&host=%2Frun%2Fpg"
    found = read(monkeypatch, SPEAK_DATABASE_URL=address)["DATABASES"]["default"]
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"], found["PORT"]) == ("sp@k", "p:ss", "5433")
    assert (found["NAME"], found["HOST"]) == ("speak db", "/run/pg")
    assert found["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    ("address", "port", "is_tls", "is_starttls"),
    [
        ("smtp://me%40x:p%2Fw@mail.example", 587, False, True),
        ("smtps://me%40x:p%2Fw@mail.example", 465, True, False),
        ("smtp://me%40x:p%2Fw@mail.example:25", 25, False, True),
    ],
)
def test_mail_goes_where_it_is_told(
    monkeypatch: pytest.MonkeyPatch, address: str, port: int, *, is_tls: bool, is_starttls: bool
) -> None:
    found = read(monkeypatch, SPEAK_MAIL_URL=address, SPEAK_MAIL_FROM="hello@speak.example")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", port)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("me@x", "p/w")
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (is_tls, is_starttls)
    assert found["DEFAULT_FROM_EMAIL"] == "hello@speak.example"


def test_only_behind_a_proxy_is_it_believed_who_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    believing = ("SECURE_PROXY_SSL_HEADER", "USE_X_FORWARDED_HOST", "ALLAUTH_TRUSTED_PROXY_COUNT")
    assert not set(believing) & read(monkeypatch).keys()
    found = read(monkeypatch, SPEAK_BEHIND_PROXY="yes")
    assert [found[name] for name in believing] == [("HTTP_X_FORWARDED_PROTO", "https"), True, 1]


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret-of-mine").write_text("from a file\n", encoding="utf-8")
    found = read(monkeypatch, SPEAK_SECRET_KEY_FILE=str(tmp_path / "secret-of-mine"))
    assert found["SECRET_KEY"] == "from a file"


def test_a_secret_that_is_not_given_is_made_once_for_its_owner_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = read(monkeypatch)["SECRET_KEY"]
    assert len(first) > 50
    assert read(monkeypatch)["SECRET_KEY"] == first
    kept = tmp_path / "data" / "secret"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "data").iterdir() if file.is_file()] == ["secret"]


def test_processes_that_start_at_once_have_the_same_secret(tmp_path: Path) -> None:
    said: list[str] = []

    def start() -> None:
        command = [sys.executable, "-c", "from speak.operations import settings; print(settings.SECRET_KEY)"]
        said.append(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 4
    assert len(set(said)) == 1


@pytest.mark.parametrize("command", [("migrate",), ("serve", "--port", "1"), ("run", "--port", "1"), ("doctor",)])
def test_every_command_ends_with_the_reason(monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    monkeypatch.setenv("SPEAK_OPEN", "maybe")
    done = subprocess.run(
        [sys.executable, "-m", "speak", *command], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr == "Error: SPEAK_OPEN is 'maybe'.\nhint: it should be yes or no.\n"
    assert not done.stdout


def test_a_database_that_cannot_be_opened_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEAK_DATABASE_URL", "postgres://me:hush@127.0.0.1:1/speak")
    done = subprocess.run(
        [sys.executable, "-m", "speak", "migrate"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: The database cannot be opened: ")
    assert done.stderr.endswith("hint: look at SPEAK_DATABASE_URL.\n")
    assert "hush" not in done.stderr
    assert "Traceback" not in done.stderr


def test_help_is_quick_because_it_loads_nothing() -> None:
    asked = "import sys; from speak.operations.commands import main; main(['--help'], standalone_mode=False);"
    loaded = "print(sorted({'django', 'aiohttp', 'granian', 'msgspec'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked + loaded], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage:")
    assert "  doctor " in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
