"""Discord, Matrix, Mastodon and Discourse, each in its documented form."""

from pathlib import Path

from .readings import read

T = 1_700_000_000_000_000
SECOND = 1_000_000


def test_discord_answers_are_told_from_what_is_passed_on(tmp_path: Path) -> None:
    found = read("discord", tmp_path)
    said = found.rows("message", "ts_utc", "author_raw", "parent_kind", "kind", "edited", "space_id", "len")
    assert said == [
        (T, "1", "none", "human", False, "500", 15),
        (T + SECOND, "2", "reply", "human", True, "500", 3),
        (T + 2 * SECOND, "1", "reply", "human", False, "500", 4),
        (T + 3 * SECOND, "2", "none", "human", False, "500", 0),
        (T + 4 * SECOND, "1", "none", "system", False, "500", 16),
        (T + 5 * SECOND, "3", "none", "agent", False, "500", 17),
        (T + 6 * SECOND, "2", "none", "human", False, "500", 11),
        (T + 7 * SECOND, "1", "none", "human", False, "500", 4),
    ]
    threads = [thread for (_, thread) in found.rows("message", "ts_utc", "thread_id")]
    assert threads[1] == threads[2] == threads[0]
    assert threads[6] == threads[7] == "600"
    kinds = found.rows("response", "kind", "from_person", "to_person")
    assert kinds == [("mention", "1", "2"), ("reaction", "2", "1")]


def test_discord_direct_messages_need_both(tmp_path: Path) -> None:
    assert read("discord", tmp_path / "a", opted_in=["1"]).reading.withheld == 2
    assert read("discord", tmp_path / "b", opted_in=["1", "2"]).reading.withheld == 0


def test_matrix_ignores_answers_that_are_only_there_for_old_apps(tmp_path: Path) -> None:
    found = read("matrix", tmp_path)
    assert found.messages("author_raw", "parent_id", "parent_kind", "kind", "edited", "deleted", "len") == {
        "$m1": ("@ada:one.example", None, "none", "human", False, False, 8),
        "$m2": ("@bo:two.example", "$m1", "reply", "human", True, False, 3),
        "$m3": ("@ada:one.example", "$m1", "thread", "human", False, False, 13),
        "$m5": ("@robot:one.example", None, "none", "bot", False, False, 12),
        "$m6": ("@ada:one.example", None, "none", "human", False, True, 0),
    }
    assert found.rows("response", "kind", "from_person", "to_person", "ts_utc") == [
        ("mention", "@ada:one.example", "@bo:two.example", T + SECOND),
        ("reaction", "@bo:two.example", "@ada:one.example", T + 5 * SECOND),
    ]
    assert found.reading.not_understood == {"an event of a kind that is not known here": 1}
    assert sum(found.reading.left_out.values()) == 2


def test_a_matrix_room_that_does_not_say_it_is_open_is_private(tmp_path: Path) -> None:
    assert read("matrix-private", tmp_path / "a").reading.messages == 0
    agreed = read("matrix-private", tmp_path / "b", opted_in=["@ada:one.example", "@bo:two.example"])
    assert agreed.reading.messages == 2


def test_a_mastodon_archive_gives_what_was_said_in_public(tmp_path: Path) -> None:
    found = read("mastodon", tmp_path)
    own, theirs = "https://one.example/users/ada/statuses/", "https://two.example/users/bo/statuses/9"
    assert found.messages("parent_id", "parent_kind", "thread_id", "visibility") == {
        f"{own}1": (None, "none", f"{own}1", "public"),
        f"{own}2": (theirs, "reply", theirs, "public"),
        f"{own}3": (None, "none", f"{own}1", "public"),
    }
    assert found.reading.withheld == 2
    assert found.rows("response", "kind", "to_person") == [("mention", "https://two.example/users/bo")]
    assert found.reading.remarks
    assert ("https://one.example/users/ada", "Ada Ling") in found.rows("person", "raw", "name")


def test_discourse_answers_that_name_no_post_are_only_guessed(tmp_path: Path) -> None:
    found = read("discourse/house-2023-11-15-v20231115.tar.gz", tmp_path)
    assert found.messages("author_raw", "parent_id", "parent_kind", "edited", "deleted", "thread_id", "len") == {
        "20/1": ("10", None, "none", False, False, "20/1", 31),
        "20/2": ("11", "20/1", "reply", True, False, "20/1", 4),
        "20/3": ("10", None, "none", False, False, "20/1", 10),
        "20/5": ("11", None, "none", False, True, "20/1", 4),
    }
    guesses = found.rows("inferred", "msg_id", "parent_id", "precision")
    assert guesses == [("20/3", "20/1", None), ("20/5", "20/1", None)]
    assert found.rows("response", "msg_id", "kind", "from_person") == [
        ("20/1", "mention", "10"),
        ("20/1", "reaction", "11"),
    ]
    assert found.reading.withheld == 2
    assert sum(found.reading.not_understood.values()) == 2
    assert found.one("membership", "person", "group_id") == {("10", "hosts")}
    assert found.one("role", "person", "role") == {("10", "admin"), ("-1", "admin"), ("-1", "moderator")}
