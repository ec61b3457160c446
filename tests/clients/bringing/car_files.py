"""Writes a repository of the AT Protocol as a CAR, with the tree that its specification describes."""

import hashlib
from typing import Any

import libipld

DID = "did:plc:ada"


class Car:
    """Blocks, each by its hash."""

    def __init__(self) -> None:
        """With nothing in it."""
        self.blocks: dict[bytes, bytes] = {}

    def put(self, value: Any) -> bytes:  # noqa: ANN401 - whatever is kept
        """Keep a value; returns its CID."""
        data = libipld.encode_dag_cbor(value)
        cid = b"\x01\x71\x12\x20" + hashlib.sha256(data).digest()
        self.blocks[cid] = data
        return cid

    def written(self, root: bytes) -> bytes:
        """The file."""
        header = libipld.encode_dag_cbor({"roots": [root], "version": 1})
        pieces = [header, *(cid + data for cid, data in self.blocks.items())]
        return b"".join(_varint(len(piece)) + piece for piece in pieces)


def repository(records: dict[str, Any]) -> bytes:
    """One that holds these records by their paths: the first in a node on the left, the last in one on the right."""
    car = Car()
    cids = [(path.encode(), car.put(record)) for path, record in sorted(records.items())]
    left = car.put({"l": None, "e": _entries(cids[:1])})
    right = car.put({"l": None, "e": _entries(cids[-1:])})
    middle = _entries(cids[1:-1])
    middle[-1]["t"] = right
    data = car.put({"l": left, "e": middle})
    commit = {"did": DID, "version": 3, "data": data, "rev": "3kabc", "prev": None, "sig": b"\x00" * 64}
    return car.written(car.put(commit))


def _entries(cids: list[tuple[bytes, bytes]]) -> list[dict[str, Any]]:
    """Each path says how much of the one before it has in common."""
    entries, before = [], b""
    for path, cid in cids:
        common = next(
            (n for n, (a, b) in enumerate(zip(before, path, strict=False)) if a != b), min(len(before), len(path))
        )
        entries.append({"p": common, "k": path[common:], "v": cid, "t": None})
        before = path
    return entries


def _varint(number: int) -> bytes:
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])
