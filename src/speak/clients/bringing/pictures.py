"""Pictures that lie elsewhere, fetched through the one door and kept under a name made of their address."""

import hashlib
from pathlib import Path

from speak.federation.documents.nodes import host_of
from speak.kernel.outbound import Ask, Call, OutboundFailure, Purpose
from speak.safety.queries import is_refused

OK = 200


def is_elsewhere(name: str) -> bool:
    """Whether a picture is named by its address, and not by where it lies in a file."""
    return name.startswith(("https://", "http://"))


def name_of(address: str) -> str:
    """What it is called here until it has been brought."""
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()


def fetch_picture(address: str, path: Path, *, ask: Ask) -> int:
    """Fetch one; whatever goes wrong, there is an empty file, so that it is not tried again. Returns its bytes."""
    data = b"" if is_refused(host_of(address)) else _fetched(address, ask)
    path.write_bytes(data)
    return len(data)


def _fetched(address: str, ask: Ask) -> bytes:
    try:
        answer = ask(Call("GET", address, Purpose.MEDIA))
    except OutboundFailure:
        return b""
    return answer.body if answer.status == OK and not is_refused(host_of(answer.url)) else b""
