"""Archives that are cut off, of mixed encodings, far too large or made to do harm."""

import contextlib
import gzip
import io
import json
import random
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest

from speak.kernel.errors import Refusal
from speak.mirror.archives import streams
from speak.mirror.archives.reading import Progress, read_archive
from speak.mirror.archives.sources import MOST, Extent, inflate
from speak.mirror.errors import Damaged, NotAnArchive, TooLarge, Unreadable

from .readings import WIRE, read

USERS = json.dumps([{"id": "U1", "name": "ada", "real_name": "Ada Ling", "profile": {}}])
CHANNELS = json.dumps([{"id": "C1", "name": "tea"}])
DAY = json.dumps([{"type": "message", "user": "U1", "ts": f"17000000{n:02d}.000000", "text": "tea"} for n in range(50)])


def slack_zip(path: Path, days: dict[str, bytes]) -> Path:
    """A zip in Slack's form with these days."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("users.json", USERS)
        out.writestr("channels.json", CHANNELS)
        for name, raw in days.items():
            out.writestr(name, raw)
    return path


def test_something_else_is_refused_and_what_is_known_is_named(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("milk\nbread\n", encoding="utf-8")
    with pytest.raises(NotAnArchive) as refused:
        read(tmp_path / "list.txt", tmp_path)
    assert "Slack" in refused.value.hint


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        read(tmp_path / "nothing.zip", tmp_path)


def test_a_zip_that_is_cut_off_is_refused_with_what_to_do(tmp_path: Path) -> None:
    whole = slack_zip(tmp_path / "whole.zip", {"tea/2023-11-14.json": DAY.encode()})
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole.read_bytes()[:-200])
    with pytest.raises(Unreadable, match="cut off") as refused:
        read(cut, tmp_path)
    assert refused.value.hint == "Download it once more."


def test_a_tar_that_is_cut_off_is_read_as_far_as_it_goes_and_says_so(tmp_path: Path) -> None:
    flat = io.BytesIO()
    with tarfile.open(fileobj=flat, mode="w") as tar:
        tar.add(WIRE / "slack", "export")
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(gzip.compress(flat.getvalue(), mtime=0)[:-30])
    found = read(cut, tmp_path)
    assert found.reading.messages > 0
    assert any("cut off" in remark for remark in found.reading.remarks)


def test_a_day_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    days = {"tea/2023-11-14.json": DAY.encode()[: len(DAY) // 2], "tea/2023-11-15.json": b"{nothing"}
    found = read(slack_zip(tmp_path / "a.zip", days), tmp_path)
    assert found.reading.messages == 25
    assert found.one("missed", "place") == {"tea/2023-11-14.json[25]", "tea/2023-11-15.json[0]"}


def test_bytes_that_were_changed_are_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    path = slack_zip(tmp_path / "a.zip", {"tea/2023-11-14.json": DAY.encode(), "tea/2023-11-15.json": DAY.encode()})
    raw = bytearray(path.read_bytes())
    place = raw.index(b"tea/2023-11-14.json") + len("tea/2023-11-14.json") + 20
    raw[place] ^= 0xFF
    path.write_bytes(bytes(raw))
    found = read(path, tmp_path)
    assert found.reading.messages == 50
    assert found.one("missed", "place") == {"tea/2023-11-14.json"}


def test_letters_of_another_encoding_do_not_lose_a_message(tmp_path: Path) -> None:
    day = b'[{"type":"message","user":"U1","ts":"1700000099.000000","text":"Gr\xfc\xdfe"},' + DAY.encode()[1:]
    assert read(slack_zip(tmp_path / "a.zip", {"tea/2023-11-14.json": day}), tmp_path).reading.messages == 51


def test_a_zip_that_becomes_far_more_than_its_size_is_refused(tmp_path: Path) -> None:
    bomb = slack_zip(tmp_path / "bomb.zip", {"tea/2023-11-14.json": b" " * (100 * 1024 * 1024)})
    with pytest.raises(TooLarge):
        read(bomb, tmp_path)
    assert not list(tmp_path.glob("reading/.scratch*/*"))


def test_a_tar_that_becomes_far_more_than_its_size_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.tar.gz"
    with tarfile.open(bomb, "w:gz") as tar:
        member = tarfile.TarInfo("users.json")
        member.size = 100 * 1024 * 1024
        tar.addfile(member, io.BytesIO(b" " * member.size))
    with pytest.raises(TooLarge):
        read(bomb, tmp_path)


def test_a_zip_that_lies_about_its_sizes_gives_no_more_than_it_states(tmp_path: Path) -> None:
    path = slack_zip(tmp_path / "a.zip", {"tea/2023-11-14.json": b" " * (8 * 1024 * 1024)})
    raw = path.read_bytes()
    stated = (8 * 1024 * 1024).to_bytes(4, "little")
    path.write_bytes(raw.replace(stated, (100).to_bytes(4, "little")))
    found = read(path, tmp_path)
    assert found.reading.messages == 0
    assert found.one("missed", "place") == {"tea/2023-11-14.json"}


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = slack_zip(tmp_path / "a.zip", {"tea/2023-11-14.json": DAY.encode()})
    raw = bytearray(path.read_bytes())
    place = raw.index(b"PK\x01\x02")
    raw[place + 8] |= 1
    path.write_bytes(bytes(raw))
    with pytest.raises(Unreadable, match="password"):
        read(path, tmp_path)


@pytest.mark.parametrize("name", ["../outside.json", "/etc/outside.json", "tea/../../outside.json", "C:/outside.json"])
def test_nothing_escapes_its_folder(tmp_path: Path, name: str) -> None:
    archive = slack_zip(tmp_path / "a.zip", {})
    with zipfile.ZipFile(archive, "a") as out:
        out.writestr("tea/2023-11-14.json", DAY)
        out.writestr(name, DAY)
    found = read(archive, tmp_path / "out")
    assert found.reading.messages == 50
    assert found.one("missed", "place") == {name}
    assert not list(tmp_path.rglob("outside.json"))


class Nameless(zipfile.ZipInfo):
    """An entry whose name may be empty; what writes zips would stumble over it itself."""

    def is_dir(self) -> bool:
        return False


@pytest.mark.parametrize("name", ["", "."])
def test_a_file_without_a_name_is_nothing_to_stumble_over(tmp_path: Path, name: str) -> None:
    archive = slack_zip(tmp_path / "a.zip", {"tea/2023-11-14.json": DAY.encode()})
    with zipfile.ZipFile(archive, "a") as out:
        out.writestr(Nameless(name), DAY)
    assert read(archive, tmp_path / "out").reading.messages == 50


def test_a_day_too_large_to_hold_is_refused_before_it_is_inflated(tmp_path: Path) -> None:
    archive = slack_zip(tmp_path / "a.zip", {"tea/2023-11-14.json": DAY.encode()})
    lies = Extent(offset=0, packed=archive.stat().st_size, size=MOST + 1, crc=0, method=zipfile.ZIP_DEFLATED)
    with archive.open("rb") as file, pytest.raises(Damaged, match="larger than 256 MiB"):
        inflate(file, lies)


def test_links_in_a_tar_or_a_folder_are_not_followed(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(WIRE / "slack", tmp_path / "export"))
    (tmp_path / "secret.json").write_text(DAY, encoding="utf-8")
    (folder / "8_tea" / "2024-03-09.json").symlink_to(tmp_path / "secret.json")
    with tarfile.open(tmp_path / "export.tar", "w") as tar:
        tar.add(folder, "export")
    whole = read("slack", tmp_path / "a").reading.messages
    assert read(folder, tmp_path / "b").reading.messages == whole
    assert read(tmp_path / "export.tar", tmp_path / "c").reading.messages == whole


def test_a_line_of_any_length_is_skipped() -> None:
    missed: list[tuple[str, str]] = []
    stream = io.BytesIO(b'{"a":1}\n' + b"x" * 5000 + b'\n{"a":2}\n')
    found = list(streams.lines(stream, name="f", missed=lambda *miss: missed.append(miss), longest=100))
    assert found == [(1, b'{"a":1}'), (3, b'{"a":2}')]
    assert [place for place, _ in missed] == ["f:2"]


def test_a_file_too_large_to_decode_at_once_is_read_item_by_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read("discord", tmp_path / "a")
    monkeypatch.setattr(streams, "AT_ONCE", 100)
    piecewise = read("discord", tmp_path / "b")
    assert piecewise.rows("message", "*") == whole.rows("message", "*")


def test_progress_is_told_and_ends_at_the_end(tmp_path: Path) -> None:
    told: list[Progress] = []
    read_archive(WIRE / "slack", into=tmp_path, progress=told.append)
    assert told
    assert all(0 <= step.done <= step.total for step in told)
    assert [step.done for step in told] == sorted(step.done for step in told)


FORMATS = ["slack", "mattermost", "zulip", "zulip-archive", "discord", "teams", "viva", "matrix", "mastodon", "maildir"]


@pytest.mark.parametrize("name", [*FORMATS, "pipermail", "discourse"])
def test_harm_done_at_random_is_refused_or_told_and_never_a_fault(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)  # noqa: S311 - no secret
    for trial in range(4):
        folder = Path(shutil.copytree(WIRE / name, tmp_path / str(trial)))
        files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
        for file in chance.sample(files, k=min(2, len(files))):
            file.write_bytes(_harmed(file.read_bytes(), chance))
        with contextlib.suppress(Refusal):
            read(folder, tmp_path / f"read-{trial}")


def _harmed(raw: bytes, chance: random.Random) -> bytes:
    """Bytes with a few changed, lost or put in, or cut off somewhere."""
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(raw) + 1)
        put_in = chance.choice(
            [b"null", b"[]", b"{}", b"\xff", b"\x00", b'"', b"9" * 30, b"-1", b"1e999", b"\t", b"\n"]
        )
        rest = chance.choice([raw[place:], raw[place + 1 :], raw[place + 20 :], b""])
        raw = raw[:place] + chance.choice([put_in, b""]) + rest
    return raw


def test_no_words_are_left_on_the_disk(tmp_path: Path) -> None:
    read("slack", tmp_path, opted_in=["U1", "U2"])
    left = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {file.suffix for file in left} == {".parquet"}
    assert not [file for file in left if b"brings the tea" in file.read_bytes()]
