"""Pictures that lie elsewhere, fetched through the one door and kept under a name made of their address."""

import hashlib
from pathlib import Path

from speak.federation.far_files import served_at
from speak.kernel.outbound import Ask


def is_elsewhere(name: str) -> bool:
    """Whether a picture is named by its address, and not by where it lies in a file."""
    return name.startswith(("https://", "http://"))


def name_of(address: str) -> str:
    """What it is called here until it has been brought."""
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()


def fetch_picture(address: str, path: Path, *, ask: Ask) -> int:
    """Fetch one; whatever goes wrong, there is an empty file, so that it is not tried again. Returns its bytes."""
    data = served_at(address, ask=ask)
    path.write_bytes(data)
    return len(data)
