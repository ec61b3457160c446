"""Mattermost, Zulip, Teams and Viva Engage, each in its documented form."""

import shutil
from pathlib import Path

from .readings import WIRE, read

T = 1_700_000_000_000_000


def test_mattermost_answers_stand_inside_what_they_answer(tmp_path: Path) -> None:
    found = read("mattermost", tmp_path)
    said = found.rows("message", "ts_utc", "author_raw", "parent_kind", "kind", "edited", "space_id")
    assert said == [
        (T, "ada", "none", "human", True, "house/kitchen"),
        (T + 10_000, "bo.vance", "none", "system", False, "house/kitchen"),
        (T + 20_000, "ada", "none", "bot", False, "house/kitchen"),
        (T + 1_000_000, "bo.vance", "thread", "human", False, "house/kitchen"),
        (T + 2_000_000, "ada", "thread", "human", False, "house/kitchen"),
    ]
    ids = found.one("message", "msg_id")
    assert {parent for parent in found.one("message", "parent_id") if parent} < ids
    assert found.rows("response", "kind", "from_person", "to_person", "ts_utc") == [
        ("mention", "ada", "bo.vance", T),
        ("reaction", "ada", "bo.vance", T + 1_100_000),
        ("reaction", "bo.vance", "ada", T + 9_000),
    ]


def test_mattermost_private_talk_needs_everybody(tmp_path: Path) -> None:
    assert read("mattermost", tmp_path / "a").reading.withheld == 3
    with_ada = read("mattermost", tmp_path / "b", opted_in=["ada@example.org"])
    assert with_ada.reading.withheld == 2
    assert "house/cellar" in with_ada.one("message", "space_id")
    assert read("mattermost", tmp_path / "c", opted_in=["ada", "bo@example.org"]).reading.withheld == 0


def test_mattermost_tells_who_is_a_guest_and_in_which_team(tmp_path: Path) -> None:
    found = read("mattermost", tmp_path)
    assert found.one("role", "person", "role") == {("ada", "admin"), ("bo.vance", "guest")}
    assert found.one("membership", "person", "group_id") == {("ada", "house"), ("bo.vance", "house")}
    assert found.reading.not_understood == {"a kind of line that is not known here": 1, "not JSON": 1}


def test_zulip_states_what_answers_what_only_by_quoting(tmp_path: Path) -> None:
    found = read("zulip", tmp_path)
    assert found.messages("author_raw", "parent_id", "parent_kind", "kind", "thread_id", "edited", "len") == {
        "1000": ("10", None, "none", "human", "5/cups", False, 29),
        "1001": ("11", "1000", "quote", "human", "5/cups", True, 13),
        "1002": ("12", None, "none", "bot", "5/cups", False, 8),
    }
    assert found.rows("message", "ts_utc")[0] == (1_700_000_000_123_456,)
    assert found.rows("response", "msg_id", "kind", "from_person", "to_person") == [
        ("1000", "mention", "10", "11"),
        ("1000", "reaction", "11", "10"),
    ]


def test_zulip_tells_when_people_joined_and_what_they_are(tmp_path: Path) -> None:
    found = read("zulip", tmp_path)
    assert ("10", 1_690_000_000_500_000, False) in found.rows("person", "raw", "joined_utc", "is_outside")
    assert found.one("role", "person", "role") == {("10", "owner"), ("11", "guest")}
    assert found.reading.withheld == 2
    assert found.one("missed", "place") == {"messages-000001.json[5]"}


def test_a_moved_topic_of_a_public_zulip_archive_is_counted_once(tmp_path: Path) -> None:
    found = read("zulip-archive", tmp_path)
    assert found.messages("author_raw", "parent_id", "parent_kind") == {
        "1": ("Ada Ling", None, "none"),
        "2": ("Bo Vance", "1", "quote"),
        "3": ("Ada Ling", None, "none"),
    }
    assert found.reading.duplicates == 2
    assert found.rows("also", "msg_id") == [("1",)]
    assert found.rows("response", "msg_id", "kind", "to_person") == [("1", "mention", "Bo Vance")]


def test_teams_answers_name_what_opened_the_thread(tmp_path: Path) -> None:
    found = read("teams", tmp_path)
    tea = "19:tea@thread.tacv2"
    root = f"{tea}/1700000000000"
    assert found.messages("author_raw", "parent_id", "kind", "edited", "deleted", "len") == {
        root: ("p-ada", None, "human", False, False, 8),
        f"{tea}/1700000060000": ("p-bo", root, "human", True, False, 3),
        f"{tea}/1700000120000": ("p-ada", root, "human", False, True, 0),
        f"{tea}/1700000180000": ("teams", None, "system", False, False, 0),
        f"{tea}/1700000190000": ("app1", None, "bot", False, False, 12),
    }
    assert found.rows("response", "kind", "from_person", "to_person", "ts_utc") == [
        ("mention", "p-ada", "p-bo", T),
        ("reaction", "p-bo", "p-ada", 1_700_000_400_500_000),
    ]
    assert ("p-bo", True) in found.rows("person", "raw", "is_outside")
    assert found.one("role", "person", "role") == {("p-ada", "Owner")}
    assert found.reading.withheld == 3


def test_teams_chats_are_read_when_all_who_spoke_in_them_agreed(tmp_path: Path) -> None:
    assert read("teams", tmp_path / "a", opted_in=["p-bo"]).reading.withheld == 3
    found = read("teams", tmp_path / "b", opted_in=["p-bo", "ada@example.org"])
    assert found.reading.withheld == 0
    assert ("19:chat", "direct") in found.rows("message", "space_id", "visibility")


def test_what_graph_answers_is_the_same_in_other_letters(tmp_path: Path) -> None:
    found = read("teams-graph", tmp_path)
    assert found.one("message", "visibility") == {"public"}
    assert [kind for (kind,) in found.rows("message", "parent_kind")] == ["none", "thread"]


def test_a_teams_channel_that_no_list_names_is_private(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(WIRE / "teams-graph", tmp_path / "graph"))
    (folder / "channels.json").unlink()
    assert read(folder, tmp_path / "a").reading.withheld == 2
    assert read(folder, tmp_path / "b", opted_in=["p-ada", "p-bo"]).reading.withheld == 0


def test_viva_days_that_overlap_are_counted_once_and_a_deletion_stays(tmp_path: Path) -> None:
    found = read("viva", tmp_path)
    assert found.messages("author_raw", "parent_id", "kind", "deleted", "thread_id", "space_id") == {
        "100": ("1", None, "human", False, "100", "50"),
        "101": ("2", "100", "human", False, "100", "50"),
        "102": ("1", "101", "human", True, "100", "50"),
        "103": ("2", None, "human", False, "103", "all"),
        "106": ("1", None, "system", False, "106", "50"),
    }
    assert found.reading.duplicates == 1
    assert found.reading.withheld == 2
    assert found.reading.not_understood == {"a row without an id, an author or a time": 1}
    assert found.one("membership", "person", "group_id") == {("1", "Kitchen"), ("2", "Cellar")}
    assert found.rows("response", "msg_id", "kind", "to_person") == [("100", "mention", "2")]
    joined: dict[str, int] = dict(found.rows("person", "raw", "joined_utc"))
    assert joined == {"1": 1_577_934_245_000_000, "2": 1_612_325_106_000_000}
