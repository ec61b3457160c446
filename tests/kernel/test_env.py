"""SPEAK_* variables: what they may say, and what is refused."""

import ipaddress
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from speak.kernel import env
from speak.kernel.env import WrongSetting

NAME = "SPEAK_ONLY_IN_TESTS"
Say = Callable[[str], None]


@pytest.fixture
def say() -> Iterator[Say]:
    """Sets the variable; afterwards it is gone."""

    def set_it(value: str) -> None:
        os.environ[NAME] = value

    yield set_it
    for name in (NAME, f"{NAME}_FILE"):
        os.environ.pop(name, None)


def test_a_text_is_what_it_says_or_the_default(say: Say) -> None:
    assert env.text(NAME) == ""
    assert env.text(NAME, default="pear") == "pear"
    say("  ")
    assert env.text(NAME, default="pear") == "pear"
    say(" plum ")
    assert env.text(NAME, default="pear") == "plum"


def test_a_secret_may_lie_in_a_file(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("plum\n", encoding="utf-8")
    say("pear")
    os.environ[f"{NAME}_FILE"] = str(file)
    assert env.text(NAME) == "plum"
    os.environ[f"{NAME}_FILE"] = str(tmp_path / "nowhere")
    with pytest.raises(WrongSetting, match=rf"{NAME}_FILE is .*nowhere.*\nhint: it should be a readable file"):
        env.text(NAME)


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("yes", True),
        ("1", True),
        ("TRUE", True),
        ("On", True),
        ("no", False),
        ("0", False),
        ("False", False),
        ("off", False),
    ],
)
def test_yes_and_no_can_be_said_in_several_ways(value: str, say: Say, *, meant: bool) -> None:
    assert env.flag(NAME, default=not meant) is not meant
    say(value)
    assert env.flag(NAME, default=not meant) is meant


@pytest.mark.parametrize("value", ["maybe", "2", "ja", "yes no"])
def test_what_is_neither_yes_nor_no_is_refused(value: str, say: Say) -> None:
    say(value)
    with pytest.raises(WrongSetting, match=f"{NAME} is '{value}'.\nhint: it should be yes or no."):
        env.flag(NAME, default=True)


def test_a_choice_is_one_of_a_few_words_in_any_case(say: Say) -> None:
    assert env.choice(NAME, default="info", among=("INFO", "DEBUG")) == "INFO"
    say("Debug")
    assert env.choice(NAME, default="info", among=("INFO", "DEBUG")) == "DEBUG"
    say("loud")
    with pytest.raises(WrongSetting, match="one of INFO, DEBUG"):
        env.choice(NAME, default="info", among=("INFO", "DEBUG"))


def test_a_number_is_within_its_bounds(say: Say) -> None:
    assert env.number(NAME, default=5, least=1, most=9) == 5
    for value in ("1", "9"):
        say(value)
        assert env.number(NAME, default=5, least=1, most=9) == int(value)


@pytest.mark.parametrize("value", ["0", "10", "-1", "1.5", "many", "１", "²", "0x1"])  # noqa: RUF001
def test_a_number_out_of_bounds_or_no_number_is_refused(value: str, say: Say) -> None:
    say(value)
    with pytest.raises(WrongSetting, match="a whole number from 1 to 9"):
        env.number(NAME, default=5, least=1, most=9)


@pytest.mark.parametrize("value", ["https://speak.example", "http://localhost:8000/", "https://[::1]:8443"])
def test_an_address_has_a_scheme_and_a_host_and_loses_its_last_slash(value: str, say: Say) -> None:
    say(value)
    assert env.url(NAME, default="https://home.example") == value.rstrip("/")


@pytest.mark.parametrize(
    "value",
    [
        "speak.example",
        "ftp://speak.example",
        "https://",
        "https://speak.example/home",
        "https://speak.example?x",
        "https://speak.example#x",
        "https://ana:secret@speak.example",
        "https://speak.example:port",
        "https://[speak.example",
    ],
)
def test_what_is_no_address_of_a_server_is_refused(value: str, say: Say) -> None:
    say(value)
    with pytest.raises(WrongSetting, match=NAME):
        env.url(NAME, default="https://home.example")


def test_a_service_may_have_a_name_and_a_password_and_a_path_where_it_needs_one(say: Say) -> None:
    schemes, example = ("postgres",), "postgres://name:password@host/database"
    assert env.service(NAME, schemes=schemes, example=example) is None
    say("postgres://ana:p%40ss@db.example:5433/speak?host=/run")
    parts = env.service(NAME, schemes=schemes, example=example)
    assert parts is not None
    assert (parts.username, parts.port, parts.path, parts.query) == ("ana", 5433, "/speak", "host=/run")


@pytest.mark.parametrize(
    "value",
    ["mysql://ana:hush@db.example/speak", "postgres://ana:hush@db.example", "postgres://ana:hush@db:port/speak"],
)
def test_what_is_said_of_a_wrong_service_leaves_its_password_out(value: str, say: Say) -> None:
    say(value)
    with pytest.raises(WrongSetting, match="such as postgres://host/database") as refused:
        env.service(NAME, schemes=("postgres",), example="postgres://host/database")
    assert "hush" not in str(refused.value)
    assert "ana" in str(refused.value)


def test_networks_are_ranges_separated_by_commas(say: Say) -> None:
    assert env.networks(NAME) == ()
    say("127.0.0.0/8, ::1/128,")
    assert env.networks(NAME) == (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))


@pytest.mark.parametrize("value", ["localhost", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/8;::1"])
def test_what_is_no_network_is_refused(value: str, say: Say) -> None:
    say(value)
    with pytest.raises(WrongSetting, match="address ranges"):
        env.networks(NAME)


def test_a_folder_is_made(say: Say, tmp_path: Path) -> None:
    say(str(tmp_path / "deep" / "data"))
    assert env.folder(NAME, default=".") == tmp_path / "deep" / "data"
    assert (tmp_path / "deep" / "data").is_dir()
    assert env.folder(NAME, default=".") == tmp_path / "deep" / "data"


def test_a_folder_that_cannot_be_is_refused(say: Say, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    say(str(tmp_path / "file" / "data"))
    with pytest.raises(WrongSetting, match="a folder that can be made and written"):
        env.folder(NAME, default=".")
