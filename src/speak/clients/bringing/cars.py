"""Repositories of the AT Protocol, as files: CAR version 1 with DAG-CBOR in it (ipld.io/specs/transport/car/carv1).

A repository is a tree of hashes (atproto.com/specs/repository): a commit names the root of a Merkle search tree, whose
nodes name records by their paths. Read twice, so that only the nodes are held: what paths there are, then the records.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import libipld

from speak.clients.bringing.documents import garbled
from speak.mirror.archives.containers import Container
from speak.mirror.errors import Damaged

Block = tuple[bytes, bytes]
# CIDs of version 1, of DAG-CBOR or of bytes, by SHA-256: all that the AT Protocol allows.
BEGINNINGS = (b"\x01\x71\x12\x20", b"\x01\x55\x12\x20")
CID = 36
LARGEST = 2 * 1024 * 1024
VARINT = 9


class Repository:
    """One repository in a container."""

    def __init__(self, container: Container, name: str) -> None:
        """Find out what records there are.

        Raises:
            Garbled: it breaks off, or anything in it is not what its hash says.
        """
        self._container, self._name = container, name
        self.did, self.paths = "", dict[bytes, str]()
        nodes: dict[bytes, dict[str, Any]] = {}
        root = self._root()
        for cid, data in self._blocks():
            found = self._decoded(data)
            if isinstance(found, dict) and (cid == root or set(found) == {"e", "l"}):
                nodes[cid] = found
        self._walk(nodes, root)

    def records(self, collection: str) -> Iterator[tuple[str, Any]]:
        """Each record of a collection as it was decoded, with the last part of its path.

        Raises:
            Garbled: one that is named is missing.
        """
        wanted = {cid: path.partition("/")[2] for cid, path in self.paths.items() if path.startswith(f"{collection}/")}
        missing = set(wanted)
        for cid, data in self._blocks():
            if cid in missing:
                missing.discard(cid)
                yield wanted[cid], self._decoded(data)
        if missing:
            raise garbled(self._name)

    def _walk(self, nodes: dict[bytes, dict[str, Any]], root: bytes) -> None:
        """Each path in the tree: an entry says how much of the one before it has in common (MST, node schema)."""
        try:
            commit = nodes[root]
            self.did = str(commit["did"])
            waiting = [commit["data"]]
            while waiting:
                node = nodes[waiting.pop()]
                path = b""
                waiting += [node["l"]] if node["l"] else []
                for entry in node["e"]:
                    path = path[: entry["p"]] + entry["k"]
                    self.paths[entry["v"]] = path.decode()
                    waiting += [entry["t"]] if entry["t"] else []
                if len(waiting) > len(nodes):
                    raise garbled(self._name)
        except (KeyError, TypeError, ValueError) as error:
            raise garbled(self._name) from error

    def _root(self) -> bytes:
        for header in self._pieces():
            found = self._decoded(header)
            roots = found.get("roots") if isinstance(found, dict) and found.get("version") == 1 else None
            if isinstance(roots, list) and len(roots) == 1 and isinstance(roots[0], bytes):
                return roots[0]
            break
        raise garbled(self._name)

    def _blocks(self) -> Iterator[Block]:
        pieces = self._pieces()
        next(pieces, None)
        for piece in pieces:
            cid, data = piece[:CID], piece[CID:]
            if not cid.startswith(BEGINNINGS) or hashlib.sha256(data).digest() != cid[4:]:
                raise garbled(self._name)
            yield cid, data

    def _pieces(self) -> Iterator[bytes]:
        try:
            with self._container.open(self._name) as stream:
                while (length := _length(stream)) is not None:
                    piece = stream.read(length) if 0 < length <= LARGEST else b""
                    if len(piece) != length or not length:
                        raise garbled(self._name)
                    yield piece
        except (Damaged, EOFError, OSError, ValueError) as error:
            raise garbled(self._name) from error

    def _decoded(self, data: bytes) -> Any:  # noqa: ANN401 - whatever it holds
        try:
            return libipld.decode_dag_cbor(data)
        except (ValueError, RecursionError) as error:
            raise garbled(self._name) from error


def _length(stream: BinaryIO) -> int | None:
    """An unsigned varint (LEB128); nothing at the end.

    Raises:
        ValueError: it breaks off, or is none.
    """
    found = 0
    for place in range(VARINT):
        letter = stream.read(1)
        if not letter:
            if place:
                raise ValueError
            return None
        found |= (letter[0] & 0x7F) << (7 * place)
        if letter[0] < 0x80:  # noqa: PLR2004 - the bit that says that more follows
            return found
    raise ValueError
