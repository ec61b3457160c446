"""An archive as it lies there: a zip, a tar, a folder or a single file. Nothing is ever unpacked beside it.

Files are read where they are, by their names inside; a name can lead nowhere else. A tar that is compressed is inflated
once, into the scratch folder, and thrown away with it.
"""

import gzip
import io
import os
import tarfile
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speak.mirror.archives.sources import BROKEN, MOST, File, Folder, Meter, Metered, Source, Tar, Zip, too_large, why
from speak.mirror.archives.streams import MIB, Bounded
from speak.mirror.errors import Damaged, TooLarge, Unreadable

MOST_FILES = 2_000_000
MOST_BYTES = 256 * 1024 * MIB
# Conversations compress to a tenth, at best to a fiftieth; what becomes much more was made to fill a disk.
MOST_RATIO = 200
HARMLESS = 64 * MIB
CHUNK = MIB
GZIP = zlib.MAX_WBITS + 16
ASK = gettext_lazy("Ask whoever gave it to you what it is.")
LEAVE_OUT = ("__MACOSX/",)


@dataclass(frozen=True)
class Container:
    """The files of an archive, by their names below the folder that holds them all."""

    source: Source
    sizes: dict[str, int]
    outside: tuple[str, ...]
    is_cut_off: bool = False
    root: str = ""
    meter: Meter = field(default_factory=Meter)

    @property
    def total(self) -> int:
        """Bytes, inflated."""
        return sum(self.sizes.values())

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of it."""
        self.source.close()

    def real_name(self, name: str) -> str:
        """What the archive itself calls a file."""
        return self.root + name

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """One file as a stream; what ends in .gz is inflated.

        Raises:
            Damaged: it cannot be read, or not further.
        """
        try:
            with io.BufferedReader(Metered(self.source.open(self.real_name(name)), self.meter), CHUNK) as packed:
                if not name.endswith(".gz"):
                    yield packed
                    return
                most = max(HARMLESS, self.sizes[name] * MOST_RATIO)
                with gzip.open(packed) as inflated, Bounded.over(inflated, most) as bounded:
                    yield bounded
        except BROKEN as error:
            raise Damaged(why(error)) from error

    def read(self, name: str, *, most: int = MOST) -> bytes:
        """A whole file that is small enough to hold.

        Raises:
            Damaged: it cannot be read, or is larger than `most` bytes.
        """
        with self.open(name) as stream:
            found = stream.read(most + 1)
        if len(found) > most:
            raise too_large(most)
        return found

    def named(self, *endings: str) -> list[str]:
        """The names that end like this, in order."""
        return sorted(name for name in self.sizes if name.endswith(endings))


def open_container(path: Path, scratch: Path) -> Container:
    """Look at an archive's list of files.

    Raises:
        Unreadable: there is nothing, or it is cut off, locked, or broken.
        TooLarge: too many files, or more bytes than an honest archive of its size becomes.
    """
    try:
        source, is_cut_off = _source_of(path, scratch)
        found = source.sizes()
    except BROKEN as error:
        raise Unreadable(
            _("This archive cannot be opened: %(why)s.") % {"why": why(error)},
            hint=_("Download it once more; it may have been cut off."),
        ) from error
    outside = {name for name in found if not _stays_inside(name)}
    inside = {name: size for name, size in found.items() if name not in outside and not name.startswith(LEAVE_OUT)}
    _refuse_bombs(path, inside)
    root = _root_of(inside)
    below = {name.removeprefix(root): size for name, size in inside.items()}
    return Container(source, below, tuple(sorted(outside)), is_cut_off, root)


def _source_of(path: Path, scratch: Path) -> tuple[Source, bool]:
    if path.is_dir():
        return Folder(path), False
    if not path.is_file():
        raise Unreadable(_("There is no such file."), hint=_("Check its name."))
    if zipfile.is_zipfile(path):
        return Zip(path), False
    with path.open("rb") as stream:
        head = stream.read(4)
    if head.startswith(b"PK"):
        raise Unreadable(_("This zip file is cut off: its list of files is missing."), hint=_("Download it once more."))
    if _is_tar(path):
        return _inflated_tar(path, scratch)
    return File(path), False


def _is_tar(path: Path) -> bool:
    try:
        with tarfile.open(path, "r:*") as tar:
            return tar.next() is not None
    except (*BROKEN, ValueError):
        return False


def _inflated_tar(path: Path, scratch: Path) -> tuple[Source, bool]:
    """A tar by random access; a compressed one is inflated first, as far as it goes."""
    with path.open("rb") as stream:
        if stream.read(2) != b"\x1f\x8b":
            return Tar(path), False
    flat, done = scratch / "inflated.tar", 0
    most = max(HARMLESS, min(MOST_BYTES, path.stat().st_size * MOST_RATIO))
    with path.open("rb") as packed, flat.open("wb") as out:
        try:
            for chunk in _inflated(packed):
                done += len(chunk)
                if done > most:
                    raise TooLarge(_("This archive becomes far more than its size allows."), hint=str(ASK))
                out.write(chunk)
        except (EOFError, zlib.error):
            return Tar(flat), True
    return Tar(flat), False


def _inflated(packed: BinaryIO) -> Iterator[bytes]:
    """What a gzip file holds, in pieces, up to the last byte that is there.

    Raises:
        EOFError: it ends before its end.
        zlib.error: its bytes were changed.
    """
    member = zlib.decompressobj(GZIP)
    while found := packed.read(CHUNK):
        while found:
            yield member.decompress(found, CHUNK)
            found = member.unconsumed_tail
            if member.eof:
                found = member.unused_data
                member = zlib.decompressobj(GZIP) if found else member
    if not member.eof:
        raise EOFError


def _stays_inside(name: str) -> bool:
    """A name without "..", a drive or a root; of a hundred thousand names, text is looked at much sooner than paths."""
    first, *more = name.replace("\\", "/").split("/")
    return first not in {"", ".."} and ":" not in first and ".." not in more


def _refuse_bombs(path: Path, sizes: dict[str, int]) -> None:
    total = sum(sizes.values())
    packed = path.stat().st_size if path.is_file() else total
    if len(sizes) > MOST_FILES or total > MOST_BYTES or total > max(HARMLESS, packed * MOST_RATIO):
        raise TooLarge(_("This archive becomes far more than its size allows."), hint=str(ASK))


def _root_of(names: Collection[str]) -> str:
    """The folders that hold everything, with a slash at the end; empty if something lies at the top."""
    common = os.path.commonprefix([min(names), max(names)]) if names else ""  # noqa: RUF071 - cut at a slash
    return common[: common.rfind("/") + 1]
