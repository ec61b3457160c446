"""What `speak serve` and `speak run` make of their port, and of the address where none is set."""

import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from speak.operations.commands import main
from speak.operations.commands.serving import address_from

A_FILE = Path(__file__)


@pytest.mark.parametrize(
    ("given", "tls", "address"),
    [
        (None, None, "http://localhost:8123"),
        ("", None, "http://localhost:8123"),
        (None, A_FILE, "https://localhost:8123"),
        ("https://speak.example", None, "https://speak.example"),
    ],
)
def test_where_no_address_is_set_it_follows_the_port(
    monkeypatch: pytest.MonkeyPatch, given: str | None, tls: Path | None, address: str
) -> None:
    monkeypatch.delenv("SPEAK_URL")
    if given is not None:
        monkeypatch.setenv("SPEAK_URL", given)
    address_from(8123, tls, tls)
    assert os.environ["SPEAK_URL"] == address


def test_an_address_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "address").write_text("https://speak.example\n", encoding="utf-8")
    monkeypatch.delenv("SPEAK_URL")
    monkeypatch.setenv("SPEAK_URL_FILE", str(tmp_path / "address"))
    address_from(8123, None, None)
    assert "SPEAK_URL" not in os.environ


@pytest.mark.parametrize(("certificate", "key"), [(A_FILE, None), (None, A_FILE)])
def test_half_of_a_certificate_is_refused(certificate: Path | None, key: Path | None) -> None:
    with pytest.raises(click.UsageError):
        address_from(8123, certificate, key)


@pytest.mark.parametrize("command", ["serve", "run"])
@pytest.mark.parametrize(
    ("arguments", "port", "sentence"),
    [
        (("--port", "0"), None, "not in the range 1<=x<=65535"),
        ((), "99999", "not in the range 1<=x<=65535"),
        ((), "web", "'web' is not a valid integer"),
        (("--tls-cert", str(A_FILE)), None, "--tls-cert and --tls-key belong together"),
        (("--tls-cert", "/nowhere.pem"), None, "'/nowhere.pem' does not exist"),
    ],
)
def test_a_wrong_option_refuses_to_start_and_says_why(
    command: str, arguments: tuple[str, ...], port: str | None, sentence: str
) -> None:
    done = CliRunner(env={"PORT": port}).invoke(main, [command, *arguments])
    assert done.exit_code == 2
    assert sentence in done.stderr
