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
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple, Protocol, Self, cast

from zlib_ng import zlib_ng

from speak.mirror.archives.streams import Bounded
from speak.mirror.errors import Damaged, TooLarge, Unreadable

MIB = 1024 * 1024
MOST_FILES = 2_000_000
MOST_BYTES = 256 * 1024 * MIB
# Conversations compress to a tenth, at best to a fiftieth; what becomes much more was made to fill a disk.
MOST_RATIO = 200
HARMLESS = 64 * MIB
CHUNK = MIB
LOCAL_HEADER = 30
GZIP = zlib.MAX_WBITS + 16
ASK = "Ask whoever gave it to you what it is."
# The library's exception, which its stubs describe as an instance.
ZLIB_ERROR = cast("type[Exception]", zlib_ng.error)
BROKEN = (EOFError, OSError, zipfile.BadZipFile, zlib.error, tarfile.TarError, NotImplementedError, RuntimeError)
LEAVE_OUT = ("__MACOSX/",)


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
            with io.BufferedReader(_Raw(self.source.open(self.real_name(name)), self.meter), CHUNK) as packed:
                if not name.endswith(".gz"):
                    yield packed
                    return
                most = max(HARMLESS, self.sizes[name] * MOST_RATIO)
                with gzip.open(packed) as inflated, Bounded.over(inflated, most) as bounded:
                    yield bounded
        except BROKEN as error:
            raise Damaged(_why(error)) from error

    def read(self, name: str, *, most: int = 256 * MIB) -> bytes:
        """A whole file that is small enough to hold.

        Raises:
            Damaged: it cannot be read, or is larger than `most` bytes.
        """
        with self.open(name) as stream:
            found = stream.read(most + 1)
        if len(found) > most:
            raise Damaged(f"larger than {most // MIB} MiB")
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
            f"This archive cannot be opened: {_why(error)}.", hint="Download it once more; it may have been cut off."
        ) from error
    inside = {name: size for name, size in found.items() if _stays_inside(name) and not name.startswith(LEAVE_OUT)}
    outside = tuple(sorted(name for name in found if not _stays_inside(name)))
    _refuse_bombs(path, inside)
    root = _root_of(inside)
    below = {name.removeprefix(root): size for name, size in inside.items()}
    return Container(source, below, outside, is_cut_off, root)


def _source_of(path: Path, scratch: Path) -> tuple[Source, bool]:
    if path.is_dir():
        return Folder(path), False
    if not path.is_file():
        raise Unreadable("There is no such file.", hint="Check its name.")
    if zipfile.is_zipfile(path):
        return Zip(path), False
    with path.open("rb") as stream:
        head = stream.read(4)
    if head.startswith(b"PK"):
        raise Unreadable("This zip file is cut off: its list of files is missing.", hint="Download it once more.")
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
                    raise TooLarge("This archive becomes far more than its size allows.", hint=ASK)
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


def inflate(file: BinaryIO, extent: Extent) -> bytes:
    """One entry of an open zip file, never more than the size it states. APPNOTE.TXT 4.3.7 tells of the header.

    Raises:
        Damaged: its bytes are not what they were, or compressed in a way that is not known here.
    """
    file.seek(extent.offset)
    header = file.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise Damaged("it ends early, or its bytes were changed")
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), os.SEEK_CUR)
    found = file.read(extent.packed)
    if extent.method == zipfile.ZIP_DEFLATED:
        try:
            found = zlib_ng.decompressobj(-zlib.MAX_WBITS).decompress(found, extent.size + 1)
        except ZLIB_ERROR as error:
            raise Damaged(_why(error)) from error
    elif extent.method != zipfile.ZIP_STORED:
        raise Damaged(_why(NotImplementedError()))
    if len(found) != extent.size or zlib_ng.crc32(found) != extent.crc:
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
            raise Unreadable("This zip file is locked with a password.", hint="Unlock it, and try again.")
        return {entry.filename: entry.file_size for entry in self._zip.infolist() if not entry.is_dir()}

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


class _Raw(io.RawIOBase):
    """Entries of zips and tars as raw streams, metered, so that a `BufferedReader` knows how to read them."""

    def __init__(self, entry: BinaryIO, meter: Meter) -> None:
        self._entry = entry
        self._meter = meter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        found = self._entry.read(len(buffer))
        buffer[: len(found)] = found
        self._meter.add(len(found))
        return len(found)

    def close(self) -> None:
        self._entry.close()
        super().close()


def _files_below(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder, followlinks=False):
        for name in sorted(names):
            file = Path(base) / name
            if file.is_file() and not file.is_symlink():
                yield file


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return not path.is_absolute() and ".." not in path.parts and ":" not in path.parts[0]


def _refuse_bombs(path: Path, sizes: dict[str, int]) -> None:
    total = sum(sizes.values())
    packed = path.stat().st_size if path.is_file() else total
    if len(sizes) > MOST_FILES or total > MOST_BYTES or total > max(HARMLESS, packed * MOST_RATIO):
        raise TooLarge("This archive becomes far more than its size allows.", hint=ASK)


def _root_of(names: Iterable[str]) -> str:
    """The folders that hold everything, with a slash at the end; empty if something lies at the top."""
    folders = [PurePosixPath(name).parts[:-1] for name in names]
    common = takewhile(lambda parts: len(set(parts)) == 1, zip(*folders, strict=False))
    return "".join(f"{parts[0]}/" for parts in common)


def _why(error: BaseException) -> str:
    if isinstance(error, EOFError | zlib.error):
        return "it ends early, or its bytes were changed"
    if isinstance(error, NotImplementedError):
        return "it is compressed in a way that is not known here"
    return str(error) or type(error).__name__
