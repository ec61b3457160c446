"""Where the files of an archive lie: a folder, a single file, a zip or a tar, each read where it is."""

import io
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol, cast

from deflate import DeflateError, crc32, deflate_decompress
from django.utils.translation import gettext as _

from speak.mirror.archives.streams import MIB
from speak.mirror.errors import Damaged, Unreadable

BROKEN = (EOFError, OSError, zipfile.BadZipFile, zlib.error, tarfile.TarError, NotImplementedError, RuntimeError)
LOCAL_HEADER = 30
# What is held at once is no larger.
MOST = 256 * MIB


class Source(Protocol):
    """Where the files of an archive lie."""

    path: Path

    def sizes(self) -> dict[str, int]:
        """Each file by its name in the archive, with its size in bytes once inflated."""

    def open(self, name: str) -> BinaryIO:
        """One file, to be read from its beginning."""

    def close(self) -> None:
        """Let go of it."""


@dataclass
class Meter:
    """How many bytes were read, told to `report` if there is one."""

    done: int = 0
    report: Callable[[int], None] | None = None

    def add(self, count: int) -> None:
        """So many more."""
        self.done += count
        if self.report:
            self.report(self.done)


class Folder:
    """Files that lie in a folder; links are not followed."""

    def __init__(self, path: Path) -> None:
        """`path` is the folder."""
        self.path = path

    def sizes(self) -> dict[str, int]:
        """Each file with its size."""
        return {file.relative_to(self.path).as_posix(): file.stat().st_size for file in _files_below(self.path)}

    def open(self, name: str) -> BinaryIO:
        """One of them."""
        return (self.path / name).open("rb")

    def close(self) -> None:
        """Nothing is held."""


class File:
    """One file that is the whole archive."""

    def __init__(self, path: Path) -> None:
        """`path` is the file."""
        self.path = path

    def sizes(self) -> dict[str, int]:
        """Itself."""
        return {self.path.name: self.path.stat().st_size}

    def open(self, name: str) -> BinaryIO:
        """Itself."""
        return self.path.with_name(name).open("rb")

    def close(self) -> None:
        """Nothing is held."""


class Extent(NamedTuple):
    """Where an entry of a zip lies, so that another process can read it without the list of all."""

    offset: int
    packed: int
    size: int
    crc: int
    method: int


def inflate(file: BinaryIO, extent: Extent) -> bytes | bytearray:
    """One entry of an open zip file, never more than the size it states. APPNOTE.TXT 4.3.7 tells of the header.

    Raises:
        Damaged: its bytes are not what they were, or compressed in a way that is not known here, or it is too large.
    """
    if extent.size > MOST:
        raise too_large(MOST)
    file.seek(extent.offset)
    header = file.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise Damaged("it ends early, or its bytes were changed")
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), os.SEEK_CUR)
    found: bytes | bytearray = file.read(extent.packed)
    if extent.method == zipfile.ZIP_DEFLATED:
        try:
            found = deflate_decompress(found, extent.size)
        except DeflateError as error:
            raise Damaged("it ends early, or its bytes were changed") from error
    elif extent.method != zipfile.ZIP_STORED:
        raise Damaged(why(NotImplementedError()))
    if len(found) != extent.size or crc32(found) != extent.crc:
        raise Damaged("it ends early, or its bytes were changed")
    return found


class Zip:
    """A zip file; each entry is inflated while it is read, and never beyond the size it states."""

    def __init__(self, path: Path) -> None:
        """`path` is the zip."""
        self.path = path
        self._zip = zipfile.ZipFile(path)

    def sizes(self) -> dict[str, int]:
        """Each entry with the size it states."""
        if any(entry.flag_bits & 1 for entry in self._zip.infolist()):
            raise Unreadable(_("This zip file is locked with a password."), hint=_("Unlock it, and try again."))
        return {entry.filename: entry.file_size for entry in self._zip.infolist() if not entry.filename.endswith("/")}

    def open(self, name: str) -> BinaryIO:
        """One entry."""
        return cast("BinaryIO", self._zip.open(name))

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def extent(self, name: str) -> Extent:
        """Where one entry lies."""
        found = self._zip.getinfo(name)
        return Extent(found.header_offset, found.compress_size, found.file_size, found.CRC, found.compress_type)


class Tar:
    """A tar file that is not compressed; only plain files in it are seen."""

    def __init__(self, path: Path) -> None:
        """`path` is the tar."""
        self.path = path
        self._tar = tarfile.open(path, "r:")  # noqa: SIM115 - stays open as long as the archive is read

    def sizes(self) -> dict[str, int]:
        """Each file with its size; a list that breaks off ends there."""
        return {member.name.removeprefix("./"): member.size for member in self._members() if member.isfile()}

    def open(self, name: str) -> BinaryIO:
        """One file."""
        found = self._tar.extractfile(self._member(name))
        if found is None:
            raise Damaged("it is not a plain file")
        return cast("BinaryIO", found)

    def close(self) -> None:
        """Let go of the file."""
        self._tar.close()

    def _member(self, name: str) -> tarfile.TarInfo:
        try:
            return self._tar.getmember(name)
        except KeyError:
            return self._tar.getmember(f"./{name}")

    def _members(self) -> Iterator[tarfile.TarInfo]:
        try:
            yield from self._tar
        except (tarfile.ReadError, EOFError):
            return


class Metered(io.RawIOBase):
    """Entries of zips and tars as raw streams, metered, so that a `BufferedReader` knows how to read them."""

    def __init__(self, entry: BinaryIO, meter: Meter) -> None:
        """`entry` is read, `meter` told."""
        self._entry = entry
        self._meter = meter

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill `buffer`."""
        found = self._entry.read(len(buffer))
        buffer[: len(found)] = found
        self._meter.add(len(found))
        return len(found)

    def close(self) -> None:
        """Let go of the entry too."""
        self._entry.close()
        super().close()


def _files_below(folder: Path) -> Iterator[Path]:
    for base, _folders, names in os.walk(folder, followlinks=False):
        for name in sorted(names):
            file = Path(base) / name
            if file.is_file() and not file.is_symlink():
                yield file


def too_large(most: int) -> Damaged:
    """A file of more than so many bytes is not held."""
    return Damaged(f"larger than {most // MIB} MiB")


def why(error: BaseException) -> str:
    """What is wrong with a file, in words."""
    if isinstance(error, EOFError | zlib.error):
        return _("it ends early, or its bytes were changed")
    if isinstance(error, NotImplementedError):
        return _("it is compressed in a way that is not known here")
    return str(error) or type(error).__name__
