"""`speak mirror`: from an archive to a report, and what it never says."""

import json
import re
from pathlib import Path

import pytest
from pytest_django import Settings

from speak.identity.actions import choose_counting
from speak.identity.models import Actor
from speak.voice.reach import Reach
from tests import makers
from tests.mirror import slack
from tests.mirror.engines import trino_server
from tests.mirror.talk import DAY, HOUR, Say
from tests.operations.conftest import Speak

REAL = Path(__file__).parents[1] / "wire" / "archives" / "slack-2016-export.zip"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
NAMES = {f"U{number:03}": f"Given{LETTERS[number]} Family{LETTERS[number]}" for number in range(24)}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Twenty-four people; every other one is answered, half of them within the hour."""
    said: list[Say] = []
    for number, who in enumerate(NAMES):
        said.append(Say(f"m{number}", who, number * DAY))
        if number % 2:
            wait = HOUR // 2 if number % 4 == 1 else 5 * HOUR
            said.append(Say(f"r{number}", f"U{(number * 7) % 24:03}", number * DAY + wait, to=f"m{number}"))
    return slack.export(tmp_path / "hall.zip", [*said, Say("last", "U000", 60 * DAY)], names=NAMES)


def test_an_archive_becomes_a_report_that_names_nobody(
    speak: Speak, archive: Path, own_data: Path, tmp_path: Path
) -> None:
    out = tmp_path / "report.html"
    done = speak("mirror", str(archive), "--out", str(out))
    assert done.exit_code == 0, done.output
    page = out.read_text(encoding="utf-8")
    assert "Of those who spoke, 50\u00a0% were answered at least once." in page
    assert "An answer is a reply" in page
    for where in (
        page,
        done.output,
        *(file.read_text(errors="replace") for file in own_data.rglob("*") if file.is_file()),
    ):
        assert not [word for who, name in NAMES.items() for word in (who, *name.split()) if word in where]


def test_the_report_needs_nothing_from_elsewhere(speak: Speak, archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    speak("mirror", str(archive), "--out", str(out))
    page = out.read_text(encoding="utf-8")
    assert not re.findall(r"(?:src|href)=[\"'](?!#)|url\(|@import|<script", page)


def test_the_figures_that_may_leave_are_printed_as_json(speak: Speak, archive: Path) -> None:
    done = speak("mirror", str(archive), "--json")
    report = json.loads(done.stdout)
    (heard,) = (finding for finding in report["findings"] if finding["name"] == "heard")
    assert heard["figures"] == [
        {"part": "heard", "cell": "", "percent": 50, "low": 30, "high": 70, "people": 25, "roughly": "", "withheld": ""}
    ]
    assert not Path("mirror.html").exists()


def test_parts_come_from_a_file_and_small_ones_are_not_shown(speak: Speak, archive: Path, tmp_path: Path) -> None:
    lines = [f"{name},{'Harbor' if number < 18 else 'Loft'}," for number, name in enumerate(NAMES.values())]
    groups = tmp_path / "groups.csv"
    groups.write_text("\n".join(["person,part,role", *lines, f"{NAMES['U001']},,room"]), encoding="utf-8")
    done = speak("mirror", str(archive), "--groups", str(groups), "--json")
    figures = {
        (figure["part"], figure["cell"]): figure
        for finding in json.loads(done.stdout)["findings"]
        if finding["name"] == "heard"
        for figure in finding["figures"]
    }
    assert figures["heard", "Loft"]["withheld"] == "fewer than ten people"
    assert figures["heard", "Harbor"]["percent"] is None
    assert figures["heard", ""]["percent"] == 50


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,part\nann,A", "The first line of groups.csv is not what it should be."),
        ("person,part,since\nann,A,yesterday", "groups.csv, line 2: “yesterday” is not a day."),
        ("person,part,role\nann,A,boss", "groups.csv, line 2: there is no role “boss”."),
        ("person,part\n,A", "groups.csv, line 2: this cannot be read."),
    ],
)
def test_a_file_of_groups_that_is_wrong_is_refused_by_line(
    speak: Speak, archive: Path, tmp_path: Path, text: str, says: str
) -> None:
    groups = tmp_path / "groups.csv"
    groups.write_text(text, encoding="utf-8")
    done = speak("mirror", str(archive), "--groups", str(groups))
    assert done.exit_code == 1
    assert says in done.output
    assert "hint:" in done.output


def test_who_asked_to_be_left_out_is_counted_nowhere(speak: Speak, archive: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("\n".join([*(NAMES[f"U{number:03}"] for number in (1, 3, 5)), "Nobody Atall"]), encoding="utf-8")
    done = speak("mirror", str(archive), "--leave-out", str(names), "--json")
    report = json.loads(done.stdout)
    assert report["record"]["read"]["left_at_their_wish"] == 5
    (heard,) = (finding for finding in report["findings"] if finding["name"] == "heard")
    # Of the nine who were answered and stay, three were answered by somebody who left: 6 of 21.
    assert heard["figures"][0]["percent"] == 30
    assert "Nobody Atall" in done.stderr
    assert "Nobody Atall" not in done.stdout


def test_who_said_so_on_this_server_is_left_out_by_the_command_too_and_not_told_of(
    speak: Speak, archive: Path, alice: Actor, bob: Actor
) -> None:
    Actor.objects.filter(pk=alice.pk).update(name=NAMES["U001"])
    Actor.objects.filter(pk=bob.pk).update(name="Nobody Atall")
    for who in (alice, bob):
        choose_counting(who, is_counted=False, addresses_are_one=False)
    done = speak("mirror", str(archive), "--json")
    (heard,) = (finding for finding in json.loads(done.stdout)["findings"] if finding["name"] == "heard")
    # She was one of the twelve who were answered, and the only one who answered another: 10 of 23.
    assert heard["figures"][0]["percent"] == 45
    assert "Nobody Atall" not in done.output + done.stderr


def test_a_second_report_shows_nothing_that_a_first_one_gives_away(speak: Speak, archive: Path, tmp_path: Path) -> None:
    first = speak("mirror", str(archive), "--json").stdout
    again = speak("mirror", str(archive), "--json").stdout
    assert json.loads(again)["findings"] == json.loads(first)["findings"]
    names = tmp_path / "names.txt"
    names.write_text(NAMES["U001"], encoding="utf-8")
    without_one = json.loads(speak("mirror", str(archive), "--leave-out", str(names), "--json").stdout)
    assert not [figure for finding in without_one["findings"] for figure in finding["figures"] if figure["percent"]]


def test_each_run_leaves_a_record_of_what_was_read_shown_and_withheld(
    speak: Speak, archive: Path, own_data: Path
) -> None:
    report = json.loads(speak("mirror", str(archive), "--json").stdout)
    (file,) = (own_data / "mirror").glob("record-*.json")
    record = json.loads(file.read_text(encoding="utf-8"))
    assert record == report["record"]
    assert record["read"]["messages"] == 37
    assert "Who is heard: answered at least once" in record["shown"]
    assert {why for _, why in record["withheld"]} <= {
        "fewer than ten people",
        "not shown: it would say too much about a few",
    }


def test_this_servers_own_conversation_is_read_without_an_archive_and_without_who_asked_to_be_left_out(
    speak: Speak,
) -> None:
    people = [makers.person(f"someone{letter}") for letter in LETTERS]
    said = [makers.post(person, reach=Reach.HERE) for person in people]
    for post, person in zip(said, people[1:14], strict=False):
        makers.answer(person, post)
    for person in people[-5:]:
        choose_counting(person, is_counted=False, addresses_are_one=False)
    report = json.loads(speak("mirror", "--here", "--json").stdout)
    (heard,) = (finding for finding in report["findings"] if finding["name"] == "heard")
    # Thirteen were answered, of the 21 who are counted.
    assert heard["figures"][0]["percent"] == 60
    assert report["record"]["read"]["left_at_their_wish"] == 5


@pytest.mark.parametrize("arguments", [(), ("--here", str(REAL))])
def test_it_is_either_an_archive_or_this_server(speak: Speak, arguments: tuple[str, ...]) -> None:
    done = speak("mirror", *arguments)
    assert done.exit_code == 2
    assert "Name an archive, or say --here: one of the two." in done.output


def test_what_is_no_archive_is_refused_in_words(speak: Speak, tmp_path: Path) -> None:
    other = tmp_path / "shopping.txt"
    other.write_text("bread", encoding="utf-8")
    done = speak("mirror", str(other))
    assert done.exit_code == 1
    assert "Error: Nothing in this looks like an export" in done.output


def test_an_engine_nobody_knows_is_refused_in_words(speak: Speak, archive: Path, settings: Settings) -> None:
    settings.SPEAK_MIRROR_ENGINE = "abacus://here"
    done = speak("mirror", str(archive))
    assert done.exit_code == 1
    assert "There is no way to an engine called abacus." in done.output


def test_an_engine_that_cannot_be_asked_is_said_in_words(speak: Speak, archive: Path, settings: Settings) -> None:
    settings.SPEAK_MIRROR_ENGINE = "clickhouse://ana:secret@127.0.0.1:1/talk"
    done = speak("mirror", str(archive))
    assert done.exit_code == 1
    assert re.search(r"Error: .*(is not installed|cannot be reached)\.\nhint: ", done.output)
    assert "secret" not in done.output


@pytest.mark.engine
@pytest.mark.enable_socket
@pytest.mark.filterwarnings("ignore")
def test_a_server_elsewhere_finds_the_same_and_learns_no_name(speak: Speak, archive: Path, settings: Settings) -> None:
    pytest.importorskip("trino")
    here = json.loads(speak("mirror", str(archive), "--json").stdout)
    with trino_server.trino() as server:
        settings.SPEAK_MIRROR_ENGINE = server.address
        there = json.loads(speak("mirror", str(archive), "--json").stdout)
        told = " ".join(server.asked)
    assert there["findings"] == here["findings"]
    assert "U003" in told
    assert not [word for name in NAMES.values() for word in name.split() if word in told]


def test_a_real_archive_goes_through(speak: Speak) -> None:
    report = json.loads(speak("mirror", str(REAL), "--json").stdout)
    shown = {finding["name"] for finding in report["findings"]}
    assert {"taking_part", "heard", "newcomers", "reciprocity", "weeks", "few"} <= shown
    assert report["answer"].startswith("This archive states no replies.")
    assert not any(figure["percent"] in (0, 100) for finding in report["findings"] for figure in finding["figures"])
