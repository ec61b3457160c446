"""Makes the files that people bring of what lies in `tests/wire/imports/`."""

import io
import tarfile
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from PIL import Image

from speak.clients.bringing import bring_file
from speak.clients.models import Import, ImportState
from speak.identity.models import Actor
from speak.kernel.outbound import Answer
from speak.voice.actions import BroughtFor
from speak.voice.models import Post
from tests.fakes import FakeOutbound

WIRE = Path(__file__).parents[2] / "wire" / "imports"
ALONE = BroughtFor()
PLACE = "taken at 52.5200 N"


@cache
def photo() -> bytes:
    """A picture that tells where it was taken."""
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = PLACE
    Image.new("RGB", (4, 4), "teal").save(made, "JPEG", exif=exif)
    return made.getvalue()


def files_of(name: str, more: dict[str, bytes] | None = None) -> dict[str, bytes]:
    """What lies in a folder there, and `more` by their paths."""
    folder = WIRE / name
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return found | (more or {})


def zipped(files: dict[str, bytes], path: Path) -> Path:
    """As a zip at `path`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return path


def tarred(files: dict[str, bytes], path: Path) -> Path:
    """As a tar.gz at `path`."""
    with tarfile.open(path, "w:gz") as file:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            file.addfile(member, io.BytesIO(data))
    return path


def cut_off(path: Path, *, to: float = 0.6) -> Path:
    """The same, breaking off."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * to)])
    return path


def brought(
    owner: Actor, path: Path, chosen: BroughtFor = ALONE, *, answers: Mapping[str, Answer | Exception] | None = None
) -> Import:
    """What came of bringing it, where other servers answer so."""
    row = bring_file(owner, path=path, chosen=chosen, ask=FakeOutbound(answers).ask)
    assert row.state == ImportState.DONE, row.refused
    return row


def refused(owner: Actor, path: Path) -> str:
    """Why it was not brought; nothing of it was."""
    before = Post.objects.count()
    row = bring_file(owner, path=path, chosen=BroughtFor())
    assert row.state == ImportState.REFUSED
    assert Post.objects.count() == before
    return row.refused


def counts(row: Import) -> dict[str, int]:
    """What the report says was left out or not understood, and how often."""
    found = dict(row.report["read"]["counts"])
    together: dict[str, int] = found | row.report.get("pictures", {}).get("counts", {})
    return together
