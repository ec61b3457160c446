"""Annotated IRC: what was stated is as right as measured, and what was guessed says how often it is right."""

import tarfile
from collections import defaultdict
from pathlib import Path

import pytest

from speak.mirror.archives.irc import LAST, RIGHT, THEIRS

from .readings import WIRE, Read, read

ARCHIVE = WIRE / "irc-replies-annotated.tar.gz"
Links = dict[str, set[str]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Read:
    return read(ARCHIVE, tmp_path_factory.mktemp("irc"))


@pytest.fixture(scope="module")
def by_hand() -> Links:
    """Which messages each answers, as people annotated them; a message that answers itself opens a conversation."""
    links = defaultdict(set)
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file and member.name.endswith(".annotation.txt"):
                stem = Path(member.name).name.partition(".")[0]
                for line in file.read().decode().splitlines():
                    first, second = sorted(map(int, line.split()[:2]))
                    if first != second:
                        links[f"{stem}:{second}"].add(f"{stem}:{first}")
    return links


def test_every_line_is_read_left_out_or_listed(found: Read) -> None:
    with tarfile.open(ARCHIVE) as archive:
        files = [archive.extractfile(member) for member in archive if member.name.endswith(".raw.txt")]
        lines = sum(1 for file in files if file for line in file.read().split(b"\n") if line.strip())
    reading = found.reading
    assert reading.messages + sum(reading.left_out.values()) + sum(reading.not_understood.values()) == lines


def test_whom_a_message_names_is_whom_it_answers(found: Read, by_hand: Links) -> None:
    said = {row[0]: row[1] for row in found.rows("message", "msg_id", "person")}
    named: dict[str, str] = dict(found.rows("response", "msg_id", "to_person"))
    answered = {
        answer: {said[parent] for parent in parents if parent in said}
        for answer, parents in by_hand.items()
        if answer in said
    }
    answered = {answer: people for answer, people in answered.items() if people - {said[answer]}}
    right = [named[answer] in people for answer, people in answered.items() if answer in named]
    assert len(right) > 0.5 * len(answered) > 2000
    assert sum(right) / len(right) == pytest.approx(0.986, abs=0.01)


@pytest.mark.parametrize("how", [THEIRS, LAST])
def test_a_guess_says_how_often_it_is_right(found: Read, by_hand: Links, how: str) -> None:
    said = {row[0]: row[1] for row in found.rows("message", "msg_id", "person")}
    right = [
        parent in by_hand[answer]
        for answer, parent, way, precision in found.rows("inferred", "msg_id", "parent_id", "how", "precision")
        if way == how and precision == RIGHT[how] and answer in by_hand
        if {said.get(str(other), said[str(answer)]) for other in by_hand[str(answer)]} != {said[str(answer)]}
    ]
    assert sum(right) / len(right) == pytest.approx(RIGHT[how], abs=0.002)


def test_no_guess_stands_among_what_was_stated(found: Read) -> None:
    assert found.one("message", "parent_id") == {None}
