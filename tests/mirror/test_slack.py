"""Slack's export: a real one of 2016, and the present form."""

import json
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from bench.slackform import write_archive
from speak.mirror.archives import slack

from .readings import WIRE, read

REAL = WIRE / "slack-2016-export.zip"


def test_a_real_export_is_read_to_the_message(tmp_path: Path) -> None:
    with zipfile.ZipFile(REAL) as archive:
        days = [name for name in archive.namelist() if name.count("/") and name.endswith(".json")]
        said = [message for name in days for message in json.loads(archive.read(name))]
    found = read(REAL, tmp_path)
    assert found.reading.messages == len(said) == 1382
    assert not found.reading.not_understood
    joined = Counter(message.get("subtype") for message in said)
    system = sum(joined[kind] for kind in slack_system())
    assert len([kind for (kind,) in found.rows("message", "kind") if kind == "system"]) == system
    edited = sum("edited" in message for message in said)
    assert sum(is_edited for (is_edited,) in found.rows("message", "edited")) == edited
    reacted = sum(
        len({who for reaction in message.get("reactions", ()) for who in reaction["users"]})
        for message in said
        if message.get("subtype") not in slack_system()
    )
    assert [kind for (kind,) in found.rows("response", "kind")].count("reaction") == reacted
    times = sorted(int(message["ts"].replace(".", "")) for message in said)
    assert [at for (at,) in found.rows("message", "ts_utc")] == times


def slack_system() -> frozenset[str]:
    return frozenset(
        {"channel_join", "channel_leave", "channel_purpose", "channel_archive", "channel_name", "channel_topic"}
        | {"bot_add", "pinned_item"}
    )


def test_threads_edits_machines_and_strangers_are_told_apart(tmp_path: Path) -> None:
    found = read("slack", tmp_path)
    said = found.messages("author_raw", "parent_id", "parent_kind", "kind", "edited", "deleted", "len")
    root = "C1:1709280000.000100"
    assert said[root] == ("U1", None, "none", "human", False, False, 31)
    assert said["C1:1709280100.000200"] == ("U2", root, "thread", "human", False, False, 4)
    assert said["C1:1709280200.000300"] == ("U1", root, "thread", "human", True, False, 10)
    assert [said[f"C1:{ts}"][3] for ts in ("1709280300.000400", "1709280400.000500", "1709280500.000600")] == [
        "system",
        "bot",
        "agent",
    ]
    assert said["C1:1709280700.000800"][3] == "human"
    assert said["C1:1709280800.000900"][5] is True
    assert ("U9", True) in found.rows("person", "raw", "is_outside")
    assert ("U2", True) in found.rows("person", "raw", "is_outside")
    assert found.one("role", "person", "role") == {("U1", "admin"), ("U1", "owner"), ("U2", "guest")}


def test_reactions_and_mentions_are_two_kinds_of_answers(tmp_path: Path) -> None:
    found = read("slack", tmp_path)
    assert found.rows("response", "kind", "from_person", "to_person", "ts_utc") == [
        ("mention", "U1", "U2", 1709280000000100),
        ("mention", "U4", "U1", 1709280500000600),
        ("reaction", "U2", "U1", None),
        ("reaction", "U9", "U1", None),
    ]


def test_a_channel_that_was_renamed_is_one_and_its_messages_are_counted_once(tmp_path: Path) -> None:
    found = read("slack", tmp_path)
    assert found.reading.duplicates == 1
    assert found.one("message", "space_id") == {"C1"}
    assert {"8_tea", "random", "board"} <= found.one("space", "name")
    assert "tea" not in found.one("space", "space_id")


def test_private_talk_is_dropped_unless_all_in_it_agreed(tmp_path: Path) -> None:
    assert read("slack", tmp_path / "a").reading.withheld == 4
    some = read("slack", tmp_path / "b", opted_in=["ada@example.org"])
    assert some.reading.withheld == 3
    assert ("D2", "direct") in some.rows("message", "space_id", "visibility")
    all_of_them = read("slack", tmp_path / "c", opted_in=["ADA@example.org", "U2"])
    assert all_of_them.reading.withheld == 0
    assert {"G1", "D1", "D2"} <= all_of_them.one("message", "space_id")


def test_one_address_is_one_person(tmp_path: Path) -> None:
    found = read("slack", tmp_path)
    assert ("U3", "U1", "same address") in found.rows("person", "raw", "person", "reason")


def test_what_is_not_understood_is_counted_and_listed(tmp_path: Path) -> None:
    found = read("slack", tmp_path)
    assert sum(found.reading.not_understood.values()) == 2
    assert "8_tea/2024-03-01.json[10]" in found.one("missed", "place")
    assert sum(found.reading.left_out.values()) == 1


def test_a_zip_of_it_says_the_same_as_the_folder(tmp_path: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "export"), "zip", WIRE, "slack"))
    columns = ("msg_id", "person", "ts_utc", "thread_id", "kind", "len")
    from_zip, from_folder = read(archive, tmp_path / "a"), read("slack", tmp_path / "b")
    assert from_zip.rows("message", *columns) == from_folder.rows("message", *columns)


def test_several_processes_read_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "export.zip"
    write_archive(archive, messages=3000)
    alone = read(archive, tmp_path / "a")
    monkeypatch.setattr(slack, "ALONE_UP_TO", 0)
    together = read(archive, tmp_path / "b")
    assert alone.reading.messages == together.reading.messages == 3000
    for table, columns in (("message", ("*",)), ("response", ("*",)), ("person", ("raw", "kind"))):
        assert alone.rows(table, *columns) == together.rows(table, *columns)
