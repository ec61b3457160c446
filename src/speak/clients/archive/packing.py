"""A ZIP file that is written as it goes, with a checksum of everything in it."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

SUMS = "SHA256SUMS"
CHUNK = 1024 * 1024
# What is packed already gets no smaller.
PACKED = (".webp", ".jpg", ".png", ".gif", ".mp3", ".ogg", ".m4a", ".mp4", ".webm")


class Pack:
    """A ZIP file in the making."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        """`packed` makes one."""
        self._file = file
        self._sums: list[str] = []

    def write(self, name: str, parts: Iterable[bytes]) -> None:
        """Put in a file, part by part."""
        how = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
        digest = hashlib.sha256()
        info = zipfile.ZipInfo(name)
        info.compress_type, info.external_attr = how, 0o644 << 16
        with self._file.open(info, "w", force_zip64=True) as member:
            for part in parts:
                digest.update(part)
                member.write(part)
        self._sums.append(f"{digest.hexdigest()}  {name}\n")

    def write_file(self, name: str, path: Path) -> bool:
        """Put in a file that lies at `path`; whether there was one."""
        try:
            with path.open("rb") as source:
                self.write(name, _chunks(source))
        except FileNotFoundError:
            return False
        return True

    def finish(self) -> None:
        """Write the checksums down, as `sha256sum -c` reads them."""
        self._file.writestr(SUMS, "".join(self._sums), zipfile.ZIP_DEFLATED)


@contextmanager
def packed(path: Path) -> Iterator[Pack]:
    """A ZIP file that stands at `path` once it is whole, and not before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    partial.unlink(missing_ok=True)
    # Private papers are in it: nobody else on the machine may read it.
    partial.touch(mode=0o600)
    try:
        with zipfile.ZipFile(partial, "w") as file:
            pack = Pack(file)
            yield pack
            pack.finish()
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while part := source.read(CHUNK):
        yield part
