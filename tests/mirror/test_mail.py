"""Mail: pipermail's months, mbox, and Maildir."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

from .readings import read

T = 1_700_000_000_000_000


def test_a_month_of_pipermail_counts_each_message_id_once(tmp_path: Path) -> None:
    found = read("pipermail/2023-November.txt", tmp_path)
    said = found.messages("author_raw", "parent_id", "parent_kind", "zone_minutes", "ts_utc", "len")
    assert said["1@one.example"] == ("ada@one.example", None, "none", 60, T, 43)
    assert said["2@two.example"] == ("bo@two.example", "1@one.example", "reply", -300, T + 400_000_000, 5)
    assert len(said) == 3
    assert found.reading.duplicates == 1
    assert found.reading.not_understood == {"a mail that does not say who wrote it": 1}


def test_a_date_that_cannot_be_is_taken_from_the_envelope(tmp_path: Path) -> None:
    found = read("pipermail/2023-November.txt", tmp_path)
    late = [row for row in found.rows("message", "author_raw", "ts_utc") if row[0] == "ada.ling@home.example"]
    assert late == [("ada.ling@home.example", 1_700_035_200_000_000)]


def test_an_answer_to_references_alone_answers_the_last_and_stands_in_the_first(tmp_path: Path) -> None:
    found = read("pipermail/2023-November.txt", tmp_path)
    rows = {row[0]: row[1:] for row in found.rows("message", "author_raw", "parent_id", "thread_id")}
    assert rows["ada.ling@home.example"] == ("2@two.example", "0@one.example")


def test_the_same_full_name_and_a_like_address_are_one_person(tmp_path: Path) -> None:
    found = read("pipermail/2023-November.txt", tmp_path)
    people = {row[0]: row[1:] for row in found.rows("person", "raw", "person", "reason")}
    assert people["ada@one.example"][0] == people["ada.ling@home.example"][0]
    assert people["ada@one.example"][1] == "same name and like addresses"
    assert ("bo@two.example", "Bo Vänce") in found.rows("person", "raw", "name")


def test_a_maildir_tells_robots_lists_and_old_encodings(tmp_path: Path) -> None:
    found = read("maildir", tmp_path)
    said = found.messages("author_raw", "kind", "n_recipients", "zone_minutes", "thread_id")
    assert said == {
        "m1@one.example": ("ada@one.example", "human", 2, 60, "m1@one.example"),
        "m2@one.example": ("ada.ling@one.example", "human", 1, 60, "m1@one.example"),
        "m3@github.example": ("notifications@github.example", "bot", None, 60, "m3@github.example"),
        "m4@three.example": ("joerg@three.example", "human", None, None, "m4@three.example"),
    }
    assert found.reading.withheld == 1
    assert ("maildir", "tea.lists.example") in found.rows("space", "space_id", "name")


def test_a_mail_that_no_list_passed_on_is_between_those_it_names(tmp_path: Path) -> None:
    found = read("maildir", tmp_path, opted_in=["ada@one.example", "bo@two.example"])
    assert found.reading.withheld == 0
    assert ("m5@one.example", "direct") in found.rows("message", "msg_id", "visibility")


def test_an_mbox_that_python_writes_is_read_to_the_message(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "tea.mbox")
    for number in range(200):
        mail = EmailMessage()
        mail["From"] = f"Person {number % 7} <p{number % 7}@one.example>"
        mail["Date"] = f"Tue, 14 Nov 2023 {number // 60:02d}:{number % 60:02d}:00 +0000"
        mail["Message-ID"] = f"<{number}@one.example>"
        mail.set_content("Words\n\nFrom here on it goes on.\n")
        box.add(mail)
    box.close()
    assert read(tmp_path / "tea.mbox", tmp_path).reading.messages == 200
