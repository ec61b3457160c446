"""Whether a file that somebody took along is whole."""

import hashlib
import zipfile
import zlib
from pathlib import Path

from speak.clients.archive.packing import CHUNK, SUMS

LARGEST_SUMS = 64 * 1024 * 1024


def faults_in(path: Path) -> list[str]:
    """What is wrong with it, a sentence for each file; nothing where each has its checksum.

    Checksums find what was damaged or lost on the way. They do not say who made the file.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            return _faults(packed)
    except (zipfile.BadZipFile, OSError):
        return ["It breaks off, or is no such file at all."]


def _faults(packed: zipfile.ZipFile) -> list[str]:
    names = {info.filename: info for info in packed.infolist() if not info.is_dir()}
    known = names.pop(SUMS, None)
    if known is None or known.file_size > LARGEST_SUMS:
        return [f"There is no {SUMS} in it."]
    lines = packed.read(SUMS).decode("utf-8", "replace").splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines) if name}
    faults = [f"{name} is missing." for name in sums if name not in names]
    faults += [f"{name} has no checksum." for name in names if name not in sums]
    faults += [f"{name} is not as it was." for name in names if name in sums and _sum(packed, name) != sums[name]]
    return faults


def _sum(packed: zipfile.ZipFile, name: str) -> str:
    """Its SHA-256 in hexadecimal; nothing where it cannot be read to its end."""
    digest = hashlib.sha256()
    try:
        with packed.open(name) as member:
            while part := member.read(CHUNK):
                digest.update(part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return ""
    return digest.hexdigest()
